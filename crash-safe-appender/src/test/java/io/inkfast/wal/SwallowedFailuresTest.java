package io.inkfast.wal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import io.inkfast.testing.LogbackHarness;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logback's base classes swallow what an appender throws, and post an error status for the first few only. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SwallowedFailuresTest {

    private static final int EVENTS = 30;
    private static final List<String> TAKEN = new CopyOnWriteArrayList<>();
    private static volatile int refused;
    private static volatile boolean down;

    @TempDir
    Path directory;

    @BeforeEach
    void reset() {
        TAKEN.clear();
        refused = 0;
        down = true;
    }

    private LogbackHarness configure(Class<?> sink, String front, String next) {
        return LogbackHarness.configure(
                directory,
                "<appender name='SINK' class='" + sink.getName() + "'/>" + front
                        + "<appender name='WAL' class='io.inkfast.wal.WriteAheadAppender'>"
                        + "<directory>" + directory.resolve("wal") + "</directory>"
                        + "<appender-ref ref='" + next + "'/></appender>"
                        + "<root level='TRACE'><appender-ref ref='WAL'/></root>");
    }

    private void waitsUntilItIsBack(LogbackHarness harness) {
        WriteAheadAppender appender = harness.appender("WAL", WriteAheadAppender.class);
        for (int i = 0; i < EVENTS; i++) {
            harness.logger("a").info("event {}", i);
        }
        await().atMost(Duration.ofSeconds(50)).until(() -> refused > 7);
        assertThat(appender.accounting().written()).isZero();
        down = false;
        assertThat(appender.flush(Duration.ofSeconds(20))).isTrue();
        assertThat(TAKEN)
                .containsExactlyElementsOf(
                        IntStream.range(0, EVENTS).mapToObj(i -> "event " + i).toList());
        assertThat(appender.accounting().balance()).isEqualTo("received 30 = written 30");
    }

    @ParameterizedTest
    @ValueSource(classes = {Synchronized.class, Unsynchronized.class})
    void eventsWaitHoweverOftenAnAppenderFails(Class<?> sink) {
        try (LogbackHarness harness = configure(sink, "", "SINK")) {
            waitsUntilItIsBack(harness);
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {Synchronized.class, Unsynchronized.class})
    void eventsWaitHoweverOftenAnAppenderBehindARedactorFails(Class<?> sink) {
        String redactor = "<appender name='REDACT' class='io.inkfast.mask.RedactingAppender'>"
                + "<appender-ref ref='SINK'/></appender>";
        try (LogbackHarness harness = configure(sink, redactor, "REDACT")) {
            waitsUntilItIsBack(harness);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ch.qos.logback.classic.AsyncAppender", "io.inkfast.async.AsyncBatchingAppender"})
    void warnsOfAnAppenderThatTakesEventsBeforeThoseBehindItDo(String front) {
        down = false;
        String asynchronous = "<appender name='ASYNC' class='" + front + "'><appender-ref ref='SINK'/></appender>";
        try (LogbackHarness harness = configure(Synchronized.class, asynchronous, "ASYNC")) {
            assertThat(harness.complaints())
                    .containsExactly("WARN appender [WAL]: [ASYNC] takes events before the appenders behind it do, and"
                            + " what it drops or they do not take is lost; let this appender refer to them directly");
        }
    }

    @Test
    void whatOthersLogToTheAppenderIsTheirs() {
        down = false;
        List<String> expected = new ArrayList<>();
        try (LogbackHarness harness = configure(Poisoned.class, "", "SINK")) {
            WriteAheadAppender appender = harness.appender("WAL", WriteAheadAppender.class);
            Poisoned sink = (Poisoned) appender.sinks().getAppender("SINK");
            for (int i = 0; i < EVENTS; i++) {
                sink.doAppend(null);
                harness.logger("a").info("event {}", i);
                expected.add("event " + i);
            }
            assertThat(appender.flush(Duration.ofSeconds(20))).isTrue();
            assertThat(TAKEN).isEqualTo(expected);
        }
    }

    private static void take(ILoggingEvent event) {
        if (down) {
            refused++;
            throw new IllegalStateException("down");
        }
        TAKEN.add(event.getFormattedMessage());
    }

    public static final class Synchronized extends AppenderBase<ILoggingEvent> {
        @Override
        protected void append(ILoggingEvent event) {
            take(event);
        }
    }

    public static final class Unsynchronized extends UnsynchronizedAppenderBase<ILoggingEvent> {
        @Override
        protected void append(ILoggingEvent event) {
            take(event);
        }
    }

    /** Fails for what is null. */
    public static final class Poisoned extends UnsynchronizedAppenderBase<ILoggingEvent> {
        @Override
        protected void append(ILoggingEvent event) {
            TAKEN.add(event.getFormattedMessage());
        }
    }
}
