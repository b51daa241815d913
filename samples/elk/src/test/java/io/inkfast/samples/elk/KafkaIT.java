package io.inkfast.samples.elk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.inkfast.net.NetworkAppender;
import io.inkfast.testing.LogbackHarness;
import io.inkfast.testing.Torture;
import io.inkfast.wal.WriteAheadAppender;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Delivery to a real broker that is killed, or not at home, or does not take everything. */
@Timeout(600)
class KafkaIT {

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final int KEYS = 50;

    @TempDir
    Path folder;

    private final ObjectMapper json = new ObjectMapper();
    private KafkaBroker broker;

    @BeforeEach
    void make() throws Exception {
        broker = new KafkaBroker(folder.resolve("kafka"));
    }

    @AfterEach
    void end() {
        broker.close();
    }

    private LogbackHarness direct(String more) {
        return to("logs", more);
    }

    private LogbackHarness to(String topic, String more) {
        return LogbackHarness.configure(
                folder,
                "<appender name='KAFKA' class='io.inkfast.net.kafka.KafkaAppender'><bootstrapServers>"
                        + broker.address() + "</bootstrapServers><topic>" + topic
                        + "</topic><key>%X{traceId}</key><deadLetter>"
                        + folder.resolve("dead-letter.jsonl") + "</deadLetter>"
                        + "<encoder class='io.inkfast.mask.RedactingJsonEncoder'/>" + more
                        + "</appender><root level='INFO'><appender-ref ref='KAFKA'/></root>");
    }

    /* The user's file as it stands. */
    private LogbackHarness example() throws Exception {
        Path example = Path.of(KafkaIT.class.getResource("/examples/kafka.xml").toURI());
        return LogbackHarness.configure(
                example,
                Map.of(
                        "KAFKA",
                        broker.address(),
                        "WAL_DIR",
                        folder.resolve("wal").toString()));
    }

    private static NetworkAppender sink(LogbackHarness harness) {
        return harness.appender("KAFKA", NetworkAppender.class);
    }

    /* Every key has its events in the order of their numbers. */
    private static void log(LogbackHarness harness, int from, int to) {
        Logger logger = harness.logger("orders");
        for (int i = from; i < to; i++) {
            harness.context().getMDCAdapter().put("traceId", "trace-" + i % KEYS);
            logger.info("order {} is paid", i);
        }
    }

    private void assertOnceAndInOrder(int events) throws Exception {
        List<ConsumerRecord<String, String>> records = broker.records("logs");
        assertThat(records).hasSize(events);
        assertThat(records.stream().map(KafkaIT::id).distinct()).hasSize(events);
        Map<String, Integer> last = new HashMap<>();
        Map<String, Integer> partitions = new HashMap<>();
        for (ConsumerRecord<String, String> each : records) {
            JsonNode event = json.readTree(each.value());
            assertThat(id(each)).isEqualTo(event.path("event.id").asString());
            int number = Integer.parseInt(event.path("message").asString().replaceAll("\\D", ""));
            assertThat(each.key()).isEqualTo("trace-" + number % KEYS);
            assertThat(last.getOrDefault(each.key(), -1)).isLessThan(number);
            last.put(each.key(), number);
            assertThat(partitions.computeIfAbsent(each.key(), key -> each.partition()))
                    .isEqualTo(each.partition());
        }
    }

    private static String id(ConsumerRecord<String, String> each) {
        return new String(each.headers().lastHeader("event.id").value(), StandardCharsets.UTF_8);
    }

    @Test
    void killedInTheMiddleAndRestartedItHasEverythingOnceAndInOrder() throws Exception {
        broker.start();
        try (LogbackHarness harness = direct("<maxBatchSize>500</maxBatchSize>")) {
            Thread logging = new Thread(() -> log(harness, 0, 20_000));
            logging.start();
            await().pollInterval(Duration.ofMillis(1))
                    .atMost(LIMIT)
                    .untilAsserted(() -> assertThat(sink(harness).counts().acknowledged())
                            .as(() -> harness.complaints() + broker.said())
                            .isGreaterThan(5_000));
            broker.kill();
            assertThat(sink(harness).accounting().written()).isLessThan(20_000);
            logging.join();
            broker.start();
            assertThat(sink(harness).flush(LIMIT)).isTrue();
            assertThat(sink(harness).accounting().balance()).isEqualTo("received 20000 = written 20000");
            assertOnceAndInOrder(20_000);
        }
        assertThat(folder.resolve("dead-letter.jsonl")).doesNotExist();
    }

    @Test
    void absentAtTheStartItGetsEverythingWhenItAppears() throws Exception {
        try (LogbackHarness harness = example()) {
            log(harness, 0, 1000);
            await().atMost(LIMIT).until(() -> !sink(harness).health().healthy());
            assertThat(harness.complaints())
                    .allMatch(line -> line.startsWith("WARN cannot send to [" + broker.address() + "]: "));
            broker.start();
            await().atMost(LIMIT).until(() -> sink(harness).accounting().written() == 1000);
            assertOnceAndInOrder(1000);
            assertThat(sink(harness).health().healthy()).isTrue();
        }
    }

    @Test
    void killedWithAJournalInFrontItHasEverythingOnce() throws Exception {
        broker.start();
        try (LogbackHarness harness = example()) {
            log(harness, 0, 5000);
            broker.kill();
            log(harness, 5000, 10_000);
            broker.start();
            await().atMost(LIMIT).until(() -> sink(harness).accounting().written() == 10_000);
            assertOnceAndInOrder(10_000);
        }
    }

