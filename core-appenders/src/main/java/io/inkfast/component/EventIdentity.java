package io.inkfast.component;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.Context;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The identity of events: the run id of their logger context and a sequence number. Stamped on the caller's thread, so
 * that appenders side by side agree; it survives journal, retry and replay. Any thread.
 *
 * @since 0.1.0
 */
public final class EventIdentity {

    private static final String KEY = EventIdentity.class.getName();

    private final String runId;
    private final AtomicLong sequence = new AtomicLong();

    private EventIdentity(String runId) {
        this.runId = runId;
    }

    /** The identity of this context's run; made at first use. A reset of the context begins a new run. */
    public static EventIdentity of(Context context) {
        synchronized (EventIdentity.class) {
            if (context.getObject(KEY) instanceof EventIdentity known) {
                return known;
            }
            EventIdentity made = new EventIdentity(newRunId());
            context.putObject(KEY, made);
            return made;
        }
    }

    /** 16 characters, ordered by the time the run began. */
    public String runId() {
        return runId;
    }

    /** Gives the event a number if it has none. Does nothing to events that are not Logback's own. */
    public void stamp(ILoggingEvent event) {
        if (event.getSequenceNumber() == 0 && event instanceof LoggingEvent own) {
            own.setSequenceNumber(sequence.incrementAndGet());
        }
    }

    /**
     * The event, which gets a number if it has none: itself, or a view of it if it is not Logback's own and can be given
     * none. So no two events have one id.
     */
    public ILoggingEvent numbered(ILoggingEvent event) {
        stamp(event);
        return event.getSequenceNumber() == 0 ? new NumberedEvent(event, sequence.incrementAndGet()) : event;
    }

    /** The number of the event, which gets one if it can have one; else the next, which is then nobody else's. */
    public long number(ILoggingEvent event) {
        try {
            stamp(event);
            if (event.getSequenceNumber() != 0) {
                return event.getSequenceNumber();
            }
        } catch (RuntimeException | StackOverflowError | LinkageError e) {
            // An event need not be one of Logback's: each of its methods may throw.
        }
        return sequence.incrementAndGet();
    }

    /** The event's own id if it is {@link Identified}; else run id and sequence number. */
    public String id(ILoggingEvent event) {
        String own = event instanceof Identified identified ? identified.eventId() : null;
        return own == null ? runId + '-' + event.getSequenceNumber() : own;
    }

    /** The run that the event is of: the first part of its id. */
    public String runId(ILoggingEvent event) {
        String own = event instanceof Identified identified ? identified.eventId() : null;
        int end = own == null ? -1 : own.lastIndexOf('-');
        return own == null || end <= 0 ? runId : own.substring(0, end);
    }

    /**
     * What the id of the event begins with if {@code -} and its sequence number are all that follows; null if that cannot be
     * told without making the id.
     */
    public @Nullable String plainRunId(ILoggingEvent event) {
        if (!(event instanceof Identified identified)) {
            return runId;
        }
        String own = identified.runId();
        return own == null && identified.eventId() == null ? runId : own;
    }

    /* Nine digits of milliseconds in base 36 last until the year 5188; seven are random. */
    private static String newRunId() {
        String time = Long.toString(System.currentTimeMillis(), 36);
        long random = new SecureRandom().nextLong() >>> 1;
        String tail = "0000000" + Long.toString(random, 36);
        return ("000000000" + time).substring(time.length()).toLowerCase(Locale.ROOT)
                + tail.substring(tail.length() - 7);
    }
}
