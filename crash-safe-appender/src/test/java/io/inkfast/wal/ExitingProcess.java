package io.inkfast.wal;

import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.LoggerContext;
import io.inkfast.testing.LogbackHarness;
import java.nio.file.Path;
import java.util.Map;
import org.slf4j.Logger;

/** A process that logs and ends without stopping Logback; a hook of its own logs later than the appender's. */
final class ExitingProcess {

    private ExitingProcess() {}

    /** Arguments: configuration, number of events. */
    public static void main(String[] arguments) throws Exception {
        LoggerContext context =
                LogbackHarness.configure(Path.of(arguments[0]), Map.of()).context();
        Logger logger = context.getLogger("exiting");
        int events = Integer.parseInt(arguments[1]);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            await().until(() -> isDone(context, events));
            logger.error("c0-0-{} in a hook", events);
        }));
        for (int i = 0; i < events; i++) {
            logger.info("c0-0-{} some words", i);
        }
        System.exit(0);
    }

    /* The appender's own hook has delivered what there was. */
    private static boolean isDone(LoggerContext context, int events) {
        return context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("WAL") instanceof WriteAheadAppender appender
                && appender.accounting().written() >= events
                && Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().startsWith("inkfast-shutdown-"));
    }
}
