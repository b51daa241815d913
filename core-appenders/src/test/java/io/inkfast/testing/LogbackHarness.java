package io.inkfast.testing;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.DefaultJoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.spi.AppenderAttachable;
import ch.qos.logback.core.status.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;

/** A logger context of its own, configured from XML as a user's would be; stopped on close. */
public final class LogbackHarness implements AutoCloseable {

    private static final String CONFIGURATION_FILE = "logback.configurationFile";

    private final LoggerContext context = new LoggerContext();

    private LogbackHarness() {
        LogbackMDCAdapter mdc = new LogbackMDCAdapter();
        context.setMDCAdapter(mdc);
        context.setName("test");
    }

    /** From the file {@code xml}, with the given variables of the context. */
    public static LogbackHarness configure(Path xml, Map<String, String> variables) {
        LogbackHarness harness = new LogbackHarness();
        variables.forEach(harness.context::putProperty);
        harness.configure(xml);
        return harness;
    }

    /** From the elements inside {@code <configuration>}, written to a file in {@code directory} first. */
    public static LogbackHarness configure(Path directory, String elements) {
        try {
            Path xml = Files.createTempFile(directory, "logback", ".xml");
            Files.writeString(xml, "<configuration>\n" + elements + "\n</configuration>\n");
            return configure(xml, Map.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads a configuration into the running context, as a scan does. */
    public void reconfigure(Path xml) {
        context.reset();
        configure(xml);
    }

    public LoggerContext context() {
        return context;
    }

    public Logger logger(String name) {
        return context.getLogger(name);
    }

    /** The appender of this name, wherever it is attached. */
    public <T> T appender(String name, Class<T> type) {
        for (ch.qos.logback.classic.Logger logger : context.getLoggerList()) {
            Object found = find(logger, name);
            if (found != null) {
                return type.cast(found);
            }
        }
        throw new AssertionError("no appender [" + name + "]; statuses: " + statuses());
    }

    /** Every status of at least WARN, as "LEVEL message". */
    public List<String> complaints() {
        return statuses().stream().filter(line -> !line.startsWith("INFO")).toList();
    }

    /** Every status, as "LEVEL message". */
    public List<String> statuses() {
        return context.getStatusManager().getCopyOfStatusList().stream()
                .map(status -> level(status) + " " + status.getMessage())
                .toList();
    }

    @Override
    public void close() {
        context.stop();
    }

    /* As Logback finds its configuration when the first logger is asked for. */
    private void configure(Path xml) {
        // Several tests may run at once.
        synchronized (LogbackHarness.class) {
            configureAlone(xml);
        }
    }

    private void configureAlone(Path xml) {
        String before = System.getProperty(CONFIGURATION_FILE);
        System.setProperty(CONFIGURATION_FILE, xml.toString());
        try {
            DefaultJoranConfigurator configurator = new DefaultJoranConfigurator();
            configurator.setContext(context);
            configurator.configure(context);
        } finally {
            if (before == null) {
                System.clearProperty(CONFIGURATION_FILE);
            } else {
                System.setProperty(CONFIGURATION_FILE, before);
            }
        }
    }

    private static String level(Status status) {
        return switch (status.getLevel()) {
            case Status.ERROR -> "ERROR";
            case Status.WARN -> "WARN";
            default -> "INFO";
        };
    }

    private static Object find(AppenderAttachable<?> parent, String name) {
        for (Iterator<? extends Appender<?>> it = parent.iteratorForAppenders(); it.hasNext(); ) {
            Appender<?> appender = it.next();
            if (name.equals(appender.getName())) {
                return appender;
            }
            Object deeper = appender instanceof AppenderAttachable<?> front ? find(front, name) : null;
            if (deeper != null) {
                return deeper;
            }
        }
        return null;
    }
}
