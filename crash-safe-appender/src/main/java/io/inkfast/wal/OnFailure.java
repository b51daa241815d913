package io.inkfast.wal;

/** What a call does whose event is not as safe as it was promised to be. */
enum OnFailure {
    /** Return; the event is delivered all the same, and counted. */
    DEGRADE,
    /** Throw {@link NotJournalledException}. */
    THROW
}
