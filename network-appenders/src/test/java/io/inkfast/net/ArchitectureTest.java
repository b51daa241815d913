package io.inkfast.net;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;

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

    @ArchTest
    static final ArchRule engineAndFormatsKnowNoLogback = noClasses()
            .that()
            .haveNameMatching(
                    "io\\.inkfast\\.net\\.(Sender|Debt|SendWindow|Lanes|Concurrency|Routes?|Batch|FrontMark|Answer|DeadLetter(Format|Lines)?|"
                            + "SocketPeer|UdpPeer|StreamLink|DatagramLink|Datagram|Outgoing|Replies|"
                            + "elastic\\.BulkFormat|elastic\\.IndexName|elastic\\.Templates?(Format)?|lumberjack\\.Lumberjack(Format|Link)|"
                            + "kafka\\.(Kafka(Link|Faults|Endpoint)|ProducerSettings)|redis\\.Redis(Link|Faults|Endpoint|Url|Settings)|"
                            + "syslog\\.Relp.*|udp\\.GelfChunks|http\\.JsonText|http\\.\\w+Format)")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("ch.qos.logback..", "net.logstash.logback..", "org.slf4j..");
}
