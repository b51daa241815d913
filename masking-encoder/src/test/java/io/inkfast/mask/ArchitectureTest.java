package io.inkfast.mask;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.inkfast.mask", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule sharesOnlyWhatIsThereToShare = noClasses()
            .should()
            .dependOnClassesThat(DescribedPredicate.describe(
                    "other packages of Inkfast",
                    (JavaClass type) -> type.getPackageName().startsWith("io.inkfast.")
                            && !type.getPackageName().startsWith("io.inkfast.mask")
                            && !type.getPackageName().equals("io.inkfast.component")
                            && !type.getPackageName().equals("io.inkfast.internal")
                            && !type.getPackageName().equals("io.inkfast.keys")));

    @ArchTest
    static final ArchRule engineKnowsNeitherLogbackNorJackson = noClasses()
            .that()
            .resideInAPackage("io.inkfast.mask.scan")
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages("java..", "org.jspecify..", "io.inkfast.mask.scan");

    @ArchTest
    static final ArchRule hotPathHasNoRegularExpressions = noClasses()
            .that()
            .resideInAPackage("io.inkfast.mask.scan")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.util.regex");

    @ArchTest
    static final ArchRule noCircles =
            slices().matching("io.inkfast.(mask..)").should().beFreeOfCycles();
}
