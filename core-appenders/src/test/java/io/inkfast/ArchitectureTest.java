package io.inkfast;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.List;
import java.util.Set;

/** Which package may import which: docs/architecture.md. */
@AnalyzeClasses(packages = "io.inkfast", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String INTERNAL = "io.inkfast.internal..";
    private static final String COMPONENT = "io.inkfast.component..";

    @ArchTest
    static final ArchRule internalKnowsNoLogback = noClasses()
            .that()
            .resideInAPackage(INTERNAL)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("ch.qos.logback..", "net.logstash.logback..", "org.slf4j..");

    @ArchTest
    static final ArchRule internalStandsOnNothingOfOurs = classes()
            .that()
            .resideInAPackage(INTERNAL)
            .should()
            .onlyDependOnClassesThat(
                    resideInAPackage(INTERNAL).or(resideInAPackage("java..")).or(resideInAPackage("org.jspecify..")));

    @ArchTest
    static final ArchRule whatIsSharedKnowsNoFeature = noClasses()
            .that()
            .resideInAPackage(COMPONENT)
            .should()
            .dependOnClassesThat(resideInAPackage("io.inkfast..")
                    .and(resideInAPackage(COMPONENT).negate())
                    .and(resideInAPackage(INTERNAL).negate()));

    /* They are combined in XML, by <appender-ref>. Encryption is the exception: it is a file, with keys. */
    @ArchTest
    static final ArchRule featuresDoNotKnowEachOther = slices().assignedFrom(new Features())
            .should()
            .notDependOnEachOther()
            .ignoreDependency(resideInAPackage("io.inkfast.encrypt.."), resideInAPackage("io.inkfast.file.."))
            .ignoreDependency(resideInAPackage("io.inkfast.encrypt.."), resideInAPackage("io.inkfast.keys.."));

    /* Keys are for everything that encrypts or hides, and know neither it nor Logback. */
    @ArchTest
    static final ArchRule keysStandOnInternalOnly = noClasses()
            .that()
            .resideInAPackage("io.inkfast.keys..")
            .should()
            .dependOnClassesThat(resideInAPackage("io.inkfast..")
                    .and(resideInAPackage("io.inkfast.keys..").negate())
                    .and(resideInAPackage(INTERNAL).negate())
                    .or(resideInAPackage("ch.qos.logback..")));

    @ArchTest
    static final ArchRule onlyKeysAndOneCipherKnowTink = noClasses()
            .that()
            .resideOutsideOfPackage("io.inkfast.keys..")
            .and()
            .doNotHaveFullyQualifiedName("io.inkfast.encrypt.XChaChaCipher")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.google.crypto.tink..", "com.google.protobuf..");

    @ArchTest
    static final ArchRule packagesFormNoCircle =
            slices().matching("io.inkfast.(**)").should().beFreeOfCycles();

    private static final DescribedPredicate<JavaClass> LOGBACK =
            resideInAnyPackage("ch.qos.logback..", "net.logstash.logback..", "org.slf4j..");

    /* What an event is made of: of all of Logback, an engine may know that. */
    private static final DescribedPredicate<JavaClass> EVENT = resideInAPackage("ch.qos.logback.classic.spi")
            .or(named("ch.qos.logback.classic.Level"))
            .or(named("org.slf4j.event.KeyValuePair"))
            .as("the event");

    /* The components, and what stands between an engine and the appenders, encoders and policies of others. */
    private static final Set<String> OF_LOGBACK = Set.of(
            "async.AsyncBatchingAppender",
            "async.BatchSink",
            "async.CallerData",
            "async.EncodeAhead",
            "async.Fallback",
            "async.Front",
            "async.LookupEncoder",
            "async.PlainSink",
            "async.Rehearsal",
            "async.Sink",
            "async.StreamTakeover",
            "async.Wiring",
            "file.BatchingFileAppender",
            "file.Encoding",
            "file.FileNames",
            "file.FilePolicies",
            "file.FileSetup",
            "file.Intake",
            "file.PolicyRoller",
            "file.StreamingEncoding");

    @ArchTest
    static final ArchRule enginesKnowOfLogbackTheEventOnly = noClasses()
            .that()
            .resideInAnyPackage("io.inkfast.async", "io.inkfast.file")
            .and(DescribedPredicate.describe("are none of " + OF_LOGBACK, type -> !OF_LOGBACK.contains(nameOf(type))))
            .should()
            .dependOnClassesThat(LOGBACK.and(EVENT.negate()));

    @ArchTest
    static final ArchRule theHandOffKnowsOfLogbackTheLevelOnly = noClasses()
            .that(DescribedPredicate.describe(
                    "make up HandOff", type -> nameOf(type).equals("component.HandOff")))
            .should()
            .dependOnClassesThat(
                    LOGBACK.and(named("ch.qos.logback.classic.Level").negate()));

    private static DescribedPredicate<JavaClass> named(String name) {
        return DescribedPredicate.describe(name, type -> type.getName().equals(name));
    }

    /* Without the package that all share; of a nested class, that of the file. */
    private static String nameOf(JavaClass type) {
        return type.getName().replaceFirst("^io\\.inkfast\\.", "").replaceFirst("\\$.*", "");
    }

    private static final class Features implements SliceAssignment {

        private static final List<String> SHARED = List.of("io.inkfast.internal", "io.inkfast.component");

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            String name = type.getPackageName();
            return SHARED.contains(name) || !name.startsWith("io.inkfast.")
                    ? SliceIdentifier.ignore()
                    : SliceIdentifier.of(name);
        }

        @Override
        public String getDescription() {
            return "feature packages";
        }
    }
}
