package io.inkfast.mask;

import java.util.Map;

/**
 * A statement of a program that logs what redaction would hide, and how often it did.
 *
 * @param logger the name of its logger
 * @param template the message before its arguments are put in, redacted, up to 512 characters; all messages without arguments
 *     of a logger are one statement, and not shown, since they may be put together with {@code +}
 * @param events how many of its events had something to hide
 * @param types for each type the events that had it
 * @since 0.1.0
 */
public record LeakingStatement(String logger, String template, long events, Map<String, Long> types) {

    @Override
    public String toString() {
        return events + " x " + logger + " [" + template.replaceAll("\\p{Cntrl}", " ") + "] " + types;
    }
}
