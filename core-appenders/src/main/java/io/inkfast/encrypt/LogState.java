package io.inkfast.encrypt;

/**
 * What can be said of an encrypted log as a whole. The exit codes of the commands are the ordinals.
 *
 * @since 0.1.0
 */
public enum LogState {
    /** Nothing is missing, and the file was closed. */
    CLOSED,
    /** What is there is as it was written; the file was not closed: it is being written, or its writer died. */
    NOT_CLOSED,
    /** Something is damaged, forged, missing or misplaced. */
    DAMAGED,
    /** The keyset does not open it. */
    WRONG_KEY,
    /** It is no encrypted log, or one of a later version. */
    UNREADABLE
}
