package io.inkfast.net;

import io.inkfast.testing.NoThreadsLeft;
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
    void aStartIsRefused() throws Exception {
        String elements = """
                <appender name="TCP" class="io.inkfast.net.tcp.TcpAppender">
                  <destination>localhost:1</destination><stopTimeout>1 ms</stopTimeout>
                  <encoder><pattern>%msg%n</pattern></encoder>
                </appender>
                <root><appender-ref ref="TCP"/></root>
                """;
        NoThreadsLeft.assertThatTheyStartLater(directory, elements, "TCP");
    }
}
