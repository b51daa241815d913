package io.inkfast.journal;

/**
 * What a caller waits for.
 *
 * @since 0.1.0
 */
public enum Durability {
    /** Nothing; the record is written within a short time. */
    NONE,
    /** The kernel has it: it survives the death of the process. */
    OS,
    /** The device has confirmed it: it survives a power cut. */
    DISK
}
