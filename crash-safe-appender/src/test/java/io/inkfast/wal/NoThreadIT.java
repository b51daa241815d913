package io.inkfast.wal;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkfast.testing.NoThreadsLeft;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A machine that has no room for another thread, in a process of its own. */
@EnabledOnOs(OS.LINUX)
@Timeout(120)
class NoThreadIT {

    @TempDir
    Path directory;

    @Test
    void aStartIsRefusedAndLeavesTheDirectoryForTheNextOne() throws Exception {
        String elements = """
                <appender name="FILE" class="ch.qos.logback.core.FileAppender">
                  <file>%1$s/app.log</file><encoder><pattern>%%msg%%n</pattern></encoder>
                </appender>
                <appender name="WAL" class="io.inkfast.wal.WriteAheadAppender">
                  <directory>%1$s/wal</directory><onLocked>FAIL</onLocked><appender-ref ref="FILE"/>
                </appender>
                <appender name="RECORDER" class="io.inkfast.recorder.FlightRecorderAppender">
                  <directory>%1$s/flight</directory><size>512KB</size>
                  <encoder class="io.inkfast.mask.RedactingJsonEncoder"/>
                </appender>
                <root><appender-ref ref="WAL"/><appender-ref ref="RECORDER"/></root>
                """.formatted(directory);
        NoThreadsLeft.assertThatTheyStartLater(directory, elements, "WAL", "RECORDER");
        assertThat(Files.readAllLines(directory.resolve("app.log")))
                .startsWith("an event")
                .endsWith("an event")
                .hasSizeGreaterThan(1);
    }
}
