package io.inkfast.mask.testing;

import java.util.ArrayList;
import java.util.List;

/** Where a text was replaced, from start to end exclusive. */
record Difference(int start, int end) {

    private static final String MASK = "****";

    boolean overlaps(Difference other) {
        return start < other.end && other.start < end;
    }

    /**
     * The parts of {@code text} that are masked in {@code safe}. Where that is not masks between unchanged pieces, the whole
     * rest is one difference.
     */
    static List<Difference> between(String text, String safe) {
        List<Difference> differences = new ArrayList<>();
        int at = 0;
        int in = 0;
        while (at < text.length() || in < safe.length()) {
            int same = common(text, at, safe, in);
            at += same;
            in += same;
            if (at == text.length() && in == safe.length()) {
                break;
            }
            int mask = safe.lastIndexOf(MASK, in);
            int start = at - (in - mask);
            if (mask < 0 || mask + MASK.length() < in || start < 0) {
                differences.add(new Difference(at, text.length()));
                break;
            }
            in = mask + MASK.length();
            at = next(text, start, safe, in);
            differences.add(new Difference(start, at));
        }
        return differences;
    }

    private static int common(String text, int at, String safe, int in) {
        int most = Math.min(text.length() - at, safe.length() - in);
        int length = 0;
        while (length < most && same(text.charAt(at + length), safe.charAt(in + length))) {
            length++;
        }
        return length;
    }

    /* A half surrogate is replaced too, but hides nothing. */
    private static boolean same(char before, char after) {
        return before == after || (after == '\uFFFD' && Character.isSurrogate(before));
    }

    /* Where the piece behind the mask is in the text. */
    private static int next(String text, int start, String safe, int in) {
        int following = safe.indexOf(MASK, in);
        if (following < 0) {
            return Math.max(start, text.length() - (safe.length() - in));
        }
        int found = text.indexOf(safe.substring(in, following), start);
        return found < 0 ? text.length() : found;
    }
}
