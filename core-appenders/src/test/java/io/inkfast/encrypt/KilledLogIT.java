package io.inkfast.encrypt;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkfast.keys.EncryptionKeyset;
import io.inkfast.keys.KeysetFile;
import io.inkfast.keys.KeysetPurpose;
import io.inkfast.testing.ChildJvm;
import io.inkfast.testing.KilledLog;
import io.inkfast.testing.Torture;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes that write an encrypted, rolling log from four threads are killed with signal 9, one after another, in the same
 * directory; half of them with public keys only. Whose call had returned is in the log, and of each session no more is missing
 * than its last frame.
 */
@Tag(Torture.TAG)
@Timeout(value = 60, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KilledLogIT {

    private static final int CYCLES = Torture.times(10, 10, 300);

    @TempDir
    Path folder;

    private final Random random = new Random(5);
    private final Set<String> acked = new HashSet<>();

    private Path configuration(String name, String keyset) throws IOException {
        Path log = folder.resolve("logs/app.elog");
        return Files.writeString(
                folder.resolve(name),
                "<configuration><appender name='SECURE' class='io.inkfast.encrypt.EncryptedFileAppender'><file>" + log
                        + "</file><keyset>" + keyset + "</keyset><flushInterval>20 ms</flushInterval>"
                        + "<rollingPolicy class='ch.qos.logback.core.rolling.SizeAndTimeBasedRollingPolicy'>"
                        + "<fileNamePattern>" + log + ".%d{yyyy-MM}.%i</fileNamePattern>"
                        + "<maxFileSize>100KB</maxFileSize></rollingPolicy>"
                        + "<encoder><pattern>%msg%n</pattern></encoder></appender>"
                        + "<root level='INFO'><appender-ref ref='SECURE'/></root></configuration>");
    }

    @Test
    void everyFileOpensAndNothingThatWasPromisedIsMissing() throws Exception {
        Path secret = folder.resolve("private.json");
        Path open = folder.resolve("public.json");
        KeysetFile.of("keyset", "file:" + secret).generate(KeysetPurpose.WRITE_ONLY_HOST, false);
        KeysetFile.of("keyset", "file:" + open).publish("keyset", "file:" + secret);
        List<Path> configurations =
                List.of(configuration("private.xml", "file:" + secret), configuration("public.xml", "file:" + open));
        Path warm = Files.createDirectory(folder.resolve("warm"));
        ChildJvm jvm = ChildJvm.archived(
                warm, KilledWriter.class, configurations.get(0).toString(), "warm", "100");
        for (int cycle = 0; cycle < CYCLES; cycle++) {
            kill(jvm, configurations.get(cycle % 2), "c" + cycle);
        }
        check(EncryptionKeyset.read("<keyset>", "file:" + secret));
    }

    private void kill(ChildJvm jvm, Path xml, String run) throws Exception {
        Process process = new ProcessBuilder(
                        jvm.command(KilledWriter.class, xml.toString(), run, Long.toString(Long.MAX_VALUE)))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
            assertThat(out.readLine()).isEqualTo("ready");
            long end = System.nanoTime()
                    + TimeUnit.MILLISECONDS.toNanos(random.nextInt(random.nextInt(10) == 0 ? 400 : 60));
            String line = null;
            while (System.nanoTime() < end && (line = out.readLine()) != null) {
                note(line, run);
            }
            // Not by the process itself, which would close the stream with what is still in it.
            process.toHandle().destroyForcibly();
            while ((line = out.readLine()) != null) {
                note(line, run);
            }
        }
        process.waitFor();
    }

    /* The last line may be cut by the kill. */
    private void note(String line, String run) {
        if (line.matches("acked " + run + "-\\d-\\d+") && line.length() > 12) {
            acked.add(line.substring(6));
        }
    }

    private void check(EncryptionKeyset keyset) throws Exception {
        KilledLog log = KilledLog.in(folder.resolve("logs"), keyset);
        Set<String> missing = new HashSet<>(acked);
        Map<String, Long> last = new HashMap<>();
        for (String line : log.lines()) {
            assertThat(line).matches("(c\\d+|warm)-\\d-\\d+ (error|info)");
            String[] parts = line.substring(0, line.indexOf(' ')).split("-", -1);
            // In order, and none left out but at the end of a run.
            long number = Long.parseLong(parts[2]);
            Long before = last.put(parts[0] + "-" + parts[1], number);
            assertThat(number).as(line).isEqualTo(before == null ? 0 : before + 1);
            missing.remove(line.substring(0, line.indexOf(' ')));
        }
        assertThat(missing).as("of %d", acked.size()).isEmpty();
        assertThat(acked).hasSizeGreaterThan(CYCLES);
        // A session for each run and each file; a process that was killed at once has none.
        assertThat(log.sessions()).isBetween(CYCLES / 2, CYCLES + log.files() + 1);
        System.err.println("KilledLogIT: " + CYCLES + " killed, " + log.files() + " files, " + log.sessions()
                + " sessions, " + acked.size() + " acknowledged");
    }
}
