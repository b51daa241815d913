package io.inkfast.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkfast.testing.LogbackHarness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class BatchingFileAppenderTest {

    @TempDir
    Path directory;

    private LogbackHarness configure(String elements) {
        return LogbackHarness.configure(
                directory,
                "<appender name=\"FILE\" class=\"io.inkfast.file.BatchingFileAppender\">" + elements
                        + "</appender><root level=\"DEBUG\"><appender-ref ref=\"FILE\"/></root>");
    }

    private static final String PATTERN = "<encoder><pattern>%msg%n</pattern></encoder>";

    @Test
    void writesEachEventBeforeTheCallReturns() throws IOException {
        Path log = directory.resolve("new/dir/app.log");
        try (LogbackHarness harness = configure("<file>" + log + "</file>" + PATTERN)) {
            harness.logger("a").info("one");
            assertThat(Files.readString(log)).isEqualTo("one\n");
            assertThat(harness.complaints()).isEmpty();
            BatchingFileAppender appender = harness.appender("FILE", BatchingFileAppender.class);
            assertThat(appender.accounting().balance()).isEqualTo("received 1 = written 1");
            assertThat(appender.getFile()).isEqualTo(log.toString());
        }
    }
}
