package io.inkfast.wal;

import ch.qos.logback.classic.LoggerContext;
import io.inkfast.testing.LogbackHarness;
import java.nio.file.Path;
import java.util.Map;

/** A process that ends at once when an exception ends a thread: its handler halts the JVM, so that no hook runs. */
final class DyingProcess {

    static final int EXIT = 17;

    private DyingProcess() {}

    /** Arguments: configuration. */
    public static void main(String[] arguments) throws Exception {
        Thread.setDefaultUncaughtExceptionHandler(
                (thread, e) -> Runtime.getRuntime().halt(EXIT));
        LoggerContext context =
                LogbackHarness.configure(Path.of(arguments[0]), Map.of()).context();
        context.getLogger("dying").info("before");
        throw new IllegalStateException("the end, password=hunter2hunter2");
    }
}
