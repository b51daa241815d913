package io.inkfast.mask.scan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/*
 * A window is four sets of characters that must stand side by side. Sixteen buckets of windows are searched for at once:
 * the table holds, for each character, four fields of sixteen bits; bit b of field k says that the character may be the
 * k-th of a window in bucket b. A window ends where the AND of four neighbours' fields is not zero. That is one load and a
 * few shifts for each character, without a branch that is hard to predict, whatever the number of windows. A bucket also
 * matches mixtures of its windows; a second table of the same kind, one for each bucket, lets few of those pass.
 */
/** Finds the few places of a text where a detector has to look, and asks it. Immutable; any thread. */
final class Anchors {

    static final String ANY = "";
    static final String DIGIT = "0123456789";
    static final String NO_DIGIT = "^" + DIGIT;
    static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    static final String LETTER = "abcdefghijklmnopqrstuvwxyz" + UPPER;
    static final String ALNUM = LETTER + DIGIT;
    static final String HEX = DIGIT + "abcdefABCDEF";
    static final String QUOTE = "\"'`";

    /** Stands for every character outside ASCII. */
    static final char OTHER = 0x80;

    static final int START = 0x81;
    static final int CHARACTERS = 0x82;
    static final int LENGTH = 4;
    static final int BUCKETS = 16;

    private final long[] ascii;
    private final long[] wide;
    private final long[][] parts = new long[BUCKETS][];
    private final int[][] handlers = new int[BUCKETS][BUCKETS];

    private Anchors(List<Window> windows) {
        List<Bucket> buckets = Bucket.sort(windows);
        wide = table(buckets);
        ascii = Arrays.copyOf(wide, 128);
        for (int b = 0; b < buckets.size(); b++) {
            List<Bucket> sorted = Bucket.sort(buckets.get(b).windows());
            parts[b] = table(sorted);
            for (int p = 0; p < sorted.size(); p++) {
                handlers[b][p] = sorted.get(p).handlers();
            }
        }
    }

    private static long[] table(List<Bucket> buckets) {
        long[] table = new long[CHARACTERS];
        for (int b = 0; b < buckets.size(); b++) {
            for (int k = 0; k < LENGTH; k++) {
                for (int c = 0; c < CHARACTERS; c++) {
                    if (buckets.get(b).admits(k, c)) {
                        table[c] |= 1L << (k * BUCKETS + b);
                    }
                }
            }
        }
        return table;
    }

    /**
     * Asks the detectors at each window of a text that is taken for ASCII; returns all its characters or-ed, which tells
     * whether it was.
     */
    int visit(Text text, Detectors detectors) {
        char[] c = text.chars;
        int n = text.length;
        int high = 0;
        int from = 0;
        while (from < n) {
            long stop = next(c, from, n);
            int at = (int) stop & Integer.MAX_VALUE;
            high |= (int) (stop >>> 48);
            if (at >= n) {
                break;
            }
            int resume = Math.min(n, ask(text, at, detectors));
            for (int i = at + 1; i < resume; i++) {
                high |= c[i];
            }
            from = resume;
        }
        return high;
    }

    /*
     * Where the next window of the first table ends, or n; in the upper 16 bits the characters up to there, or-ed. Apart
     * from the rest because a loop without calls is compiled best.
     */
    private long next(char[] c, int from, int n) {
        long[] table = ascii;
        int mask = table.length - 1;
        long start = wide[START];
        long before = from > 0 ? table[c[from - 1] & mask] : start;
        long earlier = from > 1 ? table[c[from - 2] & mask] : start;
        long first = from > 2 ? table[c[from - 3] & mask] : start;
        long pairBefore = before & (earlier << BUCKETS);
        long pairEarlier = earlier & (first << BUCKETS);
        int high = 0;
        for (int i = from; i < n; i++) {
            int now = c[i];
            high |= now;
            long entry = table[now & mask];
            long pair = entry & (before << BUCKETS);
            if ((pair & (pairEarlier << (2 * BUCKETS))) >>> (3 * BUCKETS) != 0) {
                return ((long) high << 48) | i;
            }
            pairEarlier = pairBefore;
            pairBefore = pair;
            before = entry;
        }
        return ((long) high << 48) | n;
    }

    /** The same for any text. */
    void visitWide(Text text, Detectors detectors) {
        char[] c = text.chars;
        int n = text.length;
        int at = 0;
        while (at < n) {
            at = found(wide, c, at) == 0 ? at + 1 : ask(text, at, detectors);
        }
    }

    /* Asks the detectors that the second tables name; returns where to go on. */
    private int ask(Text text, int at, Detectors detectors) {
        char[] c = text.chars;
        int asked = 0;
        for (int buckets = found(wide, c, at); buckets != 0; buckets &= buckets - 1) {
            int bucket = Integer.numberOfTrailingZeros(buckets);
            for (int agreed = found(parts[bucket], c, at); agreed != 0; agreed &= agreed - 1) {
                asked |= handlers[bucket][Integer.numberOfTrailingZeros(agreed)];
            }
        }
        return asked == 0 ? at + 1 : detectors.ask(asked, text, at);
    }

    /* The buckets of the windows that end here. */
    private static int found(long[] table, char[] c, int at) {
        long entries = entry(table, c, at)
                & (entry(table, c, at - 1) << BUCKETS)
                & (entry(table, c, at - 2) << (2 * BUCKETS))
                & (entry(table, c, at - 3) << (3 * BUCKETS));
        return (int) (entries >>> (3 * BUCKETS));
    }

    private static long entry(long[] table, char[] c, int at) {
        return table[at < 0 ? START : Math.min(c[at], OTHER)];
    }

    /** Four sets of characters, and who is to be asked where they stand side by side, one bit each. */
    static final class Window {

        final int handlers;
        final int[][] sets;

        Window(int handlers, int[]... sets) {
            this.handlers = handlers;
            this.sets = sets;
        }
    }

    /** Collects windows. */
    static final class Builder {

        private final Map<String, Window> windows = new LinkedHashMap<>();

        /**
         * Calls the handler where four characters stand side by side that are in these sets. A set is written as its
         * characters; with ^ before them, all others; empty for any. The start of the text counts as a blank.
         */
        Builder window(int handler, String first, String second, String third, String fourth) {
            int[][] sets = {set(first), set(second), set(third), set(fourth)};
            windows.merge(
                    Arrays.deepToString(sets),
                    new Window(1 << handler, sets),
                    (one, other) -> new Window(one.handlers | other.handlers, sets));
            return this;
        }

        Anchors build() {
            return new Anchors(new ArrayList<>(windows.values()));
        }

        private static int[] set(String text) {
            boolean[] set = new boolean[CHARACTERS];
            boolean others = text.length() > 1 && text.charAt(0) == '^';
            String characters = others ? text.substring(1) : text;
            Arrays.fill(set, others || text.equals(ANY));
            if (!text.equals(ANY)) {
                for (int i = 0; i < characters.length(); i++) {
                    set[Math.min(characters.charAt(i), OTHER)] = !others;
                }
                set[START] = set[' '];
            }
            int count = 0;
            int[] members = new int[CHARACTERS];
            for (int c = 0; c < CHARACTERS; c++) {
                if (set[c]) {
                    members[count++] = c;
                }
            }
            return Arrays.copyOf(members, count);
        }
    }
}
