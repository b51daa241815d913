package io.inkfast.samples.elk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.inkfast.net.NetworkAppender;
import io.inkfast.testing.LogbackHarness;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Lines over TCP, which acknowledges nothing, to a receiver that is stopped, killed, or hidden behind a proxy. */
@Timeout(300)
class TcpIT {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int EVENTS = 40_000;
    private static final int PER_SECOND = 8_000;

    @TempDir
    Path folder;

    private final ObjectMapper json = new ObjectMapper();

    /* The user's file as it stands. */
    private static LogbackHarness example(int port) throws IOException {
        Path example =
                Path.of(System.getProperty("inkfast.root"), "network-appenders/src/test/resources/examples/tcp.xml");
        return LogbackHarness.configure(example, Map.of("DESTINATION", "localhost:" + port));
    }

    private static NetworkAppender sink(LogbackHarness harness) {
        return harness.appender("TCP", NetworkAppender.class);
    }

    private static void awaitLogged(Pace pace, int events) {
        await().pollInterval(Duration.ofMillis(1)).atMost(LIMIT).until(() -> pace.logged() >= events);
    }

    /* Every line is an event, and there is one of each. */
    private void awaitAll(LineReceiver receiver, int events) {
        await().pollInterval(Duration.ofMillis(500)).atMost(LIMIT).untilAsserted(() -> {
            Set<String> ids = new HashSet<>();
            Set<String> messages = new HashSet<>();
            List<String> lines = receiver.lines();
            for (String line : lines) {
                JsonNode event = json.readTree(line);
                ids.add(event.path("event.id").asString());
                messages.add(event.path("message").asString());
            }
            assertThat(ids).as("of %d lines", lines.size()).hasSize(events);
            assertThat(messages).hasSize(events);
        });
    }

    private static void assertBooks(LogbackHarness harness, LineReceiver receiver, int events, String what)
            throws Exception {
        assertThat(sink(harness).accounting().balance()).isEqualTo("received " + events + " = written " + events);
        assertThat(harness.complaints()).allMatch(line -> line.startsWith("WARN cannot send to [localhost:"));
        int twice = receiver.lines().size() - events;
        System.err.println("TcpIT: " + what + ": " + events + " events, 0 lost, " + twice + " twice");
    }

    @Test
    void aReceiverThatIsStoppedForTwoSecondsAndThenKilledHasEveryEvent() throws Exception {
        try (LineReceiver receiver = new LineReceiver(folder.resolve("received"));
                LogbackHarness harness = example(receiver.port())) {
            receiver.start();
            Pace pace = Pace.start(harness.logger("orders"), EVENTS, PER_SECOND);
            awaitLogged(pace, PER_SECOND);
            receiver.freeze();
            awaitLogged(pace, 3 * PER_SECOND);
            receiver.kill();
            receiver.start();
            pace.join();
            assertThat(sink(harness).flush(LIMIT)).isTrue();
            awaitAll(receiver, EVENTS);
            assertBooks(harness, receiver, EVENTS, "stopped, then killed");
        }
    }

    @Test
    void aReceiverThatIsAwayForThreeSecondsBehindAProxyHasEveryEvent() throws Exception {
        try (LineReceiver receiver = new LineReceiver(folder.resolve("received"))) {
            receiver.start();
            try (Haproxy proxy = Haproxy.tcp(folder, receiver.port());
                    LogbackHarness harness = example(proxy.port())) {
                Pace pace = Pace.start(harness.logger("orders"), EVENTS, PER_SECOND);
                awaitLogged(pace, PER_SECOND);
                receiver.kill();
                awaitLogged(pace, 4 * PER_SECOND);
                receiver.start();
                pace.join();
                awaitAll(receiver, EVENTS);
                assertThat(sink(harness).flush(LIMIT)).isTrue();
                assertBooks(harness, receiver, EVENTS, "away behind a proxy");
            }
        }
    }

    @Test
    void whatAReceiverHadNotReadWhenItDiedComesAgainAlthoughNothingMoreIsLogged() throws Exception {
        int events = 2_000;
        try (LineReceiver receiver = new LineReceiver(folder.resolve("received"));
                LogbackHarness harness = example(receiver.port())) {
            receiver.start();
            Pace.start(harness.logger("orders"), events / 2, PER_SECOND).join();
            awaitAll(receiver, events / 2);
            receiver.freeze();
            Pace.start(harness.logger("orders"), events / 2, PER_SECOND).join();
            await().atMost(LIMIT).until(() -> sink(harness).accounting().written() == events);
            receiver.kill();
            receiver.start();
            await().atMost(LIMIT).until(() -> receiver.lines().size() >= events + events / 2);
            assertBooks(harness, receiver, events, "killed, and nothing more logged");
        }
    }
}
