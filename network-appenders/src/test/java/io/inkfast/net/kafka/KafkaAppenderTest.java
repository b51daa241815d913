package io.inkfast.net.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.Appender;
import io.inkfast.internal.Settings;
import io.inkfast.net.PeerServer;
import io.inkfast.net.Transport;
import io.inkfast.net.WithoutLibrary;
import io.inkfast.testing.ChildJvm;
import io.inkfast.testing.LogbackHarness;
import io.inkfast.testing.TestEncoders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** As a user configures it, without a broker. Real ones are in samples/elk. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KafkaAppenderTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String LINES = "<encoder class=\"" + TestEncoders.Lines.class.getName() + "\"/>";

    @TempDir
    Path folder;

    private static String elements(String settings) {
        return "<appender name=\"KAFKA\" class=\"io.inkfast.net.kafka.KafkaAppender\">" + settings + LINES
                + "</appender><root level=\"TRACE\"><appender-ref ref=\"KAFKA\"/></root>";
    }

    private LogbackHarness configure(String settings) {
        return LogbackHarness.configure(folder, elements(settings));
    }

    private static KafkaAppender appender(LogbackHarness harness) {
        return harness.appender("KAFKA", KafkaAppender.class);
    }

    @Nested
    class WhenTheConfigurationIsWrong {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '"',
                value = {
                    "<topic>a</topic> | <bootstrapServers> is required",
                    "<bootstrapServers>a</bootstrapServers><topic>a</topic> | <bootstrapServers> [a] is not a host and a port, such as logs.example.com:5140 or [::1]:5140",
                    "<bootstrapServers>a:1</bootstrapServers> | <topic> is required",
                    "<bootstrapServers>a:1</bootstrapServers><topic>a b</topic> | <topic> [a b] is not the name of a topic: letters, digits, and any of ._-, 249 at most",
                    "<bootstrapServers>a:1</bootstrapServers><topic>..</topic> | <topic> [..] is not the name of a topic: letters, digits, and any of ._-, 249 at most",
                    "<bootstrapServers>a:1</bootstrapServers><topic>a</topic><key>%nonsense</key> | <key> [%nonsense] is not a pattern such as %X{traceId} or %logger",
                    "<bootstrapServers>a:1</bootstrapServers><topic>a</topic><key>%X{a</key> | <key> [%X{a] is not a pattern such as %X{traceId} or %logger",
                    "<bootstrapServers>a:1</bootstrapServers><topic>a</topic><ackTimeout>0</ackTimeout> | <ackTimeout> [0] is not a time such as 500 milliseconds or 5 seconds, from 1 second to 1 hour"
                })
        void itSaysWhatIsWrongAndStaysStopped(String settings, String problem) {
            try (LogbackHarness harness = configure(settings)) {
                assertThat(appender(harness).isStarted()).isFalse();
                assertThat(harness.complaints()).contains("ERROR appender [KAFKA]: " + problem);
                harness.logger("a").info("x");
                assertThat(appender(harness).accounting().balance()).isEqualTo("received 1 = written 0 + rejected 1");
            }
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "acks=1 | [acks=1] is refused: it must be all, or events are lost",
                    "acks=0 | [acks=0] is refused: it must be all, or events are lost",
                    "enable.idempotence=false | [enable.idempotence=false] is refused: it must be true, or events are there twice and out of order",
                    "max.in.flight.requests.per.connection=6 | [max.in.flight.requests.per.connection=6] is refused: it must be from 1 to 5, or events are out of order",
                    "retries=0 | [retries=0] is refused: it must be 2147483647, the default, or events are there twice",
                    "transactional.id=a | [transactional.id=a] is refused: there are no transactions here",
                    "key.serializer=a | [key.serializer=a] is refused: keys are bytes already",
                    "value.serializer=a | [value.serializer=a] is refused: events are bytes already",
                    "bootstrap.servers=a:1 | [bootstrap.servers=a:1] is refused: <bootstrapServers> is for that",
                    "max.block.ms=1 | [max.block.ms=1] is refused: it is 5000, so that stop() does not wait",
                    "compresion.type=zstd | [compresion.type] is nothing that Kafka's producer knows; did you mean compression.type?",
                    "delivery.timeout.ms=5 | [delivery.timeout.ms=5] is less than linger.ms [5] and request.timeout.ms [30000] together"
                })
        void whatWouldBreakAPromiseIsRefused(String config, String problem) {
            try (LogbackHarness harness = configure("<bootstrapServers>a:1</bootstrapServers><topic>a</topic>"
                    + "<producerConfig>" + config + "</producerConfig>")) {
                assertThat(harness.complaints()).contains("ERROR appender [KAFKA]: <producerConfig> " + problem);
                assertThat(appender(harness).isStarted()).isFalse();
            }
        }

        @Test
        void aValueThatTheProducerCannotReadIsFoundAtStart() {
            try (LogbackHarness harness = configure("<bootstrapServers>a:1</bootstrapServers><topic>a</topic>"
                    + "<producerConfig>compression.type=zip</producerConfig>"
                    + "<producerConfig>linger.ms=soon</producerConfig>")) {
                assertThat(harness.complaints())
                        .anyMatch(line -> line.startsWith("ERROR appender [KAFKA]: <producerConfig>: Invalid value zip"
                                + " for configuration compression.type"))
                        .anyMatch(line -> line.startsWith("ERROR appender [KAFKA]: <producerConfig>: Invalid value soon"
                                + " for configuration linger.ms"));
            }
        }

        @Test
        void twoValuesForOneNameAreOneTooMany() {
            try (LogbackHarness harness = configure("<bootstrapServers>a:1</bootstrapServers><topic>a</topic>"
                    + "<producerConfig>linger.ms=1</producerConfig><producerConfig>linger.ms=2</producerConfig>")) {
                assertThat(harness.complaints())
                        .contains("ERROR appender [KAFKA]: <producerConfig> sets [linger.ms] twice");
            }
        }

        @Test
        void whatMayBeAPasswordIsNotShown() {
            try (LogbackHarness harness = configure("<bootstrapServers>a:1</bootstrapServers><topic>a</topic>"
                    + "<producerConfig>hunter2</producerConfig>"
                    + "<producerConfig>ssl.truststore.password=hunter2</producerConfig>"
                    + "<producerConfig>ssl.truststore.pasword=hunter2</producerConfig>")) {
                assertThat(harness.complaints())
                        .contains("ERROR appender [KAFKA]: <producerConfig> is not a name and a value, such as"
                                + " compression.type=zstd");
                assertThat(harness.statuses()).noneMatch(line -> line.contains("hunter2"));
            }
        }
    }

    @Nested
    class WithoutALibrary {

        private static final String SOUND = "<bootstrapServers>localhost:1</bootstrapServers><topic>a</topic>";

        @Test
        void theMessageNamesTheArtifact() throws Exception {
            assertThat(WithoutLibrary.complaints("kafka-clients", folder, elements(SOUND)))
                    .asString()
                    .contains(
                            "ERROR appender [KAFKA]: it needs org.apache.kafka:kafka-clients; add it, in the version that"
                                    + " Inkfast's BOM has, on the module path also --add-modules kafka.clients"
                                    + " (ClassNotFoundException: org.apache.kafka.clients.producer.KafkaProducer)")
                    .contains("ERROR appender [KAFKA] is not started");
        }

        @ParameterizedTest
        @CsvSource({
            "zstd, zstd-jni, com.github.luben:zstd-jni",
            "lz4, lz4-java, at.yawk.lz4:lz4-java",
            "snappy, snappy-java, org.xerial.snappy:snappy-java"
        })
        void aCompressionNamesTheArtifactThatItNeeds(String type, String jar, String artifact) throws Exception {
            String settings = SOUND + "<producerConfig>compression.type=" + type + "</producerConfig>";
            assertThat(WithoutLibrary.complaints(jar, folder, elements(settings)))
                    .asString()
                    .contains("ERROR appender [KAFKA]: it needs " + artifact + "; add it");
        }
    }

    @Nested
    class WhenThereIsNoBroker {

        private LogbackHarness absent(String servers, String more) {
            return configure("<bootstrapServers>" + servers + "</bootstrapServers><topic>logs</topic>" + more);
        }

        @ParameterizedTest
        @ValueSource(strings = {"127.0.0.1", "no-such-host.invalid"})
        void thatIsAWarningAndNobodyWaits(String host) throws Exception {
            LogbackHarness harness = absent(host + ":" + PeerServer.unusedPort(), "<stopTimeout>200 ms</stopTimeout>");
            Logger logger = harness.logger("a");
            IntStream.range(0, 10_000).forEach(i -> logger.info("event {}", i));
            KafkaAppender appender = appender(harness);
            await().atMost(LIMIT).until(() -> !appender.health().healthy());
            assertThat(harness.complaints())
                    .hasSize(1)
                    .allMatch(line -> line.startsWith("WARN cannot send to [" + host + ":"))
                    .allMatch(line -> line.endsWith("; events are kept and it is tried again"));
            assertThat(appender.accounting().queued()).isEqualTo(10_000);
            harness.close();
            assertThat(appender.accounting().balance()).isEqualTo("received 10000 = written 0 + discarded 10000");
            await().atMost(LIMIT).until(() -> threads().isEmpty());
        }

        private List<String> threads() {
            return Thread.getAllStackTraces().keySet().stream()
                    .map(Thread::getName)
                    .filter(name -> name.contains("inkfast-net-KAFKA"))
                    .toList();
        }

        @Test
        void whatTheProducerLogsIsNotSent() throws Exception {
            try (LogbackHarness harness =
                    absent("127.0.0.1:" + PeerServer.unusedPort(), "<stopTimeout>0</stopTimeout>")) {
                harness.logger("org.apache.kafka.clients.NetworkClient").warn("no broker");
                harness.logger("a").info("x");
                assertThat(appender(harness).accounting().balance())
                        .isEqualTo("received 2 = written 0 + filtered 1 + queued 1");
            }
        }
    }

    /** A program of which Kafka's own class is the first to ask for a logger. */
    static final class KafkaFirst {

        private KafkaFirst() {}

        public static void main(String[] arguments) throws Exception {
            Class.forName("org.apache.kafka.clients.producer.ProducerConfig");
            LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
            Appender<ILoggingEvent> appender = context.getLogger("ROOT").getAppender("KAFKA");
            System.out.println("started: " + appender.isStarted());
            context.stop();
        }
    }

    @Test
    void kafkaItselfMayBeTheFirstToAskForALogger() throws Exception {
        Path xml = Files.writeString(
                folder.resolve("first.xml"),
                "<configuration>" + elements("<bootstrapServers>127.0.0.1:1</bootstrapServers><topic>a</topic>")
                        + "</configuration>");
        Path said = folder.resolve("said");
        List<String> command = ChildJvm.command(KafkaFirst.class, List.of("-Dlogback.configurationFile=" + xml));
        assertThat(new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(said.toFile())
                        .start()
                        .waitFor())
                .isZero();
        assertThat(said).content().contains("started: true").doesNotContain("Exception");
    }

    @Nested
    class TheKey {

        private Transport transport(LogbackHarness harness, String pattern) {
            KafkaAppender appender = new KafkaAppender();
            appender.setContext(harness.context());
            appender.setBootstrapServers("localhost:1");
            appender.setTopic("a");
            appender.setKey(pattern);
            return appender.transport(new Settings());
        }

        private LoggingEvent event(LogbackHarness harness) {
            ch.qos.logback.classic.Logger logger = harness.context().getLogger("shop.Orders");
            return new LoggingEvent("x", logger, Level.INFO, "text", new IllegalStateException("boom"), null);
        }

        @Test
        void comesFromThePatternAloneAndFromTheRedactedEvent() {
            try (LogbackHarness harness = LogbackHarness.configure(folder, "")) {
                harness.context().getMDCAdapter().put("traceId", "4711");
                Transport transport = transport(harness, "%X{traceId}-%logger{0}");
                assertThat(transport.head(event(harness), "id")).asString().isEqualTo("4711-Orders");
                assertThat(transport.readsEvents()).isTrue();
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "%X{traceId}"})
        void thatIsEmptyIsNone(String pattern) {
            try (LogbackHarness harness = LogbackHarness.configure(folder, "")) {
                assertThat(transport(harness, pattern).head(event(harness), "id"))
                        .isNull();
            }
        }
    }
}
