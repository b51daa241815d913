package io.inkfast.wal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.inkfast.testing.LogbackHarness;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A sink that takes events at once and settles them later; meanwhile others come. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LaggingSinkTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    private LogbackHarness configure() {
        return LogbackHarness.configure(
                directory,
                "<appender name='SINK' class='io.inkfast.wal.LaggingSink'/>"
                        + "<appender name='WAL' class='io.inkfast.wal.WriteAheadAppender'><directory>"
                        + directory.resolve("wal") + "</directory><stopTimeout>100 ms</stopTimeout>"
                        + "<appender-ref ref='SINK'/></appender>"
                        + "<root level='TRACE'><appender-ref ref='WAL'/></root>");
    }

    private static WriteAheadAppender front(LogbackHarness harness) {
        return harness.appender("WAL", WriteAheadAppender.class);
    }

    private static LaggingSink sink(LogbackHarness harness) {
        return (LaggingSink) front(harness).getAppender("SINK");
    }

    private static List<String> log(LogbackHarness harness, int from, int to) {
        List<String> logged = new ArrayList<>();
        for (int i = from; i < to; i++) {
            harness.logger("a").info("event {}", i);
            logged.add("event " + i);
        }
        return logged;
    }

    @Test
    void whatComesWhileItWaitsIsDeliveredToo() {
        LaggingSink.reset(10_000);
        try (LogbackHarness harness = configure()) {
            List<String> logged = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                logged.addAll(log(harness, 100 * i, 100 * i + 100));
                int taken = logged.size();
                await().atMost(LIMIT).until(() -> LaggingSink.TAKEN.size() == taken);
                sink(harness).settle(taken - 50);
            }
            sink(harness).settle(2000);
            assertThat(front(harness).flush(LIMIT)).isTrue();
            assertThat(LaggingSink.TAKEN).containsExactlyElementsOf(logged);
            assertThat(front(harness).accounting().balance()).isEqualTo("received 2000 = written 2000");
        }
    }

    @Test
    void itIsWrittenWhenItIsSettledAndNotBefore() {
        LaggingSink.reset(10_000);
        try (LogbackHarness harness = configure()) {
            log(harness, 0, 100);
            await().atMost(LIMIT).until(() -> LaggingSink.TAKEN.size() == 100);
            assertThat(front(harness).flush(Duration.ofMillis(50))).isFalse();
            assertThat(front(harness).accounting().balance()).isEqualTo("received 100 = written 0 + queued 100");
            assertThat(front(harness).health().oldestQueuedAge()).isPositive();
            sink(harness).settle(100);
            assertThat(front(harness).flush(LIMIT)).isTrue();
            assertThat(front(harness).accounting().balance()).isEqualTo("received 100 = written 100");
            assertThat(front(harness).health().oldestQueuedAge()).isZero();
        }
    }

    @Test
    void oneThatIsFullGetsTheRestWhenItHasRoomAgain() {
        LaggingSink.reset(30);
        try (LogbackHarness harness = configure()) {
            List<String> logged = log(harness, 0, 100);
            await().atMost(LIMIT).until(() -> LaggingSink.TAKEN.size() == 30);
            for (int settled = 10; settled <= 100; settled += 10) {
                int expected = Math.min(100, settled + 30);
                sink(harness).settle(settled);
                await().atMost(LIMIT).until(() -> LaggingSink.TAKEN.size() == expected);
            }
            assertThat(front(harness).flush(LIMIT)).isTrue();
            assertThat(LaggingSink.TAKEN).containsExactlyElementsOf(logged);
        }
    }

    @Test
    void whatItHadNotSettledAtTheEndIsDeliveredAtTheNextStart() {
        LaggingSink.reset(10_000);
        try (LogbackHarness harness = configure()) {
            log(harness, 0, 100);
            await().atMost(LIMIT).until(() -> LaggingSink.TAKEN.size() == 100);
            sink(harness).settle(40);
        }
        LaggingSink.reset(10_000);
        try (LogbackHarness harness = configure()) {
            await().atMost(LIMIT).until(() -> LaggingSink.TAKEN.contains("event 99"));
            sink(harness).settle(LaggingSink.TAKEN.size());
            assertThat(front(harness).flush(LIMIT)).isTrue();
            // In order, and nothing that was not settled is left out.
            int first = Integer.parseInt(LaggingSink.TAKEN.get(0).substring("event ".length()));
            assertThat(first).isLessThanOrEqualTo(40);
            assertThat(LaggingSink.TAKEN).hasSize(100 - first);
        }
    }
}
