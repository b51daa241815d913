package io.inkfast.wal;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.inkfast.component.BatchAppender;
import java.time.Duration;
import java.util.List;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** An appender that takes batches, keeps what it took, and says when it is settled. */
final class BatchDestination implements Destination {

    private static final long RETRY_NANOS = 5_000_000L;
    private static final long RETRY_SLOWLY_NANOS = 200_000_000L;

    private final BatchAppender appender;
    private long next = 1;
    private long accepted;
    private boolean begun;
    private @Nullable String trouble;

    BatchDestination(BatchAppender appender) {
        this.appender = appender;
    }

    @Override
    public String name() {
        return String.valueOf(appender.getName());
    }

    @Override
    public boolean deliver(List<ILoggingEvent> events, int from, LongPredicate waiting) {
        int done = from;
        while (done < events.size()) {
            int taken = take(events.subList(done, events.size()));
            done += taken;
            if (taken == 0 && !waiting.test(trouble == null ? RETRY_NANOS : RETRY_SLOWLY_NANOS)) {
                return false;
            }
        }
        trouble = null;
        return true;
    }

    @Override
    public long handed() {
        return accepted;
    }

    @Override
    public int failed() {
        return 0; // it counts its own, in its own books
    }

    @Override
    public Safety sync(long handed, Duration limit) {
        try {
            long durable = appender.sync(handed, limit);
            if (durable >= handed) {
                return Safety.DURABLE;
            }
            if (appender.settled() < handed) {
                return Safety.NOT_YET;
            }
            trouble = "the device confirms nothing";
            // What is delivered next is offered as what it has not confirmed.
            accepted = durable;
            next = durable + 1;
            return Safety.REFUSED;
        } catch (Throwable e) {
            trouble = e.getClass().getName();
            return Safety.NOT_YET;
        }
    }

    @Override
    public @Nullable String trouble() {
        return trouble;
    }

    private int take(List<ILoggingEvent> events) {
        try {
            // One that is stopped would take all, and count them as rejected.
            if (!appender.isStarted()) {
                trouble = "not started";
                return 0;
            }
            if (!begun) {
                // From now on it forces a file before it leaves it.
                appender.sync(0, Duration.ZERO);
                begun = true;
            }
            int taken = Math.max(0, Math.min(events.size(), appender.append(events, next)));
            next += taken;
            accepted = next - 1;
            return taken;
        } catch (Throwable e) {
            trouble = e.getClass().getName();
            return 0;
        }
    }

    @Override
    public long settled() {
        try {
            return appender.settled();
        } catch (Throwable e) {
            trouble = e.getClass().getName();
            return 0;
        }
    }
}
