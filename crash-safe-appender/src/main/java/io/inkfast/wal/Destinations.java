package io.inkfast.wal;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.inkfast.component.Notices;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** All that events are delivered to, as one. One thread, but for {@link #trouble} and {@link #since}. */
final class Destinations {

    private final List<Destination> destinations;
    private final Notices notices;
    private volatile @Nullable String trouble;
    private volatile Instant since = Instant.now();

    Destinations(List<Destination> destinations, Notices notices) {
        this.destinations = destinations;
        this.notices = notices;
    }

    List<Destination> each() {
        return destinations;
    }

    /** Why events wait; null if they do not. */
    @Nullable
    String trouble() {
        return trouble;
    }

    /** When they began to wait, or went on. */
    Instant since() {
        return since;
    }

    /**
     * Offers a batch until each has taken it. One that waits has the batch extended: whether an event is at fault, or the
     * appender is down, shows when the event behind is offered. The others then get what has been added.
     *
     * @param waits waits for so many nanoseconds, may extend the batch; false if there is no more time
     * @return how many of them failed, at most, with one of the destinations; -1 if there is no more time
     */
    int deliver(List<ILoggingEvent> batch, LongPredicate waits) {
        int[] done = new int[destinations.size()];
        int[] failed = new int[destinations.size()];
        while (Arrays.stream(done).anyMatch(count -> count < batch.size())) {
            for (int i = 0; i < done.length; i++) {
                if (!destinations.get(i).deliver(batch, done[i], waits)) {
                    trouble(destinations.get(i).trouble());
                    return -1;
                }
                done[i] = batch.size();
                failed[i] += destinations.get(i).failed();
            }
        }
        trouble(null);
        int most = Arrays.stream(failed).max().orElse(0);
        if (most > 0) {
            notices.error("poison", most + " events were not taken by an appender that took those behind them");
        }
        return most;
    }

    /** Offers an event once; nobody asks what became of it. */
    void tell(ILoggingEvent event, LongPredicate waits) {
        for (Destination destination : destinations) {
            destination.deliver(List.of(event), 0, waits);
        }
    }

    /** Says which one makes events wait. */
    void sayTrouble() {
        for (Destination destination : destinations) {
            String why = destination.trouble();
            if (why != null) {
                trouble(why);
                notices.warn(
                        "sink:" + destination.name(),
                        "[" + destination.name() + "] takes no events (" + why + "); they wait in the journal");
            }
        }
    }

    /** Whether one was started anew, so that what it had not made safe is to be delivered again; says so, and asks once. */
    boolean haveGivenUp() {
        boolean any = false;
        for (Destination destination : destinations) {
            if (destination.hasGivenUp()) {
                any = true;
                notices.warn(
                        "anew:" + destination.name(),
                        "[" + destination.name()
                                + "] was started again; what may have been under way then is delivered again");
            }
        }
        return any;
    }

    void close() {
        destinations.forEach(Destination::close);
    }

    private void trouble(@Nullable String now) {
        if ((now == null) != (trouble == null)) {
            since = Instant.now();
        }
        trouble = now;
    }
}
