package io.inkfast.mask.scan;

/**
 * What stands in the place of a value that was found. Any thread. Applied to its own result it changes nothing, and never
 * returns more of the value than its rule allows, whatever the value looks like.
 */
@FunctionalInterface
public interface Replacement {

    /** {@code ****}, whatever the value. */
    Replacement MASK = value -> TextScanner.MASK;

    /** What is shown of this value. */
    String of(String value);

    /** Whether a field goes together with its value, where it stands by itself. */
    default boolean removes() {
        return false;
    }

    /**
     * Whether what was found between {@code from} and {@code to} is no value but a part of what this replacement put there
     * before. Needed where a detector reads less, or more, than was written: the first word of two.
     */
    default boolean standsAt(char[] text, int length, int from, int to) {
        return false;
    }
}
