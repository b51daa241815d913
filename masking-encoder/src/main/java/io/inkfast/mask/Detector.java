package io.inkfast.mask;

/**
 * Finds values that no profile knows by their shape. Named by {@code <detector class="..."/>} inside {@code <redaction>}, or
 * found by {@link java.util.ServiceLoader}; needs a public constructor without parameters.
 *
 * <p>One instance is asked by any number of threads at once, so it must not keep anything from one call to the next. It must
 * not alter the text, nor keep it, nor log. Its first three methods are called once, when the redaction starts.
 *
 * <p>A detector that throws, or reports a span outside of what it was shown, cannot be relied on: the text is withheld. From
 * its third failure on it is not asked any more, and every text with one of its anchors is withheld, since what it would have
 * found is not known. An ERROR status says so once, with the name of its class.
 *
 * @since 0.1.0
 */
public interface Detector {

    /**
     * What its findings are called in counters, tokens and {@code <type>}: a word of 1 to 64 letters, digits, dots, hyphens
     * and underscores. The name of a type of the profiles, such as {@code email}, adds to that type.
     */
    String type();

    /**
     * The characters at which it wants to be asked, 1 to 64: the rarest that each value has. Text is looked at once for the
     * anchors of all detectors, so a rare one costs next to nothing.
     */
    String anchors();

    /** How many characters before the anchor it looks at, at most: 0 to 4096. */
    int maxLookBehind();

    /** How many characters behind the anchor it looks at, at most: 0 to 4096. */
    int maxLookAhead();

    /**
     * Whether an anchor belongs to a value. After a finding, the next question is about an anchor behind it. A text in which
     * the detectors would have to look at more than 256 characters for each of its own, and 65,536, is withheld.
     *
     * @param text  the text; only its characters {@code from} to before {@code to} may be looked at
     * @param at    where the anchor is
     * @param found to be set to the value, within {@code from} and {@code to}, if the result is true
     */
    boolean match(char[] text, int at, int from, int to, Span found);
}
