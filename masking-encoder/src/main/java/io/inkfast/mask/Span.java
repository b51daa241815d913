package io.inkfast.mask;

/**
 * A part of a text. One thread.
 *
 * @since 0.1.0
 */
public final class Span {

    private int start = -1;
    private int end = -1;

    Span() {}

    /** From the character at {@code start} to before that at {@code end}. */
    public void set(int start, int end) {
        this.start = start;
        this.end = end;
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }
}
