package io.inkfast.mask;

import io.inkfast.internal.Settings;

/**
 * The one element {@code <redaction>} of a component. Logback takes any number of them, and the last would win in silence,
 * with fewer rules perhaps. Configuring thread only.
 */
final class RedactionElement {

    private Redaction redaction = new Redaction();
    private int given;

    void set(Redaction element) {
        redaction = element;
        given++;
    }

    Redaction get() {
        return redaction;
    }

    /** To be called at each start; one is enough for the next as well. */
    void check(Settings settings) {
        if (given > 1) {
            settings.problem("there are " + given + " <redaction> elements; write their rules into one");
        } else {
            given = 0;
        }
    }
}
