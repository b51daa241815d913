package io.inkfast.samples.elk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.inkfast.net.NetworkAppender;
import io.inkfast.testing.LogbackHarness;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Delivery over Lumberjack to a server that is not ours, and that is killed, or not at home; as in the user's file. */
@Timeout(300)
class LumberjackIT {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int WINDOW = 1_000;

    @TempDir
    Path folder;

    private final ObjectMapper json = new ObjectMapper();
    private LumberjackPeer peer;

    @BeforeEach
    void make() throws Exception {
        peer = new LumberjackPeer(folder.resolve("peer"));
    }

    @AfterEach
    void end() {
        peer.close();
    }

    /* The user's file as it stands. */
    private LogbackHarness example(Map<String, String> more) throws Exception {
        Path example =
                Path.of(LumberjackIT.class.getResource("/examples/logstash.xml").toURI());
        Map<String, String> variables = new HashMap<>(more);
        variables.put("LOGSTASH", peer.address());
        variables.put("WAL_DIR", folder.resolve("wal").toString());
        return LogbackHarness.configure(example, variables);
    }

    private static NetworkAppender sink(LogbackHarness harness) {
        return harness.appender("LOGSTASH", NetworkAppender.class);
    }

    private static void log(LogbackHarness harness, int events) {
        Logger logger = harness.logger("orders");
        for (int i = 0; i < events; i++) {
            logger.info("order {} is paid, gr\u00fc\u00dfe", i);
        }
    }

    /* In the middle of a window. */
    private boolean isAtWork(LogbackHarness harness) throws Exception {
        return peer.lines().size() > sink(harness).counts().acknowledged();
    }

    private static void awaitWritten(LogbackHarness harness, int events) {
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(sink(harness).accounting().balance())
                        .isEqualTo("received " + events + " = written " + events));
        assertThat(sink(harness).counts().acknowledged()).isEqualTo(events);
    }

    /* All are there; how many are there twice. */
    private int assertAll(int events) throws Exception {
        Set<String> ids = new HashSet<>();
        Set<String> messages = new HashSet<>();
        List<String> lines = peer.lines();
        for (String line : lines) {
            JsonNode event = json.readTree(line);
            ids.add(event.path("event.id").asString());
            messages.add(event.path("message").asString());
        }
        assertThat(ids).hasSize(events);
        assertThat(messages).hasSize(events).contains("order 0 is paid, gr\u00fc\u00dfe");
        return lines.size() - events;
    }

    private void assertComplaints(LogbackHarness harness) {
        assertThat(harness.complaints())
                .allMatch(line -> line.startsWith("WARN cannot send to [" + peer.address() + "]: "));
    }

    @Test
    void absentAtTheStartItGetsEverythingOnceWhenItAppears() throws Exception {
        try (LogbackHarness harness = example(Map.of())) {
            log(harness, 1_000);
            await().atMost(LIMIT).until(() -> !sink(harness).health().healthy());
            assertThat(harness.complaints()).isNotEmpty();
            peer.start();
            awaitWritten(harness, 1_000);
            assertThat(assertAll(1_000)).isZero();
            assertThat(sink(harness).health().healthy()).isTrue();
            assertComplaints(harness);
        }
    }

    @Test
    void killedThreeTimesItHasEveryEventAndAtMostAWindowPerKillTwice() throws Exception {
        int events = 20_000;
        peer.start();
        long begin = System.nanoTime();
        try (LogbackHarness harness = example(Map.of())) {
            Pace pace = Pace.start(harness.logger("orders"), events, 50_000);
            for (int kill = 1; kill <= 3; kill++) {
                int acknowledged = events / 4 * kill;
                await().pollInterval(Duration.ofMillis(1))
                        .atMost(LIMIT)
                        .until(() -> sink(harness).counts().acknowledged() >= acknowledged && isAtWork(harness));
                peer.kill();
                assertThat(sink(harness).accounting().written()).isLessThan(events);
                peer.start();
            }
            pace.join();
            awaitWritten(harness, events);
            assertComplaints(harness);
        }
        int twice = assertAll(events);
        assertThat(twice).isLessThanOrEqualTo(3 * WINDOW);
        System.err.println("LumberjackIT: " + events + " events, 3 kills, 0 lost, " + twice + " twice, "
                + (System.nanoTime() - begin) / 1_000_000 + " ms");
    }

    @Test
    void itArrivesOverTls() throws Exception {
        ServerKey key = new ServerKey(folder);
        peer.start(key.keyStore().toString(), ServerKey.PASSWORD);
        try (LogbackHarness harness =
                example(Map.of("TRUST_STORE", key.trustStore().toString()))) {
            log(harness, 1_000);
            awaitWritten(harness, 1_000);
            assertThat(harness.complaints()).isEmpty();
        }
        assertThat(assertAll(1_000)).isZero();
    }
}
