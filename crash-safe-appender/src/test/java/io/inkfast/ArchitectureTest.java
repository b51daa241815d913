package io.inkfast;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;

@AnalyzeClasses(
        packages = {"io.inkfast.journal", "io.inkfast.wal", "io.inkfast.recorder", "io.inkfast.recovery"},
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final Set<String> SHARED = Set.of("io.inkfast.component", "io.inkfast.internal", "io.inkfast.keys");

    private static DescribedPredicate<JavaClass> ofInkfastBut(Set<String> allowed) {
        return DescribedPredicate.describe(
                "packages of Inkfast other than " + allowed,
                type -> type.getPackageName().startsWith("io.inkfast.")
                        && !SHARED.contains(type.getPackageName())
                        && allowed.stream().noneMatch(type.getPackageName()::startsWith));
    }

    @ArchTest
    static final ArchRule theJournalKnowsBytesOnly = noClasses()
            .that()
            .resideInAPackage("io.inkfast.journal")
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages("java..", "org.jspecify..", "io.inkfast.journal", "io.inkfast.internal");

    @ArchTest
    static final ArchRule theWriteAheadAppenderStandsOnMaskAndJournal = noClasses()
            .that()
            .resideInAPackage("io.inkfast.wal..")
            .should()
            .dependOnClassesThat(ofInkfastBut(Set.of("io.inkfast.wal", "io.inkfast.journal", "io.inkfast.mask")));

    @ArchTest
    static final ArchRule theRecorderStandsOnMask = noClasses()
            .that()
            .resideInAPackage("io.inkfast.recorder")
            .should()
            .dependOnClassesThat(ofInkfastBut(Set.of("io.inkfast.recorder", "io.inkfast.mask")));

    @ArchTest
    static final ArchRule noCircles =
            slices().matching("io.inkfast.(**)").should().beFreeOfCycles();
}
