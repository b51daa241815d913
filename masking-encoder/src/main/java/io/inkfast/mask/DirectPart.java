package io.inkfast.mask;

import ch.qos.logback.classic.spi.ILoggingEvent;

/** What one provider contributes to a line, written without Jackson. One thread. */
interface DirectPart {

    /** False if Jackson must write this event; what was written is then taken back. */
    boolean write(ILoggingEvent event, DirectWriter to);
}
