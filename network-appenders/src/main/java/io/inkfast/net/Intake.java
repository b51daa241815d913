package io.inkfast.net;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.spi.FilterReply;
import io.inkfast.component.EncodedEvent;
import io.inkfast.component.EventIdentity;
import io.inkfast.component.EventRedactor;
import io.inkfast.component.Notices;
import io.inkfast.internal.DeliveryThreads;
import io.inkfast.internal.Nesting;
import io.inkfast.internal.Ticker;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** From an event to its message: filters and encoder, other people's code, which may fail. Any thread; throws nothing. */
final class Intake {

    private final Function<ILoggingEvent, FilterReply> filters;
    private final Encoder<ILoggingEvent> encoder;
    private final @Nullable EventRedactor redactor;
    private final Transport transport;
    private final List<String> ownLoggers;
    private final EventIdentity identity;
    private final NetBooks books;
    private final Notices notices;
    private final Ticker ticker;
    private final Nesting nesting = new Nesting();

    Intake(
            Function<ILoggingEvent, FilterReply> filters,
            Encoder<ILoggingEvent> encoder,
            @Nullable EventRedactor redactor,
            Transport transport,
            EventIdentity identity,
            NetBooks books,
            Notices notices,
            Ticker ticker) {
        this.filters = filters;
        this.encoder = encoder;
        this.redactor = transport.readsEvents() ? redactor : null;
        this.transport = transport;
        ownLoggers = transport.ownLoggers();
        this.identity = identity;
        this.books = books;
        this.notices = notices;
        this.ticker = ticker;
    }

    /** The message; null if there is none, and then the event is counted. */
    @Nullable
    Message message(ILoggingEvent event, long sequence) {
        String culprit = "a filter";
        try {
            if (isOwn(event) || filters.apply(event) == FilterReply.DENY) {
                books.filtered.increment();
                return null;
            }
            culprit = "the encoder";
            ILoggingEvent numbered = identity.numbered(event);
            if (!nesting.enter()) {
                throw new IllegalStateException("events that are logged whenever they are printed");
            }
            try {
                return encoded(numbered, sequence);
            } finally {
                nesting.leave();
            }
        } catch (Throwable e) {
            books.failed.increment();
            complain(culprit, e);
            return null;
        }
    }

    private @Nullable Message encoded(ILoggingEvent event, long sequence) {
        byte[] ahead = EncodedEvent.bytesOf(event, encoder);
        byte[] bytes = ahead != null ? ahead : encoder.encode(EncodedEvent.unwrap(event));
        int end = bytes == null ? 0 : bytes.length;
        while (end > 0 && (bytes[end - 1] == '\n' || bytes[end - 1] == '\r')) {
            end--;
        }
        if (bytes == null || end == 0) {
            books.filtered.increment();
            return null;
        }
        String id = identity.id(event);
        ILoggingEvent shown = redactor == null ? event : redactor.redact(event);
        return new Message(
                id,
                event.getTimeStamp(),
                event.getLevel(),
                transport.head(shown, id),
                end == bytes.length ? bytes : Arrays.copyOf(bytes, end),
                sequence,
                ticker.nanos());
    }

    private boolean isOwn(ILoggingEvent event) {
        if (DeliveryThreads.isOne(event.getThreadName())) {
            return true;
        }
        for (String prefix : ownLoggers) {
            if (event.getLoggerName().startsWith(prefix)) {
                return true;
            }
        }
        return false;
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
