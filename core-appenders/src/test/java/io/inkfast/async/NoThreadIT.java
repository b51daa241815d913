package io.inkfast.async;

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
    void aStartIsRefusedAndLeavesTheFileForTheNextOne() throws Exception {
        String elements = """
                <appender name="FILE" class="io.inkfast.file.BatchingFileAppender">
                  <file>%1$s/app.log</file><encoder><pattern>%%msg%%n</pattern></encoder>
                </appender>
                <appender name="OTHER" class="ch.qos.logback.core.FileAppender">
                  <file>%1$s/other.log</file><encoder><pattern>%%msg%%n</pattern></encoder>
                </appender>
                <appender name="FRONT" class="io.inkfast.async.AsyncBatchingAppender"><appender-ref ref="OTHER"/></appender>
                <root><appender-ref ref="FILE"/><appender-ref ref="FRONT"/></root>
                """.formatted(directory);
        NoThreadsLeft.assertThatTheyStartLater(directory, elements, "FILE", "FRONT");
        assertThat(Files.readAllLines(directory.resolve("app.log")))
                .startsWith("an event")
                .endsWith("an event")
                .hasSizeGreaterThan(1);
        assertThat(Files.readAllLines(directory.resolve("other.log")))
                .startsWith("an event")
                .endsWith("an event")
                .hasSizeGreaterThan(1);
    }
}
