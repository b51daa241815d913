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

/** The device of a sink refuses, loses what it had, and then confirms everything. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RefusingDeviceTest {

    @TempDir
    Path directory;

    private LogbackHarness configure() {
        return LogbackHarness.configure(
                directory,
                "<appender name='SINK' class='io.inkfast.wal.ForgetfulSink'/>"
                        + "<appender name='WAL' class='io.inkfast.wal.WriteAheadAppender'><directory>"
                        + directory.resolve("wal") + "</directory><appender-ref ref='SINK'/></appender>"
                        + "<root level='TRACE'><appender-ref ref='WAL'/></root>");
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
    void whatItMayHaveLostIsDeliveredAgain() {
        ForgetfulSink.reset(2);
        try (LogbackHarness harness = configure()) {
            WriteAheadAppender appender = harness.appender("WAL", WriteAheadAppender.class);
            List<String> logged = log(harness, 0, 1000);
            await().atMost(Duration.ofSeconds(20)).until(() -> ForgetfulSink.refusals == 0);
            logged.addAll(log(harness, 1000, 1100));
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(ForgetfulSink.DURABLE).containsExactlyElementsOf(logged));
            assertThat(appender.accounting().balance()).matches("received 1100 \\+ replayed \\d+ = written \\d+");
            assertThat(harness.complaints())
                    .contains("ERROR [SINK] cannot make its events durable (the device confirms nothing); those that it"
                            + " may have lost are delivered again");
            assertThat(appender.health().healthy()).isTrue();
        }
    }

    @Test
    void whatItMayHaveLostAtTheEndIsDeliveredAtTheNextStart() {
        ForgetfulSink.reset(Integer.MAX_VALUE);
        List<String> logged;
        try (LogbackHarness harness = configure()) {
            logged = log(harness, 0, 10);
        }
        assertThat(ForgetfulSink.DURABLE).isEmpty();
        ForgetfulSink.reset(0);
        try (LogbackHarness harness = configure()) {
            assertThat(harness.appender("WAL", WriteAheadAppender.class).flush(Duration.ofSeconds(20)))
                    .isTrue();
        }
        assertThat(ForgetfulSink.DURABLE).containsExactlyElementsOf(logged);
    }
}
