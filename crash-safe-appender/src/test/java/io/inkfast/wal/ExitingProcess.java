package io.inkfast.wal;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.nio.file.Path;
import org.slf4j.Logger;

/** A process that logs and ends without stopping Logback; a hook of its own logs later than the appender's. */
final class ExitingProcess {

    private ExitingProcess() {}

    /** Arguments: configuration, number of events. */
    public static void main(String[] arguments) throws Exception {
        LoggerContext context = new LoggerContext();
        context.setName("test");
        context.setMDCAdapter(new LogbackMDCAdapter());
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(Path.of(arguments[0]).toFile());
        Logger logger = context.getLogger("exiting");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                Thread.sleep(500);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            logger.error("c0-0-{} in a hook", arguments[1]);
        }));
        for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
            logger.info("c0-0-{} some words", i);
        }
        System.exit(0);
    }
}
