package io.inkfast.component;

import java.time.Duration;

/**
 * An appender with books and a health, which can be flushed.
 *
 * @since 0.1.0
 */
public interface Managed extends Accounted {

    /** How it is doing; any thread. */
    Health health();

    /**
     * Waits until every event accepted before the call is written.
     *
     * @return whether it is; false if the timeout passed first, or the appender is not running
     */
    boolean flush(Duration timeout);
}
