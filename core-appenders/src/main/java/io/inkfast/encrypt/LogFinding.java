package io.inkfast.encrypt;

/**
 * Something about an encrypted log that is not as it was written.
 *
 * @param kind   what it is
 * @param offset where in the file, bytes
 * @param frame  number of the frame, or of the one that should be there
 * @param text   one sentence for people; quotes nothing of the log
 * @since 0.1.0
 */
public record LogFinding(Kind kind, long offset, long frame, String text) {

    /** What is wrong. */
    public enum Kind {
        /** Bytes that are no frame, or a frame whose checksum is wrong. */
        DAMAGED,
        /** A frame that the key does not confirm: changed, or from elsewhere. */
        FORGED,
        /** Frames that should be there and are not. */
        MISSING,
        /** A frame that stands in the wrong place, or a second time. */
        MISPLACED,
        /** The keyset does not open the session; its frames were not read. */
        LOCKED,
        /** The file ends in the middle of a frame, as a crash leaves it. */
        CUT
    }
}
