package io.inkfast.wal;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.FileAppender;
import io.inkfast.testing.FullDiskAppender;
import io.inkfast.testing.LogbackHarness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogbackFilesTest {

    @TempDir
    Path folder;

    /* The files that were forced, by what the file system knows them by: that stays when they get another name. */
    private final List<Object> forced = new ArrayList<>();
    private final List<Object> open = new ArrayList<>();
    private boolean failing;

    private static Object key(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }

    private LogbackFiles.Forced open(Path file) throws IOException {
        Object key = key(file);
        open.add(key);
        return new LogbackFiles.Forced() {
            @Override
            public void force() throws IOException {
                if (failing) {
                    throw new IOException("device");
                }
                forced.add(key);
            }

            @Override
            public void close() {
                open.remove(key);
            }
        };
    }

    private LogbackHarness rolling() {
        return LogbackHarness.configure(
                folder,
                "<appender name='FILE' class='ch.qos.logback.core.rolling.RollingFileAppender'><file>"
                        + folder.resolve("app.log")
                        + "</file><rollingPolicy class='ch.qos.logback.core.rolling.FixedWindowRollingPolicy'>"
                        + "<fileNamePattern>" + folder.resolve("app.%i.log") + "</fileNamePattern></rollingPolicy>"
                        + "<triggeringPolicy class='ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy'>"
                        + "<maxFileSize>1GB</maxFileSize></triggeringPolicy>"
                        + "<encoder><pattern>%msg%n</pattern></encoder></appender>"
                        + "<root><appender-ref ref='FILE'/></root>");
    }

    private static void roll(FileAppender<?> appender) {
        ((ch.qos.logback.core.rolling.RollingFileAppender<?>) appender).rollover();
    }

    private static ILoggingEvent event(LogbackHarness harness) {
        ch.qos.logback.classic.Logger logger = (ch.qos.logback.classic.Logger) harness.logger("a");
        return new ch.qos.logback.classic.spi.LoggingEvent(
                "", logger, ch.qos.logback.classic.Level.INFO, "event", null, null);
    }

    @Test
    @SuppressWarnings("unchecked")
    void forcesWhatHasRolledAway() throws IOException {
        try (LogbackHarness harness = rolling()) {
            FileAppender<ILoggingEvent> appender = harness.appender("FILE", FileAppender.class);
            PlainDestination destination = new PlainDestination(appender, this::open);
            destination.deliver(List.of(event(harness)), 0, nanos -> false);
            Object first = key(folder.resolve("app.log"));
            roll(appender);
            destination.deliver(List.of(event(harness)), 0, nanos -> false);
            roll(appender);
            destination.deliver(List.of(event(harness)), 0, nanos -> false);
            assertThat(destination.sync(0, Duration.ofSeconds(1))).isEqualTo(Destination.Safety.DURABLE);
            assertThat(first).isEqualTo(key(folder.resolve("app.2.log")));
            assertThat(forced).containsExactly(first, key(folder.resolve("app.1.log")), key(folder.resolve("app.log")));
            assertThat(open).containsExactly(key(folder.resolve("app.log")));
            destination.close();
            assertThat(open).isEmpty();
        }
    }

    @Test
    @SuppressWarnings("unchecked")
    void forcesOnlyWhatWasWritten() throws IOException {
        try (LogbackHarness harness = rolling()) {
            PlainDestination destination =
                    new PlainDestination(harness.appender("FILE", FileAppender.class), this::open);
            destination.deliver(List.of(event(harness)), 0, nanos -> false);
            destination.sync(0, Duration.ofSeconds(1));
            destination.sync(0, Duration.ofSeconds(1));
            assertThat(forced).hasSize(1);
        }
    }

    @Test
    @SuppressWarnings("unchecked")
    void aFileThatCannotBeForcedIsNotSafeAndNotAskedAgain() throws IOException {
        try (LogbackHarness harness = rolling()) {
            FileAppender<ILoggingEvent> appender = harness.appender("FILE", FileAppender.class);
            PlainDestination destination = new PlainDestination(appender, this::open);
            destination.deliver(List.of(event(harness)), 0, nanos -> false);
            roll(appender);
            destination.deliver(List.of(event(harness)), 0, nanos -> false);
            failing = true;
            assertThat(destination.sync(0, Duration.ofSeconds(1))).isEqualTo(Destination.Safety.REFUSED);
            assertThat(destination.trouble()).isEqualTo("java.io.IOException");
            failing = false;
            assertThat(destination.sync(0, Duration.ofSeconds(1))).isEqualTo(Destination.Safety.DURABLE);
            assertThat(forced).containsExactly(key(folder.resolve("app.log")));
            assertThat(open).containsExactly(key(folder.resolve("app.log")));
        }
    }

    @Test
    void forcesTheFileThatLogbackOpenedAnewUnderTheSameName() throws IOException {
        Path log = folder.resolve("app.log");
        try (LogbackHarness harness = LogbackHarness.configure(
                folder,
                "<appender name='FILE' class='io.inkfast.testing.FullDiskAppender'><file>" + log
                        + "</file><encoder><pattern>%msg%n</pattern></encoder></appender>"
                        + "<root><appender-ref ref='FILE'/></root>")) {
            FullDiskAppender appender = harness.appender("FILE", FullDiskAppender.class);
            PlainDestination destination = new PlainDestination(appender, this::open);
            assertThat(destination.deliver(List.of(event(harness)), 0, nanos -> false))
                    .isTrue();
            Object first = key(log);
            appender.setFull(true);
            Files.move(log, folder.resolve("away.log"));
            assertThat(destination.deliver(List.of(event(harness)), 0, nanos -> {
                        appender.setFull(!Files.exists(log));
                        return true;
                    }))
                    .isTrue();
            assertThat(Files.readAllLines(log)).containsOnly("event");
            assertThat(destination.sync(0, Duration.ofSeconds(1))).isEqualTo(Destination.Safety.DURABLE);
            assertThat(forced).containsExactly(first, key(log));
            destination.close();
        }
    }
}
