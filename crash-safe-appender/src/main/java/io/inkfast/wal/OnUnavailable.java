package io.inkfast.wal;

/** What to do when the directory cannot be used at start. */
enum OnUnavailable {
    /** Hand events over without journalling them, and try again. */
    DEGRADE,
    /** Do not start. */
    FAIL
}
