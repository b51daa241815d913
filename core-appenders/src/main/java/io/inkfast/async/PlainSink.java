package io.inkfast.async;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.encoder.Encoder;
import io.inkfast.component.AppenderCall;
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
        call.begin();
        try {
            for (int i = 0; i < batch.size(); i++) {
                own.delivering(i);
                String reason = call.append(batch.get(i));
                if (reason != null) {
                    failures.failed(batch.get(i), this, reason);
                }
            }
            flush(batch);
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

    private void flush(List<ILoggingEvent> batch) {
        StreamTakeover stream = takeover;
        if (stream != null && call.flush(stream::flush) != null) {
            for (ILoggingEvent event : batch) {
                failures.failed(event, this, "flush failed");
            }
        }
    }
}
