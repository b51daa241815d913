package io.inkfast.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkfast.encrypt.EncryptedLogReader;
import io.inkfast.encrypt.LogFrame;
import io.inkfast.encrypt.LogState;
import io.inkfast.encrypt.LogSummary;
import io.inkfast.keys.EncryptionKeyset;
import io.inkfast.keys.KeysetException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * An encrypted log whose writers were killed, one after another. Every file opens, and all are one log.
 *
 * @param lines of all files, in order
 */
public record KilledLog(int files, int sessions, List<String> lines) {

    /** Reads all files in a directory, where there is nothing else but torn ends and what is hidden. */
    public static KilledLog in(Path directory, EncryptionKeyset keyset) throws IOException, KeysetException {
        List<Path> files;
        try (Stream<Path> all = Files.list(directory)) {
            files = all.filter(file -> !file.toString().contains(".torn-")
                            && !file.getFileName().toString().startsWith("."))
                    .toList();
        }
        TreeMap<Long, List<String>> lines = new TreeMap<>();
        List<String> streams = new ArrayList<>();
        int sessions = 0;
        int unbegun = 0;
        for (Path file : files) {
            StringBuilder text = new StringBuilder();
            try (EncryptedLogReader reader = EncryptedLogReader.open(file, keyset)) {
                for (LogFrame frame = reader.next(); frame != null; frame = reader.next()) {
                    text.append(new String(frame.bytes(), StandardCharsets.UTF_8));
                }
                assertThat(reader.state())
                        .as("%s: %s", file, reader.findings())
                        .isIn(LogState.CLOSED, LogState.NOT_CLOSED);
                LogSummary summary = reader.summary();
                if (summary == null) {
                    // The last one was killed while it began this file.
                    assertThat(text).isEmpty();
                    unbegun++;
                    continue;
                }
                streams.add(summary.stream());
                sessions += summary.sessions();
                assertThat(lines.put(summary.sequence(), text.toString().lines().toList()))
                        .as("%s is number %d once more", file, summary.sequence())
                        .isNull();
            }
        }
        assertThat(streams.stream().distinct()).hasSize(1);
        assertThat(unbegun).isLessThan(2);
        assertThat(lines.lastKey()).isEqualTo(files.size() - unbegun - 1L);
        return new KilledLog(
                files.size() - unbegun,
                sessions,
                lines.values().stream().flatMap(List::stream).toList());
    }
}
