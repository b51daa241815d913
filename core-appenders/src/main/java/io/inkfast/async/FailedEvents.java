package io.inkfast.async;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.inkfast.component.EventRedactor;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The last events that failed, bounded; any thread. */
final class FailedEvents {

    private static final int KEPT = 100;
    private static final int MAX_CONTENT_CHARS = 4096;

    private final ArrayDeque<FailedEvent> events = new ArrayDeque<>();

    void add(ILoggingEvent event, String sink, String reason, @Nullable EventRedactor redactor) {
        String content = redactor == null ? null : redactor.describe(event);
        if (content != null && content.length() > MAX_CONTENT_CHARS) {
            content = content.substring(0, MAX_CONTENT_CHARS);
        }
        FailedEvent failed = new FailedEvent(
                Instant.ofEpochMilli(event.getTimeStamp()),
                event.getLevel(),
                redactor == null ? event.getLoggerName() : redactor.loggerName(event),
                sink,
                reason,
                content);
        synchronized (events) {
            if (events.size() == KEPT) {
                events.removeFirst();
            }
            events.addLast(failed);
        }
    }

    List<FailedEvent> copy() {
        synchronized (events) {
            return List.copyOf(events);
        }
    }
}
