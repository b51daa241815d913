package io.inkfast.benchmarks.pipe;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import ch.qos.logback.core.status.Status;
import ch.qos.logback.core.status.StatusUtil;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.MDC;

/** Logger contexts made from a configuration, which must start cleanly. */
public final class LogbackContext {

    private static final Pattern CLASS = Pattern.compile("class=\"([\\w.$]+\\.[\\w.$]+)\"");

    private LogbackContext() {}

    /** A class that the configuration names is not on the class path. */
    public static final class Absent extends RuntimeException {
        private static final long serialVersionUID = 1;

        Absent(String className) {
            super("no class " + className);
        }
    }

    /** Configures a new context, without a warning; the configuration is a resource of this program, or a file. */
    public static LoggerContext of(String configuration) {
        return of(configuration, Status.WARN);
    }

    /** The same for an appender that may warn of a peer that is not there. */
    public static LoggerContext ofSender(String configuration) {
        return of(configuration, Status.ERROR);
    }

    private static LoggerContext of(String configuration, int problem) {
        try {
            URL url = LogbackContext.class.getClassLoader().getResource(configuration);
            if (url == null) {
                url = Path.of(configuration).toUri().toURL();
            }
            demandClasses(url);
            LoggerContext context = new LoggerContext();
            context.setName("benchmark");
            // A context made by hand has no MDC of its own, and without one nothing is written.
            context.setMDCAdapter(MDC.getMDCAdapter());
            JoranConfigurator configurator = new JoranConfigurator();
            configurator.setContext(context);
            configurator.doConfigure(url);
            List<Status> problems =
                    StatusUtil.filterStatusListByTimeThreshold(
                                    context.getStatusManager().getCopyOfStatusList(), 0)
                            .stream()
                            .filter(status -> status.getEffectiveLevel() >= problem)
                            .toList();
            if (!problems.isEmpty()) {
                throw new IllegalStateException(configuration + " did not start cleanly: " + problems);
            }
            return context;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JoranException e) {
            throw new IllegalStateException(configuration + " is not a configuration", e);
        }
    }

    private static void demandClasses(URL url) throws IOException {
        String xml;
        try (var in = url.openStream()) {
            xml = new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        }
        Matcher named = CLASS.matcher(xml);
        while (named.find()) {
            try {
                Class.forName(named.group(1), false, LogbackContext.class.getClassLoader());
            } catch (ClassNotFoundException e) {
                throw new Absent(named.group(1));
            }
        }
    }
}
