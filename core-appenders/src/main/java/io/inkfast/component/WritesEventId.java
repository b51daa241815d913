package io.inkfast.component;

/**
 * An encoder that can write {@code event.id}. An appender whose events may arrive twice switches that on, so that whoever
 * reads them can tell.
 *
 * @since 0.1.0
 */
public interface WritesEventId {

    /** From now on the id is written, whatever the configuration says. Any thread. */
    void writeEventId();
}
