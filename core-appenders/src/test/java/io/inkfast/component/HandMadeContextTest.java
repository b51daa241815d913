package io.inkfast.component;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.joran.spi.JoranException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HandMadeContextTest {

    @TempDir
    Path directory;

    private final LoggerContext context = new LoggerContext();

    @Test
    void losesNoEventForWantOfAnMdc() throws JoranException, IOException {
        Path file = directory.resolve("app.log");
        Path xml = directory.resolve("logback.xml");
        Files.writeString(xml, """
                <configuration>
                  <appender name="FILE" class="io.inkfast.file.BatchingFileAppender">
                    <file>%s</file>
                    <encoder><pattern>%%m [%%X]%%n</pattern></encoder>
                  </appender>
                  <appender name="ASYNC" class="io.inkfast.async.AsyncBatchingAppender"><appender-ref ref="FILE"/></appender>
                  <root level="INFO"><appender-ref ref="ASYNC"/></root>
                </configuration>
                """.formatted(file));
        JoranConfigurator joran = new JoranConfigurator();
        joran.setContext(context);
        joran.doConfigure(xml.toFile());
        context.getLogger("hand.made").info("here");
        context.stop();
        assertThat(file).hasContent("here []");
    }

    @Test
    void keepsTheMdcThatAContextHas() {
        LogbackMDCAdapter own = new LogbackMDCAdapter();
        context.setMDCAdapter(own);
        HandMadeContext.complete(context);
        assertThat(context.getMDCAdapter()).isSameAs(own);
    }
}
