package io.inkfast.mask.search;

/** Looks at places of a text where one of its characters stands. Any thread. */
public interface Probe {

    /** What came of looking. */
    enum Result {
        NOTHING,
        FOUND,
        /** There is no telling: the text is to be withheld. */
        FAILED
    }

    /** Looks at the characters around {@code at}; a finding goes to {@code span} as its start and end. */
    Result look(char[] text, int at, int from, int to, int[] span);

    /**
     * A probe and where it looks.
     *
     * @param type what its findings are
     * @param anchors the characters at which it looks
     */
    record Place(Probe probe, int type, String anchors, int behind, int ahead) {}
}