    @Test
    void whatTheBrokerFindsTooLargeIsADeadLetterAndNothingElseIs() throws Exception {
        broker.start("message.max.bytes=100000");
        try (LogbackHarness harness = direct("")) {
            log(harness, 0, 100);
            harness.logger("a").info("y".repeat(200_000));
            harness.logger("a").info("z".repeat(2_000_000));
            log(harness, 100, 200);
            await().atMost(LIMIT).until(() -> sink(harness).accounting().queued() == 0);
            assertThat(sink(harness).accounting().balance()).isEqualTo("received 202 = written 200 + dead-lettered 2");
            assertOnceAndInOrder(200);
            assertThat(Files.readAllLines(folder.resolve("dead-letter.jsonl")))
                    .hasSize(2)
                    .allMatch(line -> line.contains("RecordTooLargeException"));
        }
    }

    /* The first request comes before the broker has made the partitions, the next one perhaps not. */
    @Test
    void aTopicThatIsMadeByTheFirstEventsHoldsNothingUp() throws Exception {
        broker.start("num.partitions=20");
        for (int i = 0; i < Torture.times(10, 50, 500); i++) {
            try (LogbackHarness harness = to("new-" + i, "<producerConfig>linger.ms=0</producerConfig>")) {
                log(harness, 0, 2000);
                assertThat(sink(harness).flush(LIMIT)).isTrue();
                assertThat(sink(harness).accounting().balance()).isEqualTo("received 2000 = written 2000");
            }
        }
    }

    private static String login(String password) {
        return "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"me\" password=\"" + password
                + "\";";
    }

    @Test
    void aPasswordThatTheBrokerDoesNotKnowIsNoLossAndIsNotShown() throws Exception {
        broker.startSasl("me", "right-one");
        String sasl = "<producerConfig>security.protocol=SASL_PLAINTEXT</producerConfig>"
                + "<producerConfig>sasl.mechanism=PLAIN</producerConfig><producerConfig>sasl.jaas.config=";
        try (LogbackHarness harness = direct(sasl + login("wrong-one")
                + "</producerConfig><maxRetryDelay>500 ms</maxRetryDelay>" + "<stopTimeout>0</stopTimeout>")) {
            log(harness, 0, 10);
            await().atMost(LIMIT).until(() -> !sink(harness).health().healthy());
            // A producer that was refused once is of no use any more.
            await().atMost(LIMIT).until(() -> sink(harness).counts().repeated() >= 3);
            assertThat(sink(harness).health().lastError()).startsWith("SaslAuthenticationException (");
            assertThat(harness.complaints())
                    .isNotEmpty()
                    .allMatch(line -> line.startsWith("WARN [" + broker.address() + "] does not let us send: "));
            assertThat(sink(harness).accounting().balance()).isEqualTo("received 10 = written 0 + queued 10");
            assertThat(harness.statuses()).noneMatch(line -> line.contains("wrong-one"));
        }
        try (LogbackHarness harness = direct(sasl + login("right-one") + "</producerConfig>")) {
            log(harness, 0, 10);
            assertThat(sink(harness).flush(LIMIT)).isTrue();
            assertThat(harness.complaints()).isEmpty();
        }
    }

    @Test
    void whatLiesInTheTopicIsRedactedAlsoTheKey() throws Exception {
        broker.start();
        try (LogbackHarness harness = direct("")) {
            harness.context().getMDCAdapter().put("traceId", "4111 1111 1111 1111");
            harness.logger("a").info("card 4111 1111 1111 1111");
            assertThat(sink(harness).flush(LIMIT)).isTrue();
            ConsumerRecord<String, String> record = broker.records("logs").get(0);
            assertThat(record.key()).isEqualTo("****");
            assertThat(json.readTree(record.value()).path("message").asString()).isEqualTo("card ****");
        }
    }

    @Test
    @Tag(Torture.TAG)
    void whenOurJvmIsKilledAgainAndAgainNothingIsLostAndWhatIsThereTwiceHasTheSameId() throws Exception {
        int runs = Torture.times(5, 20, 200);
        KilledService service = new KilledService(
                folder,
                "<appender name='SINK' class='io.inkfast.net.kafka.KafkaAppender'><bootstrapServers>${URL}"
                        + "</bootstrapServers><topic>logs</topic>"
                        + "<encoder class='io.inkfast.mask.RedactingJsonEncoder'/></appender>",
                broker.address());
        for (int run = 0; run < runs; run++) {
            if (run == 2) {
                broker.start();
            }
            service.kill(run);
        }
        try (LogbackHarness harness = service.last()) {
            harness.logger("run-" + runs).warn("event 0");
            WriteAheadAppender journal = harness.appender("WAL", WriteAheadAppender.class);
            assertThat(journal.flush(LIMIT)).isTrue();
            Map<String, String> events = new HashMap<>();
            for (ConsumerRecord<String, String> each : broker.records("logs")) {
                JsonNode event = json.readTree(each.value());
                String said = event.path("logger_name").asString() + " "
                        + event.path("message").asString();
                assertThat(events.merge(id(each), said, (before, now) -> before.equals(now) ? now : "another"))
                        .isEqualTo(said);
            }
            assertThat(events.values()).doesNotHaveDuplicates();
            Set<String> there = new HashSet<>(events.values());
            for (int run = 0; run < runs; run++) {
                for (int i = 0; i < service.acknowledged(run); i++) {
                    assertThat(there).contains("run-" + run + " event " + i);
                }
            }
        }
    }
}
