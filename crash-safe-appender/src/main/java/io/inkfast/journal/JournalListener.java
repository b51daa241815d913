package io.inkfast.journal;

/**
 * Told of what happens to a journal, by the threads that write it. Implementations are quick and throw nothing.
 *
 * @since 0.1.0
 */
public interface JournalListener {

    /** No new segment can be made: the reserve is in use, and only what must be on the device is journalled. */
    default void reserveEntered(String reason) {}

    /** There is room again. */
    default void reserveLeft() {}

    /** Nothing can be journalled. Events are still handed to the sinks. */
    default void degraded(String reason) {}

    /**
     * The journal is written again.
     *
     * @param notJournalled how many events it does not have
     */
    default void resumed(long notJournalled) {}

    /** Somebody has deleted or moved what is being written; it goes on in a new segment. */
    default void filesGone() {}

    /** A file could not be used, and was left alone or replaced. */
    default void trouble(String what) {}
}
