package io.inkfast.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.LoggingEvent;
import io.inkfast.encrypt.EncryptedFileAppender;
import io.inkfast.keys.KeysetException;
import io.inkfast.keys.KeysetFile;
import io.inkfast.keys.KeysetPurpose;
import io.inkfast.testing.Bits;
import io.inkfast.testing.LogbackHarness;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Encrypted logs as an application leaves them, and the commands that read them. */
final class EncryptedLogs {

    private static final Pattern MESSAGE = Pattern.compile("\"message\":\"([^\"]*)\"");

    record End(int exit, String out, String err) {

        /** Of the lines, in their order. */
        List<String> messages() {
            return EncryptedLogs.messages(out);
        }
    }

    final Path folder;
    final Path keyset;
    final Path log;

    EncryptedLogs(Path folder) {
        this.folder = folder;
        keyset = keyset("keyset.json", KeysetPurpose.ENCRYPTION);
        log = folder.resolve("app.elog");
    }

    static List<String> messages(String lines) {
        List<String> messages = new ArrayList<>();
        Matcher matcher = MESSAGE.matcher(lines);
        while (matcher.find()) {
            messages.add(matcher.group(1));
        }
        return messages;
    }

    static List<String> events(int from, int to) {
        List<String> events = new ArrayList<>();
        for (int i = from; i < to; i++) {
            events.add("event " + i);
        }
        return events;
    }

    Path keyset(String name, KeysetPurpose purpose) {
        Path file = folder.resolve(name);
        try {
            KeysetFile.of("keyset", "file:" + file).generate(purpose, false);
        } catch (KeysetException e) {
            throw new IllegalStateException(e);
        }
        return file;
    }

    Path rolled(int index) {
        return folder.resolve("app." + index + ".elog");
    }

    /** An application that rolls when it is told to, and writes a frame for each event. */
    LogbackHarness start(Path keys, String more) {
        LogbackHarness harness = LogbackHarness.configure(
                folder,
                "<appender name='FILE' class='io.inkfast.encrypt.EncryptedFileAppender'><file>" + log
                        + "</file><keyset>file:" + keys + "</keyset>" + more
                        + "<encoder class='io.inkfast.mask.RedactingJsonEncoder'/>"
                        + "<rollingPolicy class='ch.qos.logback.core.rolling.FixedWindowRollingPolicy'>"
                        + "<fileNamePattern>" + folder.resolve("app.%i.elog")
                        + "</fileNamePattern><maxIndex>9</maxIndex>"
                        + "</rollingPolicy><triggeringPolicy"
                        + " class='ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy'><maxFileSize>1GB</maxFileSize>"
                        + "</triggeringPolicy></appender><root level='INFO'><appender-ref ref='FILE'/></root>");
        assertThat(appender(harness).isStarted()).as("%s", harness.statuses()).isTrue();
        return harness;
    }

    LogbackHarness start() {
        return start(keyset, "");
    }

    static EncryptedFileAppender appender(LogbackHarness harness) {
        return harness.appender("FILE", EncryptedFileAppender.class);
    }

    /** Errors are in the file when the call returns. */
    static void log(LogbackHarness harness, int from, int to) {
        for (int i = from; i < to; i++) {
            harness.logger("shop").error("event {}", i);
        }
    }

    static void logAt(LogbackHarness harness, Instant time, String message) {
        Logger logger = (Logger) harness.logger("shop");
        LoggingEvent event = new LoggingEvent("fqcn", logger, Level.ERROR, message, null, null);
        event.setInstant(time);
        logger.callAppenders(event);
    }

    /** One file of ten events, closed. */
    EncryptedLogs tenEvents() {
        try (LogbackHarness harness = start()) {
            log(harness, 0, 10);
        }
        return this;
    }

    /** Three files of ten events, the oldest in app.2.elog. */
    EncryptedLogs threeFiles() {
        try (LogbackHarness harness = start()) {
            log(harness, 0, 10);
            appender(harness).rollover();
            log(harness, 10, 20);
            appender(harness).rollover();
            log(harness, 20, 30);
        }
        assertThat(rolled(2)).exists();
        return this;
    }

    /** Where the frames of a file begin; the first two are those of its key. */
    static List<Integer> frames(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        List<Integer> frames = new ArrayList<>();
        for (int i = 0; i + 4 <= bytes.length; i++) {
            if (bytes[i] == (byte) 0xe1 && bytes[i + 1] == 0x46 && bytes[i + 2] == 0x52 && bytes[i + 3] == 0x1e) {
                frames.add(i);
            }
        }
        return frames;
    }

    /** Changes the body of a frame. */
    static void damage(Path file, int frame) throws IOException {
        Bits.flip(file, frames(file).get(frame) + 60L);
    }

    static void cut(Path file, int length) throws IOException {
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), length));
    }

    static End run(byte[] in, Map<String, String> variables, Object... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Streams streams = Streams.of(new ByteArrayInputStream(in), out, err).with(variables::get);
        int exit = Inkfast.run(
                streams, Arrays.stream(arguments).map(Object::toString).toArray(String[]::new));
        return new End(exit, out.toString(UTF_8), err.toString(UTF_8));
    }

    /** With the keyset in the variable. */
    End run(Object... arguments) {
        return run(new byte[0], Map.of("INKFAST_KEYSET", keyset.toString()), arguments);
    }
}
