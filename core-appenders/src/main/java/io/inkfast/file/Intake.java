package io.inkfast.file;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.spi.FilterReply;
import io.inkfast.component.Notices;
import java.util.function.Function;

/** From an event to its bytes: filters and encoder, other people's code, which may fail. Any thread; throws nothing. */
final class Intake {

    private final Function<ILoggingEvent, FilterReply> filters;
    private final Encoding encoding;
    private final boolean keepsEvents;
    private final Books books;
    private final Notices notices;

    /** @param keepsEvents whether the event itself is needed with its bytes */
    Intake(
            Function<ILoggingEvent, FilterReply> filters,
            Encoding encoding,
            boolean keepsEvents,
            Books books,
            Notices notices) {
        this.filters = filters;
        this.encoding = encoding;
        this.keepsEvents = keepsEvents;
        this.books = books;
        this.notices = notices;
    }

    /** Adds the event to the chunk; whether it did. If not, the event is counted, and nothing of it is in the chunk. */
    boolean take(ILoggingEvent event, long sequence, Chunk<ILoggingEvent> chunk) {
        chunk.trim();
        String culprit = "a filter";
        try {
            if (filters.apply(event) == FilterReply.DENY) {
                books.filtered.increment();
                chunk.free = true;
                return false;
            }
            culprit = "the encoder";
            encoding.encode(event, chunk.buffer);
            chunk.add(keepsEvents ? event : null, sequence, event.getTimeStamp());
            return true;
        } catch (Throwable e) {
            books.failed.increment();
            chunk.free = true;
            chunk.trim();
            complain(culprit, e);
            return false;
        }
    }

    private void complain(String culprit, Throwable cause) {
        try {
            notices.error(culprit, culprit + " failed with " + cause.getClass().getName() + "; the event is lost");
        } catch (Throwable e) {
            // No memory or no stack left to say it; the event is counted.
            return;
        }
    }
}
