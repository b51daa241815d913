package io.inkfast.net;

import io.inkfast.component.Health;
import io.inkfast.component.Notices;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/* Whoever sees a change of health finds the status that goes with it: that comes first. */
/** Whether the peers take what they are sent; told by the sender, and passed on as statuses. Read by any thread. */
final class NetCondition {

    private record State(boolean healthy, @Nullable String error, Instant since) {}

    private static final String KIND = "delivery";
    private static final String FALLBACK = "fallback";
    private static final String DEAD = "dead letter";
    private static final String FILE = "dead-letter file";

    private final Notices notices;
    private final Consumer<String> info;
    private final LongSupplier dropped;
    private volatile State state = new State(true, null, Instant.now());
    private long droppedBefore;

    NetCondition(Notices notices, Consumer<String> info, LongSupplier dropped) {
        this.notices = notices;
        this.info = info;
        this.dropped = dropped;
    }

    Health health(Duration oldest) {
        State now = state;
        return new Health(now.healthy, now.error, now.since, oldest);
    }

    /** Nobody is there, or is not well. */
    void failing(String endpoint, String why) {
        notices.warn(KIND, "cannot send to [" + endpoint + "]: " + why + "; events are kept and it is tried again");
        failing(why);
    }

    /** Somebody has to mend something. */
    void denied(String endpoint, String why) {
        notices.warn(
                KIND,
                "[" + endpoint + "] does not let us send: " + why
                        + "; events are kept and it is tried again until that is mended");
        failing(why);
    }

    /** Events arrive somewhere, but not where they should. */
    void onFallback(String endpoint) {
        notices.warn(FALLBACK, "sending to the fallback [" + endpoint + "] until one of the others works again");
        failing("only the fallback takes events");
    }

    void working(String endpoint) {
        if (!state.healthy) {
            notices.forget(KIND);
            notices.forget(FALLBACK);
            long lost = dropped.getAsLong() - droppedBefore;
            info.accept("sending to [" + endpoint + "] again; "
                    + (lost == 0 ? "nothing was lost" : lost + " events were dropped meanwhile"));
            state = new State(true, state.error, Instant.now());
        }
    }

    void deadLettered(String endpoint, boolean kept) {
        if (kept) {
            notices.warn(DEAD, "[" + endpoint + "] refused an event for good; it is in the dead-letter file");
        } else {
            notices.error(
                    DEAD,
                    "[" + endpoint + "] refused an event for good; it is lost, because there is no <deadLetter> file");
        }
    }

    void deadLetterFailed(String why) {
        notices.error(FILE, "cannot write a dead letter: " + why + "; the event is kept and it is tried again");
        failing(why);
    }

    private void failing(String why) {
        if (state.healthy) {
            droppedBefore = dropped.getAsLong();
            state = new State(false, why, Instant.now());
        } else {
            state = new State(false, why, state.since);
        }
    }
}
