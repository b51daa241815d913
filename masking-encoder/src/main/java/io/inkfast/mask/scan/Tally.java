package io.inkfast.mask.scan;

/** Is told of texts that could not be examined; never sees one. Any thread. */
public interface Tally {

    /** Nobody counts. */
    Tally NONE = () -> {};

    /** A text was withheld. */
    void withheldText();
}
