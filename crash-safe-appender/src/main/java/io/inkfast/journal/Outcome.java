package io.inkfast.journal;

/**
 * How the wait for a record ended.
 *
 * @since 0.1.0
 */
public enum Outcome {
    /** The record is where the caller wanted it. */
    DONE,
    /** It is not in the journal, since that cannot be written. */
    NOT_JOURNALLED,
    /** The time was over; it may get there yet. */
    UNKNOWN
}
