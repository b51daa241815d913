package io.inkfast.component;

/**
 * What happens to an event that finds the queue full.
 *
 * @since 0.1.0
 */
public enum Overflow {
    /** The caller waits for room, however long it takes. */
    BLOCK,
    /** The caller waits for {@code blockTimeout}; then the event is dropped. */
    BLOCK_TIMEOUT,
    /** The event is dropped. */
    DROP_NEWEST,
    /** The oldest event that is below {@code reserveLevel} makes room. */
    DROP_OLDEST
}
