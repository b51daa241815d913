package io.inkfast.benchmarks.net;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import io.inkfast.benchmarks.pipe.LogbackContext;
import io.inkfast.benchmarks.pipe.LogbackPipe;
import io.inkfast.benchmarks.pipe.Peer;
import io.inkfast.benchmarks.pipe.Pipe;
import io.inkfast.benchmarks.pipe.Workload;
import io.inkfast.component.Managed;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One of the appenders, started. */
public final class Sending {

    private final LoggerContext context;
    private final Workload workload;

    /** Sends to this port of this machine. When it is only to be seen that everything works, nobody waits a minute. */
    public Sending(Peer peer, int port, Workload workload, boolean quick) {
        System.setProperty("PORT", Integer.toString(port));
        if (quick) {
            System.setProperty("MAX_BLOCK_MS", "1000");
        }
        silenceLibraries();
        this.context = LogbackContext.ofSender(peer.configuration());
        this.workload = workload;
    }

    /* They log to SLF4J's own context, which would print it all. */
    private static void silenceLibraries() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext libraries) {
            libraries.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.OFF);
        }
    }

    /** A source of events, for this thread. */
    public Pipe.Source source() {
        return LogbackPipe.source(context.getLogger(Workload.LOGGER), workload, 0);
    }

    /** What the appender has dropped by its own account: Inkfast's books, or what the other tells a listener. */
    public OptionalLong dropped() {
        Appender<ILoggingEvent> appender =
                context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("NET");
        if (appender instanceof Managed managed) {
            return OptionalLong.of(managed.accounting().dropped());
        }
        return Dropped.by(appender);
    }
}
