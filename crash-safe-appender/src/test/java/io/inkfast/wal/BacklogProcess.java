package io.inkfast.wal;

import ch.qos.logback.classic.LoggerContext;
import io.inkfast.testing.LogbackHarness;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;

/** A process with little memory that logs, or waits until everything is delivered. */
final class BacklogProcess {

    private BacklogProcess() {}

    /** Arguments: configuration, number of events. */
    public static void main(String[] arguments) throws Exception {
        LoggerContext context =
                LogbackHarness.configure(Path.of(arguments[0]), Map.of()).context();
        int events = Integer.parseInt(arguments[1]);
        Logger logger = context.getLogger("backlog");
        for (int i = 0; i < events; i++) {
            logger.info("event {} of a backlog, with some words that fill the line", i);
        }
        if (events == 0
                && context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("WAL") instanceof WriteAheadAppender appender
                && !appender.flush(Duration.ofMinutes(10))) {
            Runtime.getRuntime().halt(3);
        }
        context.stop();
    }
}
