package io.inkfast.mask.scan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/*
 * A window is four sets of characters that must stand side by side. Sixteen buckets of windows are searched for at once:
 * the table holds, for each character, four fields of sixteen bits; bit b of field k says that the character may be the
 * k-th of a window in bucket b. A window ends where the AND of four neighbours' fields is not zero. That is one load and a
 * few shifts for each character, without a branch that is hard to predict, whatever the number of windows.
 */
/**
 * Finds the few places of a text where a detector has to look. A place is only a candidate: windows that share a bucket
 * also match each other's mixtures. Immutable; any thread.
 */
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

    private static final int START = 0x81;
    private static final int CHARACTERS = 0x82;
    private static final int LENGTH = 4;
    private static final int BUCKETS = 16;

    private final long[] ascii = new long[128];
    private final long[] wide = new long[CHARACTERS];
    private final int[] handlers = new int[BUCKETS];

    private Anchors(List<Bucket> buckets) {
        for (int b = 0; b < buckets.size(); b++) {
            Bucket bucket = buckets.get(b);
            handlers[b] = bucket.handlers;
            for (int k = 0; k < LENGTH; k++) {
                for (int c = 0; c < CHARACTERS; c++) {
                    if (bucket.sets[k][c]) {
                        wide[c] |= 1L << (k * BUCKETS + b);
                    }
                }
            }
        }
        System.arraycopy(wide, 0, ascii, 0, ascii.length);
    }

    /**
     * The last character of the next window in a text of ASCII only, or {@code n}. What {@code seen} holds afterwards in
     * {@code high} tells whether the text was ASCII.
     */
    int next(char[] c, int from, int n, Cursor seen) {
        long[] table = ascii;
        int mask = table.length - 1;
        long before = entry(c, from - 1);
        long pairBefore = before & (entry(c, from - 2) << BUCKETS);
        long pairEarlier = entry(c, from - 2) & (entry(c, from - 3) << BUCKETS);
        int high = seen.high;
        for (int i = from; i < n; i++) {
            int now = c[i];
            high |= now;
            long entry = table[now & mask];
            long pair = entry & (before << BUCKETS);
            long found = (pair & (pairEarlier << (2 * BUCKETS))) >>> (3 * BUCKETS);
            if (found != 0) {
                seen.high = high;
                seen.buckets = (int) found;
                return i;
            }
            pairEarlier = pairBefore;
            pairBefore = pair;
            before = entry;
        }
        seen.high = high;
        return n;
    }

    /** The same for any text. */
    int nextWide(char[] c, int from, int n, Cursor seen) {
        long before = entry(c, from - 1);
        long pairBefore = before & (entry(c, from - 2) << BUCKETS);
        long pairEarlier = entry(c, from - 2) & (entry(c, from - 3) << BUCKETS);
        for (int i = from; i < n; i++) {
            long entry = wide[Math.min(c[i], OTHER)];
            long pair = entry & (before << BUCKETS);
            long found = (pair & (pairEarlier << (2 * BUCKETS))) >>> (3 * BUCKETS);
            if (found != 0) {
                seen.buckets = (int) found;
                return i;
            }
            pairEarlier = pairBefore;
            pairBefore = pair;
            before = entry;
        }
        return n;
    }

    private long entry(char[] c, int at) {
        return wide[at < 0 ? START : Math.min(c[at], OTHER)];
    }

    /** A set of handlers, one bit each, for these buckets. */
    int handlers(int buckets) {
        int all = 0;
        for (int rest = buckets; rest != 0; rest &= rest - 1) {
            all |= handlers[Integer.numberOfTrailingZeros(rest)];
        }
        return all;
    }

    /** What a search leaves behind. */
    static final class Cursor {
        /** All characters seen, or-ed. */
        int high;
        /** The buckets of the window found. */
        int buckets;
    }

    /** Windows to look for, brought into buckets so that the mixtures that a bucket also matches are rare. */
    static final class Builder {

        private final List<Bucket> windows = new ArrayList<>();

        /**
         * Calls the handler where four characters stand side by side that are in these sets. A set is written as its
         * characters; with ^ before them, all others; empty for any. The start of the text counts as a blank.
         */
        Builder window(int handler, String first, String second, String third, String fourth) {
            windows.add(new Bucket(1 << handler, set(first), set(second), set(third), set(fourth)));
            return this;
        }

        Anchors build() {
            List<Bucket> buckets = new ArrayList<>();
            for (Bucket window : windows) {
                Bucket nearest = nearest(buckets, window);
                if (nearest == null) {
                    buckets.add(window);
                } else {
                    nearest.add(window);
                }
            }
            return new Anchors(buckets);
        }

        private static @Nullable Bucket nearest(List<Bucket> buckets, Bucket window) {
            Bucket nearest = null;
            double least = buckets.size() < BUCKETS ? window.cost() : Double.MAX_VALUE;
            for (Bucket bucket : buckets) {
                double more = bucket.with(window) - bucket.cost();
                // A bucket of its own is only worth it if the growth is felt.
                if (more < least * (buckets.size() < BUCKETS ? 0.5 : 1.0)) {
                    least = more;
                    nearest = bucket;
                }
            }
            return nearest;
        }

        private static boolean[] set(String text) {
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
            return set;
        }
    }

    /* The sets of one window, or the unions of those of several. */
    private static final class Bucket {

        /* How often letters stand in log lines, in percent, roughly. */
        private static final String FREQUENT = "etaoinsrhldcumfpgwybvkxjqz";

        private int handlers;
        private final boolean[][] sets;

        Bucket(int handlers, boolean[]... sets) {
            this.handlers = handlers;
            this.sets = sets;
        }

        void add(Bucket other) {
            handlers |= other.handlers;
            for (int k = 0; k < LENGTH; k++) {
                for (int c = 0; c < CHARACTERS; c++) {
                    sets[k][c] |= other.sets[k][c];
                }
            }
        }

        double cost() {
            return with(this);
        }

        double with(Bucket other) {
            double product = 1;
            for (int k = 0; k < LENGTH; k++) {
                double sum = 0;
                for (int c = 0; c < CHARACTERS; c++) {
                    if (sets[k][c] || other.sets[k][c]) {
                        sum += weight(c);
                    }
                }
                product *= sum;
            }
            return product;
        }

        private static double weight(int c) {
            int rank = FREQUENT.indexOf((char) (c | 0x20));
            if (c < OTHER && Chars.letter((char) c)) {
                return (Chars.upper((char) c) ? 0.1 : 1.0) * 0.09 / (1 + rank * 0.25);
            }
            if (c == ' ') {
                return 0.13;
            }
            return c < OTHER && Chars.digit((char) c) ? 0.015 : 0.006;
        }
    }
}
