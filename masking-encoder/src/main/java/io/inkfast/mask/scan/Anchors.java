package io.inkfast.mask.scan;

import java.util.Arrays;

/*
 * A window is four sets of characters that must stand side by side. The search knows characters by 32 classes, so that four
 * of them are a number of 20 bits, and one bit for each number says whether a window ends there: a load for the class, one
 * for the bit, whatever the number of windows, and no branch that is hard to predict. Where a bit is set, the number also
 * tells whose window it is, if it is one of the many that are narrow. Of the few that are broad, and of all in texts that
 * are not ASCII, each handler has the unions of its windows' sets: a bit in each of four fields.
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

    private static final int START = 0x81;
    private static final int CHARACTERS = 0x82;
    /** Of a window. */
    static final int LENGTH = 4;

    /** How many there may be, numbered from 0: a set of them is an int with a bit for each. */
    static final int HANDLERS = Integer.SIZE;

    /** A window of at most so many numbers is narrow. */
    private static final int NARROW = 256;

    private static final int CLASS_BITS = 5;
    private static final int GRAMS = 1 << (LENGTH * CLASS_BITS);

    /* Letters without case; digits by whether a card number begins with them; rare letters share a class. */
    private static final String[] CLASSES = {
        "/\\",
        "aA",
        "bB",
        "cC",
        "dD",
        "eE",
        "fF",
        "gG",
        "hH",
        "iI",
        "jJzZ",
        "kK",
        "lL",
        "mM",
        "nN",
        "oO",
        "pP",
        "017",
        "rR",
        "sS",
        "tT",
        "uU",
        "vV",
        "wW",
        "xXqQ",
        "yY",
        "2",
        "345689",
        ":=",
        "_-.+$",
        " \t\r\n[](){},;" + (char) START,
        "\"'`|<>&%@#?!*~^" + OTHER
    };

    private static final byte[] CLASS_OF = new byte[CHARACTERS];

    static {
        Arrays.fill(CLASS_OF, (byte) (CLASSES.length - 1));
        for (int i = 0; i < CLASSES.length; i++) {
            for (char c : CLASSES[i].toCharArray()) {
                CLASS_OF[c] = (byte) i;
            }
        }
    }

    private static final byte[] ASCII_CLASS_OF = Arrays.copyOf(CLASS_OF, 128);

    private final long[] ends;
    private final Grams narrow;
    private final Unions broad;
    private final Unions all;

    private Anchors(Builder builder) {
        this.ends = builder.ends;
        this.narrow = builder.narrow;
        this.broad = builder.broad;
        this.all = builder.all;
    }

    /**
     * Asks the detectors at each window of a text that is taken for ASCII, but for its quiet stretches; returns all other
     * characters or-ed, which tells whether it was.
     */
    int visit(Text text, Detectors detectors) {
        text.seen = 0;
        int from = 0;
        for (int i = 0; i < text.edges; i += 2) {
            from = Math.max(visit(text, detectors, from, text.quiet[i]), text.quiet[i + 1]);
        }
        visit(text, detectors, from, text.length);
        return text.seen;
    }

    /* Returns where to go on, which is behind the end if a detector said so. */
    private int visit(Text text, Detectors detectors, int start, int end) {
        char[] c = text.chars;
        int seen = 0;
        int from = start;
        while (from < end) {
            long stop = next(c, from, end);
            int at = (int) stop & Integer.MAX_VALUE;
            seen |= (int) (stop >>> 48);
            if (at >= end) {
                from = end;
                break;
            }
            int asked = handlers(c, at);
            int resume = asked == 0 ? at + 1 : Math.min(text.length, detectors.ask(asked, text, at));
            for (int i = at + 1; i < resume; i++) {
                seen |= c[i];
            }
            from = resume;
        }
        text.seen |= seen;
        return from;
    }

    /** The handlers that {@link #visit} asks at a place of a text in ASCII, one bit each. */
    int asked(char[] c, int at) {
        int gram = gram(c, at + 1, LENGTH);
        return ((ends[gram >>> 6] >>> gram) & 1) == 0 ? 0 : handlers(c, at);
    }

    /* Of the windows that end here, if any does. */
    private int handlers(char[] c, int at) {
        return narrow.get(gram(c, at + 1, LENGTH)) | broad.end(c, at);
    }

    /*
     * Where the next window may end, or n; in the upper 16 bits the characters up to there, or-ed. Apart from the rest
     * because a loop without calls is compiled best.
     */
    private long next(char[] c, int from, int n) {
        byte[] classes = ASCII_CLASS_OF;
        long[] bits = ends;
        int mask = bits.length - 1;
        int gram = from < LENGTH
                ? gram(c, from, LENGTH - 1)
                : (classes[c[from - 3] & 127] << (2 * CLASS_BITS))
                        | (classes[c[from - 2] & 127] << CLASS_BITS)
                        | classes[c[from - 1] & 127];
        int seen = 0;
        for (int i = from; i < n; i++) {
            int now = c[i];
            seen |= now;
            gram = (gram << CLASS_BITS) | classes[now & 127];
            if (((bits[(gram >>> 6) & mask] >>> gram) & 1) != 0) {
                return ((long) seen << 48) | i;
            }
        }
        return ((long) seen << 48) | n;
    }

    /* The classes of so many characters before this place. */
    private static int gram(char[] c, int end, int count) {
        int gram = 0;
        for (int at = end - count; at < end; at++) {
            gram = (gram << CLASS_BITS) | CLASS_OF[at < 0 ? START : Math.min(c[at], OTHER)];
        }
        return gram;
    }

    /** The same for any text. */
    void visitWide(Text text, Detectors detectors) {
        int n = text.length;
        int at = 0;
        while (at < n) {
            int asked = all.end(text.chars, at);
            at = asked == 0 ? at + 1 : detectors.ask(asked, text, at);
        }
    }

    /** For each handler the unions of its windows' sets, so that mixtures of its windows are taken for windows too. */
    private static final class Unions {

        private final long[] low = new long[CHARACTERS];
        private final long[] high = new long[CHARACTERS];

        void add(int handler, boolean[]... sets) {
            long[] table = handler < 16 ? low : high;
            for (int k = 0; k < LENGTH; k++) {
                for (int c = 0; c < CHARACTERS; c++) {
                    table[c] |= sets[k][c] ? 1L << (k * 16 + (handler & 15)) : 0;
                }
            }
        }

        /** The handlers of the windows that end here, one bit each. */
        int end(char[] c, int at) {
            return end(low, c, at) | (end(high, c, at) << 16);
        }

        private static int end(long[] table, char[] c, int at) {
            long fields = entry(table, c, at)
                    & (entry(table, c, at - 1) << 16)
                    & (entry(table, c, at - 2) << 32)
                    & (entry(table, c, at - 3) << 48);
            return (int) (fields >>> 48);
        }

        private static long entry(long[] table, char[] c, int at) {
            return table[at < 0 ? START : Math.min(c[at], OTHER)];
        }
    }

    /** Collects windows. */
    static final class Builder {

        private final long[] ends = new long[GRAMS >>> 6];
        private final Grams narrow = new Grams();
        private final Unions broad = new Unions();
        private final Unions all = new Unions();

        /**
         * Calls the handler where four characters stand side by side that are in these sets. A set is written as its
         * characters; with ^ before them, all others; empty for any. The start of the text counts as a blank. A handler is
         * also called on mixtures of its windows.
         *
         * @throws IllegalArgumentException for a handler that no set can hold, which would be taken for another one
         */
        Builder window(int handler, String first, String second, String third, String fourth) {
            if (handler < 0 || handler >= HANDLERS) {
                throw new IllegalArgumentException("handler [" + handler + "] is not from 0 to " + (HANDLERS - 1));
            }
            boolean[][] sets = {set(first), set(second), set(third), set(fourth)};
            int[] classes = new int[LENGTH];
            int grams = 1;
            for (int k = 0; k < LENGTH; k++) {
                for (int c = 0; c < CHARACTERS; c++) {
                    classes[k] |= sets[k][c] && c != OTHER ? 1 << CLASS_OF[c] : 0;
                }
                grams *= Integer.bitCount(classes[k]);
            }
            all.add(handler, sets);
            if (grams > NARROW) {
                broad.add(handler, sets);
            }
            mark(classes, 0, 0, grams > NARROW ? 0 : 1 << handler);
            return this;
        }

        private void mark(int[] classes, int k, int gram, int handlers) {
            if (k == LENGTH) {
                ends[gram >>> 6] |= 1L << gram;
                if (handlers != 0) {
                    narrow.add(gram, handlers);
                }
                return;
            }
            for (int rest = classes[k]; rest != 0; rest &= rest - 1) {
                mark(classes, k + 1, (gram << CLASS_BITS) | Integer.numberOfTrailingZeros(rest), handlers);
            }
        }

        Anchors build() {
            return new Anchors(this);
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
}
