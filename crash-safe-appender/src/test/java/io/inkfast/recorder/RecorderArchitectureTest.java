package io.inkfast.recorder;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;

/** The rooms of the flight recorder. */
@AnalyzeClasses(packages = "io.inkfast.recorder", importOptions = ImportOption.DoNotIncludeTests.class)
class RecorderArchitectureTest {

    @ArchTest
    static final ArchRule importsNoOtherFeatureButRedactionAndKeys = noClasses()
            .should()
            .dependOnClassesThat(DescribedPredicate.describe(
                    "other packages of Inkfast",
                    (JavaClass type) -> type.getPackageName().startsWith("io.inkfast.")
                            && !type.getPackageName().equals("io.inkfast.recorder")
                            && !type.getPackageName().equals("io.inkfast.mask")
                            && !type.getPackageName().equals("io.inkfast.keys")
                            && !type.getPackageName().equals("io.inkfast.component")
                            && !type.getPackageName().equals("io.inkfast.internal")));

    /* The component, and what makes records of events. All else could record anything. */
    private static final Set<String> OF_LOGBACK = Set.of(
            "Encoding",
            "FlightRecorderAppender",
            "FlightRun",
            "RecorderSettings",
            "Recording",
            "ShortThrowable",
            "ShortenedEvent");

    @ArchTest
    static final ArchRule engineAndFormatKnowNoLogback = noClasses()
            .that(DescribedPredicate.describe(
                    "are none of " + OF_LOGBACK,
                    (JavaClass type) -> !OF_LOGBACK.contains(type.getName()
                            .replaceFirst("^io\\.inkfast\\.recorder\\.", "")
                            .replaceFirst("\\$.*", ""))))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("ch.qos.logback..", "net.logstash.logback..", "org.slf4j..");

    @ArchTest
    static final ArchRule theFormatDoesNoInputOrOutput = classes()
            .that()
            .haveNameMatching("io\\.inkfast\\.recorder\\.(Ring|Header)Format")
            .should()
            .onlyDependOnClassesThat(DescribedPredicate.describe(
                    "bytes and the header",
                    (JavaClass type) -> type.getName().startsWith("java.lang.")
                            || type.getName().startsWith("java.nio.Byte")
                            || type.getPackageName().equals("java.nio.charset")
                            || type.getPackageName().startsWith("java.util")
                            || type.getPackageName().equals("org.jspecify.annotations")
                            || type.getName().startsWith("io.inkfast.recorder.Ring")
                            || type.getName().startsWith("io.inkfast.recorder.HeaderFormat")
                            || type.isArray()
                            || type.isPrimitive()));
}
