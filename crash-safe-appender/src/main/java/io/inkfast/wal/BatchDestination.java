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

    /* The start that the following is about; and what had been handed over before it, and does not count any more. */
    private int starts;
    private boolean begun;
    private long before;
    private long settled;
    private long durable;

    /* Whether it was started since, and what it had not made durable is still to be delivered again. */
    private boolean givenUp;
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
    public boolean hasGivenUp() {
        try {
            if (begun) {
                begin();
            }
        } catch (Throwable e) {
            trouble = e.getClass().getName();
        }
        boolean was = givenUp;
        if (was) {
            countFromHere();
        }
        return was;
    }

    /* Looks whether it was started since; then it has given up what it had not made durable, and counts from here. */
    private void begin() {
        int now = appender.starts();
        if (begun && now == starts) {
            return;
        }
        givenUp |= durable < accepted;
        if (!givenUp) {
            countFromHere();
        }
        // From now on it forces a file before it leaves it.
        appender.sync(0, Duration.ZERO);
        starts = now;
        begun = true;
    }

    private void countFromHere() {
        givenUp = false;
        before = accepted;
        settled = accepted;
        durable = accepted;
    }

    @Override
    public Safety sync(long handed, Duration limit) {
        if (handed <= durable) {
            return Safety.DURABLE;
        }
        try {
            long confirmed = appender.sync(handed, limit);
            if (!isAsBefore()) {
                return Safety.NOT_YET;
            }
            if (confirmed >= handed) {
                durable = Math.min(confirmed, accepted);
                return Safety.DURABLE;
            }
            if (settled() < handed) {
                return Safety.NOT_YET;
            }
            trouble = "the device confirms nothing";
            // What is delivered next is offered as what it has not confirmed.
            durable = Math.max(confirmed, before);
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
            begin();
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
            long now = appender.settled();
            // Of another start it says nothing of what was taken before.
            settled = isAsBefore() ? Math.max(before, now) : settled;
        } catch (Throwable e) {
            trouble = e.getClass().getName();
        }
        return settled;
    }

    private boolean isAsBefore() {
        return !givenUp && appender.starts() == starts;
    }
}
