package io.inkfast.net;

import org.jspecify.annotations.Nullable;

/**
 * A message that no peer would take, as it lies in the file.
 *
 * @param at       when it was refused, in milliseconds since 1970
 * @param appender whose it is
 * @param endpoint who refused it
 * @param why      what that said
 * @param attempts how often it was sent
 * @param id       its {@code event.id}, which it keeps when it is sent again
 * @param millis   the event's own time, in milliseconds since 1970
 * @param level    of the event
 * @param head     what the protocol put in front; empty if nothing
 * @param body     the encoder's bytes
 * @since 0.1.0
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared; the bytes need not be text.
public record DeadLetter(
        long at,
        String appender,
        String endpoint,
        String why,
        int attempts,
        String id,
        long millis,
        String level,
        byte[] head,
        byte[] body) {

    /** One of a line of the file; null if it is none, as one that a crash has cut off. */
    public static @Nullable DeadLetter of(String line) {
        return DeadLetterFormat.read(line);
    }
}
