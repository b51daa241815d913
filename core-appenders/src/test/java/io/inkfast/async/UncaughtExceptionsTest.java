package io.inkfast.async;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import ch.qos.logback.core.spi.FilterReply;
import io.inkfast.testing.LogbackHarness;
import java.lang.Thread.UncaughtExceptionHandler;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class UncaughtExceptionsTest {

    @TempDir
    Path directory;

    private final UncaughtExceptionHandler found = Thread.getDefaultUncaughtExceptionHandler();
    private final List<String> seen = new ArrayList<>();
    private final UncaughtExceptionHandler application =
            (thread, e) -> seen.add(thread.getName() + " " + e.getMessage());

    @BeforeEach
    void haveAHandler() {
        Thread.setDefaultUncaughtExceptionHandler(application);
    }

    @AfterEach
    void putBack() {
        Thread.setDefaultUncaughtExceptionHandler(found);
    }

    private LogbackHarness configure(String settings) {
        return LogbackHarness.configure(
                directory, front("ASYNC", settings) + "<root><appender-ref ref='ASYNC'/></root>");
    }

    private static String front(String name, String settings) {
        return "<appender name='L" + name + "' class='ch.qos.logback.core.read.ListAppender'/>"
                + "<appender name='" + name + "' class='io.inkfast.async.AsyncBatchingAppender'>" + settings
                + "<appender-ref ref='L" + name + "'/></appender>";
    }

    private static final String ON = "<uncaughtHandler>true</uncaughtHandler>";

    @SuppressWarnings("unchecked")
    private static List<ILoggingEvent> events(LogbackHarness harness, String list) {
        return harness.appender(list, ListAppender.class).list;
    }

    private static void die(String name) throws InterruptedException {
        Thread thread = new Thread(
                () -> {
                    throw new IllegalStateException("no way");
                },
                name);
        thread.start();
        thread.join();
    }

    /** Fails with every event. */
    public static final class Failing extends ch.qos.logback.classic.turbo.TurboFilter {
        @Override
        public FilterReply decide(
                org.slf4j.Marker marker,
                ch.qos.logback.classic.Logger logger,
                Level level,
                String format,
                Object[] arguments,
                Throwable thrown) {
            throw new StackOverflowError();
        }
    }

    @Test
    void logsAndFlushesBeforeTheHandlerThatWasThere() throws InterruptedException {
        try (LogbackHarness harness = configure(ON)) {
            die("worker-7");
            assertThat(seen).containsExactly("worker-7 no way");
            assertThat(events(harness, "LASYNC")).singleElement().satisfies(event -> {
                assertThat(event.getLevel()).isEqualTo(Level.ERROR);
                assertThat(event.getLoggerName()).isEqualTo("io.inkfast.uncaught");
                assertThat(event.getThreadName()).isEqualTo("worker-7");
                assertThat(event.getFormattedMessage()).isEqualTo("thread [worker-7] ends with an uncaught exception");
                assertThat(event.getThrowableProxy().getMessage()).isEqualTo("no way");
            });
        }
        assertThat(Thread.getDefaultUncaughtExceptionHandler()).isSameAs(application);
    }

    @Test
    void isThereOnlyIfItIsAskedFor() {
        try (LogbackHarness harness = configure("")) {
            assertThat(harness.complaints()).isEmpty();
            assertThat(Thread.getDefaultUncaughtExceptionHandler()).isSameAs(application);
        }
    }

    @Test
    void logsOnceForTwoAppendersOfAContext() throws InterruptedException {
        try (LogbackHarness harness = LogbackHarness.configure(
                directory,
                front("A", ON) + front("B", ON) + "<root><appender-ref ref='A'/><appender-ref ref='B'/></root>")) {
            die("x");
            assertThat(events(harness, "LA")).hasSize(1);
            assertThat(events(harness, "LB")).hasSize(1);
            harness.appender("A", AsyncBatchingAppender.class).stop();
            die("y");
            assertThat(events(harness, "LB")).hasSize(2);
            assertThat(seen).containsExactly("x no way", "y no way");
        }
        assertThat(Thread.getDefaultUncaughtExceptionHandler()).isSameAs(application);
    }

    @Test
    void logsInEachContext() throws InterruptedException {
        LogbackHarness first = configure(ON);
        LogbackHarness second = configure(ON);
        die("x");
        assertThat(events(first, "LASYNC")).hasSize(1);
        List<ILoggingEvent> ofSecond = events(second, "LASYNC");
        assertThat(ofSecond).hasSize(1);
        first.close();
        die("y");
        assertThat(ofSecond).hasSize(2);
        assertThat(seen).containsExactly("x no way", "y no way");
        second.close();
        assertThat(Thread.getDefaultUncaughtExceptionHandler()).isSameAs(application);
    }

    @Test
    void leavesAHandlerThatWasPutOnTop() throws InterruptedException {
        LogbackHarness harness = configure(ON);
        UncaughtExceptionHandler ours = Thread.getDefaultUncaughtExceptionHandler();
        UncaughtExceptionHandler top = (thread, e) -> ours.uncaughtException(thread, e);
        Thread.setDefaultUncaughtExceptionHandler(top);
        List<ILoggingEvent> logged = events(harness, "LASYNC");
        harness.close();
        assertThat(Thread.getDefaultUncaughtExceptionHandler()).isSameAs(top);
        die("x");
        assertThat(seen).containsExactly("x no way");
        assertThat(logged).isEmpty();
    }

    @Test
    void isThereAgainAfterARestart() throws InterruptedException {
        try (LogbackHarness harness = configure(ON)) {
            AsyncBatchingAppender front = harness.appender("ASYNC", AsyncBatchingAppender.class);
            front.stop();
            assertThat(Thread.getDefaultUncaughtExceptionHandler()).isSameAs(application);
            harness.appender("LASYNC", ListAppender.class).start();
            front.start();
            die("x");
            assertThat(events(harness, "LASYNC")).hasSize(1);
        }
    }

    @Test
    void passesOnWhatCannotBeLogged() throws InterruptedException {
        try (LogbackHarness harness = configure(ON)) {
            harness.context().addTurboFilter(new Failing());
            die("x");
            assertThat(seen).containsExactly("x no way");
            assertThat(harness.complaints())
                    .containsExactly("ERROR an uncaught exception could not be logged: java.lang.StackOverflowError");
        }
    }

    @Test
    void saysWhatTheJvmSaysIfThereWasNoHandler() throws InterruptedException {
        Thread.setDefaultUncaughtExceptionHandler(null);
        java.io.PrintStream before = System.err;
        java.io.ByteArrayOutputStream said = new java.io.ByteArrayOutputStream();
        try (LogbackHarness harness = configure(ON)) {
            System.setErr(new java.io.PrintStream(said, true, StandardCharsets.UTF_8));
            die("x");
            assertThat(events(harness, "LASYNC")).hasSize(1);
        } finally {
            System.setErr(before);
        }
        assertThat(said.toString(StandardCharsets.UTF_8))
                .startsWith("Exception in thread \"x\" java.lang.IllegalStateException: no way")
                .contains("\tat ");
        assertThat(Thread.getDefaultUncaughtExceptionHandler()).isNull();
    }
}
