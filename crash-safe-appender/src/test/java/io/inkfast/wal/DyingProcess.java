package io.inkfast.wal;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.nio.file.Path;

/** A process that ends at once when an exception ends a thread: its handler halts the JVM, so that no hook runs. */
final class DyingProcess {

    static final int EXIT = 17;

    private DyingProcess() {}

    /** Arguments: configuration. */
    public static void main(String[] arguments) throws Exception {
        Thread.setDefaultUncaughtExceptionHandler(
                (thread, e) -> Runtime.getRuntime().halt(EXIT));
        LoggerContext context = new LoggerContext();
        context.setName("test");
        context.setMDCAdapter(new LogbackMDCAdapter());
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(Path.of(arguments[0]).toFile());
        context.getLogger("dying").info("before");
        throw new IllegalStateException("the end, password=hunter2hunter2");
    }
}
