package io.inkfast.async;

/** What happens to an event that finds the queue full. */
enum Overflow {
    /** The caller waits for room, however long it takes. */
    BLOCK,
    /** The caller waits for {@code blockTimeout}; then the event is dropped. */
    BLOCK_TIMEOUT,
    /** The event is dropped. */
    DROP_NEWEST,
    /** The oldest event that is below {@code reserveLevel} makes room. */
    DROP_OLDEST
}
