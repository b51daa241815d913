package io.inkfast.net;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.Set;

/** Which package of this module may import which: docs/architecture.md. */
@AnalyzeClasses(packages = "io.inkfast.net", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule deliveryKnowsNoProtocol = noClasses()
            .that()
            .resideInAPackage("io.inkfast.net")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.inkfast.net.*..");

    @ArchTest
    static final ArchRule protocolsKnowNothingOfEachOther = SlicesRuleDefinition.slices()
            .matching("io.inkfast.net.(*)..")
            .should()
            .notDependOnEachOther();

    @ArchTest
    static final ArchRule importsNoOtherFeatureButKeys = noClasses()
            .should()
            .dependOnClassesThat(DescribedPredicate.describe(
                    "other packages of Inkfast",
                    (JavaClass type) -> type.getPackageName().startsWith("io.inkfast.")
                            && !type.getPackageName().startsWith("io.inkfast.net")
                            && !type.getPackageName().equals("io.inkfast.keys")
                            && !type.getPackageName().equals("io.inkfast.component")
                            && !type.getPackageName().equals("io.inkfast.internal")));

    /* The components, and what makes messages of events. All else could deliver anything. */
    private static final Set<String> OF_LOGBACK = Set.of(
            "DeadLetterFile",
            "EventPattern",
            "Intake",
            "Message",
            "NetBooks",
            "NetworkAppender",
            "NetworkElements",
            "NetworkRun",
            "Transport",
            "elastic.ElasticsearchAppender",
            "http.HttpAppender",
            "kafka.KafkaAppender",
            "syslog.StructuredData",
            "syslog.SyslogFormat",
            "syslog.SyslogPeers",
            "syslog.SyslogSettings");

    @ArchTest
    static final ArchRule engineAndFormatsKnowNoLogback = noClasses()
            .that(DescribedPredicate.describe("are none of " + OF_LOGBACK, type -> !OF_LOGBACK.contains(nameOf(type))))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("ch.qos.logback..", "net.logstash.logback..", "org.slf4j..");

    /* Without the package that all share; of a nested class, that of the file. */
    private static String nameOf(JavaClass type) {
        return type.getName().replaceFirst("^io\\.inkfast\\.net\\.", "").replaceFirst("\\$.*", "");
    }
}
