package io.inkfast.file;

import ch.qos.logback.classic.spi.ILoggingEvent;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** One file for ever. */
record PlainFile(Path file) implements Roller<ILoggingEvent> {

    @Override
    public boolean due(@Nullable ILoggingEvent event) {
        return false;
    }

    @Override
    public boolean forced() {
        return false;
    }

    @Override
    public boolean dueByClock() {
        return false;
    }

    @Override
    public boolean wantsEvent() {
        return false;
    }

    @Override
    public void added(long bytes) {}

    @Override
    public void length(long bytes) {}

    @Override
    public void roll() {}
}
