package io.inkfast.component;

import ch.qos.logback.classic.spi.ILoggingEvent;
import org.jspecify.annotations.NullUnmarked;

/** An event that cannot be given a number, with one. */
@NullUnmarked
final class NumberedEvent extends EventView {

    private final long number;

    NumberedEvent(ILoggingEvent event, long number) {
        super(event);
        this.number = number;
    }

    @Override
    public long getSequenceNumber() {
        return number;
    }
}
