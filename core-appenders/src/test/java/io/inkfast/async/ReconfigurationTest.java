package io.inkfast.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import io.inkfast.testing.LogbackHarness;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ReconfigurationTest {

    private static final String XML = """
            <configuration>
              <appender name="FILE" class="ch.qos.logback.core.FileAppender">
                <file>%s</file>
                <encoder><pattern>%%msg%%n</pattern></encoder>
              </appender>
              <appender name="ASYNC" class="io.inkfast.async.AsyncBatchingAppender">
                <queueSize>64</queueSize>
                <appender-ref ref="FILE"/>
              </appender>
              <root level="INFO"><appender-ref ref="ASYNC"/></root>
            </configuration>
            """;

    private static final Duration LIMIT = Duration.ofMinutes(1);

    @TempDir
    private Path directory;

    @Test
    @Timeout(value = 3, unit = TimeUnit.MINUTES)
    void aContextThatIsResetAgainAndAgainUnderLoadNeitherHangsNorLeavesThreadsBehind() throws Exception {
        Path file = directory.resolve("app.log");
        Path xml = Files.writeString(directory.resolve("logback.xml"), XML.formatted(file));
        LogbackHarness logback = LogbackHarness.configure(xml, java.util.Map.of());
        AtomicBoolean halt = new AtomicBoolean();
        AtomicLong logged = new AtomicLong();
        Thread[] callers = new Thread[4];
        for (int i = 0; i < callers.length; i++) {
            Logger logger = (Logger) logback.logger("load");
            callers[i] = new Thread(() -> {
                while (!halt.get()) {
                    logger.info("event");
                    logged.incrementAndGet();
                    LockSupport.parkNanos(20_000);
                }
            });
            callers[i].start();
        }
        for (int reset = 0; reset < 40; reset++) {
            long enough = logged.get() + 1_000;
            await().pollInterval(Duration.ofMillis(1)).atMost(LIMIT).until(() -> logged.get() >= enough);
            logback.reconfigure(xml);
        }
        halt.set(true);
        for (Thread caller : callers) {
            caller.join();
        }
        logback.logger("last").info("the last one");
        logback.close();
        assertThat(Files.readAllLines(file)).last().isEqualTo("the last one");
        assertThat(Files.readAllLines(file)).allMatch(line -> line.equals("event") || line.equals("the last one"));
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.equals("inkfast-async-ASYNC") || name.equals("inkfast-encode-ASYNC"));
        // Between two configurations Logback itself has no appender, and says so once.
        assertThat(logback.complaints()).isSubsetOf("WARN No appenders present in context [test] for logger [load].");
    }

    @Test
    void aFrontThatNobodyRefersToAnyMoreIsStoppedWithTheContext() throws Exception {
        Path file = directory.resolve("app.log");
        Path xml = Files.writeString(directory.resolve("logback.xml"), XML.formatted(file));
        LogbackHarness logback = LogbackHarness.configure(xml, java.util.Map.of());
        AsyncBatchingAppender front = logback.appender("ASYNC", AsyncBatchingAppender.class);
        logback.context().getLogger("ROOT").detachAppender(front);
        logback.close();
        assertThat(front.isStarted()).isFalse();
    }
}
