package io.inkfast.wal;

/** What to do when somebody else has the directory. */
enum OnLocked {
    /** Take a directory of our own in it. */
    SUBDIR,
    /** Do not start. */
    FAIL
}
