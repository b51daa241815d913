package io.inkfast.async;

import ch.qos.logback.classic.Level;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event that a sink could not take.
 *
 * @param time    of the event
 * @param level   of the event
 * @param logger  its name; redacted, if an encoder behind the front redacts
 * @param sink    the name of the appender that failed
 * @param reason  the class of what was thrown, or a word: "error status", "stream failed", "flush failed"
 * @param content the redacted content, if an encoder behind the front redacts; else null: what has not passed a redactor
 *                is not kept
 * @since 0.1.0
 */
public record FailedEvent(
        Instant time,
        Level level,
        String logger,
        String sink,
        String reason,
        @Nullable String content) {}
