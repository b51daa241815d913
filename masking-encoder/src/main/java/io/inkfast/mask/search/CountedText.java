package io.inkfast.mask.search;

/** A part of a text that counts how often it is read, and says when that was too often. One thread. */
final class CountedText implements CharSequence {

    /** Thrown when the reads are used up. */
    static final class Exhausted extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Exhausted() {
            super("too many reads", null, false, false);
        }
    }

    private char[] text = new char[0];
    private int from;
    private int length;
    private long left;

    void load(char[] newText, int newLength, long reads) {
        text = newText;
        from = 0;
        length = newLength;
        left = reads;
    }

    /** Shows only these characters from now on. */
    void window(int newFrom, int to) {
        from = newFrom;
        length = to - newFrom;
    }

    /** Holds on to no text. */
    void release() {
        text = new char[0];
        length = 0;
    }

    @Override
    public char charAt(int index) {
        if (--left < 0) {
            throw new Exhausted();
        }
        return text[from + index];
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return new String(text, from + start, end - start);
    }

    /** Not the text: this may end in a message. */
    @Override
    public String toString() {
        return "text of " + length + " characters";
    }
}
