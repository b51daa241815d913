package io.inkfast.async;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.encoder.Encoder;
import io.inkfast.component.BatchAppender;
import java.util.List;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A sink that takes whole batches. It retries by itself what it took; what it does not take is offered again. The next
 * batch waits until this one is settled, so the front holds on to every event that could still be lost.
 */
final class BatchSink implements Sink {

    private static final long RETRY_NANOS = 5_000_000L;

    private final BatchAppender appender;
    private final Failures failures;
    private long next = 1;

    /* The last number that the appender took; one at which it threw is not its own. */
    private long accepted;

    BatchSink(BatchAppender appender, Failures failures) {
        this.appender = appender;
        this.failures = failures;
    }

    @Override
    public Appender<ILoggingEvent> appender() {
        return appender;
    }

    @Override
    public @Nullable Encoder<ILoggingEvent> encoderAhead() {
        return appender.encoderAhead();
    }

    @Override
    public void open() {
        next = 1;
        accepted = 0;
    }

    /* What it had taken and not settled when somebody started it anew, it has given up: it gets that once more. */
    @Override
    public boolean deliver(List<ILoggingEvent> batch, OwnEvents own, LongPredicate waiting) {
        own.deliveringAll();
        long first = next;
        if (!appender.isStarted()) {
            refuse(batch);
            return true;
        }
        long done = first - 1;
        int starts = appender.starts();
        while (offer(batch, first, waiting)) {
            long settled = settled();
            int now = appender.starts();
            if (now != starts) {
                starts = now;
                next = done + 1;
                continue;
            }
            if (settled >= accepted) {
                return true;
            }
            done = Math.max(done, settled);
            if (!appender.isStarted()) {
                // It may be a while until it is started again.
                for (long lost = done + 1; lost <= accepted; lost++) {
                    failures.failed(batch.get((int) (lost - first)), this, "stopped");
                }
                return true;
            }
            if (!waiting.test(RETRY_NANOS)) {
                return false;
            }
        }
        return false;
    }

    /* What it has not taken yet; false if there is no more waiting. */
    private boolean offer(List<ILoggingEvent> batch, long first, LongPredicate waiting) {
        int from = (int) (next - first);
        while (from < batch.size()) {
            int taken = take(from == 0 ? batch : batch.subList(from, batch.size()));
            from += taken;
            if (taken == 0 && !waiting.test(RETRY_NANOS)) {
                return false;
            }
        }
        return true;
    }

    /* It counts and shows what it rejects; nobody has written it. */
    private void refuse(List<ILoggingEvent> batch) {
        String outOfOrder = "not started";
        try {
            appender.append(batch, next);
        } catch (Throwable e) {
            outOfOrder = e.getClass().getName();
        }
        next += batch.size();
        accepted = next - 1;
        for (ILoggingEvent event : batch) {
            failures.failed(event, this, outOfOrder);
        }
    }

    @Override
    public void close() {}

    /* The contract says that it throws nothing. An event at which it does, would stop all others for ever. */
    private int take(List<ILoggingEvent> events) {
        try {
            int taken = Math.max(0, Math.min(events.size(), appender.append(events, next)));
            next += taken;
            accepted = taken > 0 ? next - 1 : accepted;
            return taken;
        } catch (Throwable e) {
            failures.failed(events.get(0), this, e.getClass().getName());
            next++;
            return 1;
        }
    }

    private long settled() {
        try {
            return appender.settled();
        } catch (Throwable e) {
            return accepted;
        }
    }
}
