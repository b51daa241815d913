package io.inkfast.samples.elk;

import io.inkfast.testing.ChildJvm;
import io.inkfast.testing.LogbackHarness;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;

/** A service that logs at WARN, which waits for the disk, until it is killed; and notes which calls have returned. */
final class KilledService {

    private KilledService() {}

    /** The folder has the journal, and is the same for all runs. */
    static Process start(Path folder, String url, int run, Path acknowledged) throws IOException {
        Path xml = folder.resolve("killed.xml");
        Files.writeString(xml, """
                <configuration>
                  <appender name="ELK" class="io.inkfast.net.elastic.ElasticsearchAppender">
                    <url>${URL}</url>
                    <index>app-%d{yyyy.MM.dd}</index>
                    <encoder class="io.inkfast.mask.RedactingJsonEncoder"/>
                  </appender>
                  <appender name="WAL" class="io.inkfast.wal.WriteAheadAppender">
                    <directory>${WAL}</directory>
                    <diskLevel>WARN</diskLevel>
                    <appender-ref ref="ELK"/>
                  </appender>
                  <root level="INFO"><appender-ref ref="WAL"/></root>
                </configuration>
                """);
        return new ProcessBuilder(ChildJvm.command(
                        KilledService.class,
                        List.of(),
                        xml.toString(),
                        url,
                        folder.resolve("wal").toString(),
                        Integer.toString(run),
                        acknowledged.toString()))
                .inheritIO()
                .start();
    }

    /** How many calls of a run had returned. */
    static long acknowledged(Path file) throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
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
