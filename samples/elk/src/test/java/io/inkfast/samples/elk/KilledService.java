package io.inkfast.samples.elk;

import static org.awaitility.Awaitility.await;

import io.inkfast.testing.ChildJvm;
import io.inkfast.testing.LogbackHarness;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;

/** A service that logs at WARN, which waits for the disk, until it is killed; and notes which calls have returned. */
final class KilledService {

    private final Path folder;
    private final Path xml;
    private final String url;

    /**
     * @param folder has the journal, and is the same for all runs
     * @param sink   the appender behind the journal, of the name {@code SINK}; it sends to {@code ${URL}}
     */
    KilledService(Path folder, String sink, String url) throws IOException {
        this.folder = folder;
        this.url = url;
        xml = Files.writeString(folder.resolve("killed.xml"), """
                <configuration>
                  %s
                  <appender name="WAL" class="io.inkfast.wal.WriteAheadAppender">
                    <directory>${WAL}</directory>
                    <diskLevel>WARN</diskLevel>
                    <appender-ref ref="SINK"/>
                  </appender>
                  <root level="INFO"><appender-ref ref="WAL"/></root>
                </configuration>
                """.formatted(sink));
    }

    /** Kills a run of it after some calls; returns how many had returned. */
    long kill(int run) throws Exception {
        Process process = new ProcessBuilder(ChildJvm.command(
                        KilledService.class,
                        List.of(),
                        xml.toString(),
                        url,
                        folder.resolve("wal").toString(),
                        Integer.toString(run),
                        returned(run).toString()))
                .inheritIO()
                .start();
        await().atMost(Duration.ofMinutes(3)).until(() -> acknowledged(run) > 200);
        process.destroyForcibly().waitFor();
        return acknowledged(run);
    }

    /** Starts it in this JVM, to deliver what is left. */
    LogbackHarness last() {
        return LogbackHarness.configure(
                xml, Map.of("URL", url, "WAL", folder.resolve("wal").toString()));
    }

    private Path returned(int run) {
        return folder.resolve("run-" + run);
    }

    /** How many calls of a run had returned. */
    long acknowledged(int run) throws IOException {
        return Files.exists(returned(run)) ? Files.size(returned(run)) : 0;
    }

    public static void main(String[] arguments) throws IOException {
        LogbackHarness harness =
                LogbackHarness.configure(Path.of(arguments[0]), Map.of("URL", arguments[1], "WAL", arguments[2]));
        Logger logger = harness.logger("run-" + arguments[3]);
        try (FileOutputStream acknowledged = new FileOutputStream(arguments[4])) {
            for (int i = 0; ; i++) {
                logger.warn("event {}", i);
                acknowledged.write('.');
            }
        }
    }
}
