package io.inkfast.wal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.inkfast.testing.LogbackHarness;
import java.nio.file.Files;
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
    void whatItHadNotSettledWhenItWasStartedAnewIsDeliveredAgain() {
        LaggingSink.reset(10_000);
        try (LogbackHarness harness = configure()) {
            List<String> logged = log(harness, 0, 100);
            await().atMost(LIMIT).until(() -> LaggingSink.TAKEN.size() == 100);
            sink(harness).stop();
            LaggingSink.TAKEN.clear();
            sink(harness).start();
            logged.addAll(log(harness, 100, 101));
            await().atMost(LIMIT).until(() -> LaggingSink.TAKEN.contains("event 99"));
            sink(harness).settle(1000);
            assertThat(front(harness).flush(LIMIT)).isTrue();
            // It may have taken the new one before that was noticed.
            LaggingSink.TAKEN.remove("event 100");
            logged.remove("event 100");
            assertThat(LaggingSink.TAKEN.subList(0, 100)).isEqualTo(logged);
            assertThat(front(harness).accounting().balanced()).isTrue();
            assertThat(harness.complaints())
                    .containsExactly(
                            "WARN [SINK] was started again; what may have been under way then is delivered again");
        }
    }

    @Test
    void aFileHasEverythingHoweverOftenItsAppenderIsStartedAnew() throws Exception {
        Path file = directory.resolve("app.log");
        try (LogbackHarness harness = LogbackHarness.configure(
                directory,
                "<appender name='SINK' class='io.inkfast.file.BatchingFileAppender'><file>" + file
                        + "</file><encoder><pattern>%msg%n</pattern></encoder></appender>"
                        + "<appender name='WAL' class='io.inkfast.wal.WriteAheadAppender'><directory>"
                        + directory.resolve("wal") + "</directory><appender-ref ref='SINK'/></appender>"
                        + "<root level='TRACE'><appender-ref ref='WAL'/></root>")) {
            List<String> logged = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                logged.addAll(log(harness, 50 * i, 50 * i + 50));
                front(harness).getAppender("SINK").stop();
                front(harness).getAppender("SINK").start();
            }
            assertThat(front(harness).flush(LIMIT)).isTrue();
            assertThat(Files.readAllLines(file).stream().distinct()).containsExactlyInAnyOrderElementsOf(logged);
            assertThat(front(harness).accounting().balanced()).isTrue();
        }
    }

    @Test
    void nothingIsDeliveredAgainWhereAllWasDurableWhenItWasStartedAnew() {
        LaggingSink.reset(10_000);
        try (LogbackHarness harness = configure()) {
            List<String> logged = log(harness, 0, 100);
            await().atMost(LIMIT).until(() -> LaggingSink.TAKEN.size() == 100);
            sink(harness).settle(100);
            assertThat(front(harness).flush(LIMIT)).isTrue();
            await().atMost(LIMIT).until(() -> sink(harness).durable() >= 100);
            sink(harness).stop();
            sink(harness).start();
            logged.addAll(log(harness, 100, 150));
            await().atMost(LIMIT).until(() -> LaggingSink.TAKEN.size() == 150);
            sink(harness).settle(150);
            assertThat(front(harness).flush(LIMIT)).isTrue();
            assertThat(LaggingSink.TAKEN).isEqualTo(logged);
            assertThat(harness.complaints()).isEmpty();
        }
    }

    @Test
    void whatItTookFromAJournalLeftBehindAndHadNotSettledStaysThere() {
        LaggingSink.reset(0);
        Path instance = directory.resolve("wal/instance-0");
        try (LogbackHarness first = configure();
                LogbackHarness second = configure()) {
            log(first, 0, 10);
            log(second, 10, 20);
        }
        LaggingSink.reset(10_000);
        try (LogbackHarness third = configure()) {
            await().atMost(LIMIT).until(() -> LaggingSink.TAKEN.size() >= 10);
            sink(third).settle(5);
        }
        assertThat(instance).isDirectory();
        LaggingSink.reset(10_000);
        try (LogbackHarness fourth = configure()) {
            await().atMost(LIMIT).until(() -> {
                sink(fourth).settle(LaggingSink.TAKEN.size());
                return !instance.toFile().exists();
            });
            await().atMost(LIMIT).until(() -> LaggingSink.TAKEN.containsAll(List.of("event 9", "event 19")));
            sink(fourth).settle(1000);
            assertThat(front(fourth).flush(LIMIT)).isTrue();
        }
        assertThat(LaggingSink.TAKEN).doesNotHaveDuplicates().contains("event 5", "event 9", "event 15", "event 19");
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
