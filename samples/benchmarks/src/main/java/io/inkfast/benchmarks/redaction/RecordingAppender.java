package io.inkfast.benchmarks.redaction;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import ch.qos.logback.core.encoder.Encoder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps events, prepared as behind an asynchronous front, beside the encoder that will be measured with them. */
public final class RecordingAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {

    private final List<ILoggingEvent> events = new ArrayList<>();
    private @Nullable Encoder<ILoggingEvent> encoder;

    /** Called by Logback. */
    public RecordingAppender() {}

    /** The encoder in question. Required. */
    public void setEncoder(Encoder<ILoggingEvent> encoder) {
        this.encoder = encoder;
    }

    /** The encoder in question. */
    public @Nullable Encoder<ILoggingEvent> getEncoder() {
        return encoder;
    }

    @Override
    public void start() {
        if (encoder == null || !encoder.isStarted()) {
            addError("<encoder> is required, and has to start");
        } else {
            super.start();
        }
    }

    @Override
    protected void append(ILoggingEvent event) {
        event.prepareForDeferredProcessing();
        events.add(event);
    }

    List<ILoggingEvent> events() {
        return events;
    }
}
