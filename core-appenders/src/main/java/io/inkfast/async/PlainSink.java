package io.inkfast.async;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import io.inkfast.component.AppenderCall;
import io.inkfast.component.StreamFaults;
import io.inkfast.internal.Worker;
import java.util.List;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** An ordinary Logback appender: event by event, and one flush at the end of the batch. */
final class PlainSink implements Sink {

    private final Appender<ILoggingEvent> appender;
    private final Failures failures;
    private final @Nullable StreamTakeover takeover;
    private final AppenderCall call;

    PlainSink(Appender<ILoggingEvent> appender, Failures failures, @Nullable StreamTakeover takeover) {
        this.appender = appender;
        this.failures = failures;
        this.takeover = takeover;
        call = new AppenderCall(appender);
    }

    @Override
    public Appender<ILoggingEvent> appender() {
        return appender;
    }

    @Override
    public @Nullable Encoder<ILoggingEvent> encoderAhead() {
        return takeover == null ? null : takeover.encoderAhead();
    }

    @Override
    public void open() {
        call.listen();
        if (takeover != null) {
            takeover.begin();
        }
    }

    @Override
    public boolean deliver(List<ILoggingEvent> batch, OwnEvents own, LongPredicate waiting) {
        @Nullable String @Nullable [] reasons = null;
        call.begin();
        try {
            for (int i = 0; i < batch.size(); i++) {
                own.delivering(i);
                String reason = call.append(batch.get(i));
                if (reason != null) {
                    boolean others = isBuffered() && StreamFaults.REASON.equals(reason);
                    reasons = note(reason, others ? 0 : i, i + 1, batch, reasons);
                }
            }
            if (takeover != null && call.flush(takeover::flush) != null) {
                reasons = note("flush failed", 0, batch.size(), batch, reasons);
            }
            if (reasons != null) {
                tell(batch, reasons, own);
            }
        } finally {
            call.end();
            if (Worker.isCurrent()) {
                // An appender that leaves the flag set would disturb the next one's files and sockets.
                Thread.interrupted();
            }
        }
        return true;
    }

    @Override
    public void idle() {
        if (takeover != null) {
            takeover.flush();
        }
    }

    @Override
    public void close() {
        call.stopListening();
        if (takeover != null) {
            takeover.end();
        }
    }

    /* A stream that fails may have dropped what it had taken before. */
    private boolean isBuffered() {
        return appender instanceof OutputStreamAppender<?> stream && !stream.isImmediateFlush();
    }

    private static @Nullable String[] note(
            String reason, int from, int to, List<ILoggingEvent> batch, @Nullable String @Nullable [] noted) {
        @Nullable String[] reasons = noted == null ? new String[batch.size()] : noted;
        for (int i = from; i < to; i++) {
            reasons[i] = reasons[i] == null ? reason : reasons[i];
        }
        return reasons;
    }

    private void tell(List<ILoggingEvent> batch, @Nullable String[] reasons, OwnEvents own) {
        for (int i = 0; i < batch.size(); i++) {
            String reason = reasons[i];
            if (reason != null) {
                own.delivering(i);
                failures.failed(batch.get(i), this, reason);
            }
        }
    }
}
