package io.inkfast.mask.search;

/** Numbers for the characters that stand in literals; 0 for all others. Filled by one thread, then read by any. */
final class Alphabet {

    private static final char[] NONE = new char[256];

    private final char[][] pages = new char[256][];
    private final boolean anyCase;
    private int classes = 1;

    Alphabet(boolean anyCase) {
        this.anyCase = anyCase;
        java.util.Arrays.fill(pages, NONE);
    }

    /** The number of this character; a new one if it has none. */
    int add(char c) {
        if (of(c) == 0) {
            put(c);
            if (anyCase && lower(c) != upper(c)) {
                classes--;
                put(c == lower(c) ? upper(c) : lower(c));
            }
        }
        return of(c);
    }

    private void put(char c) {
        int page = c >>> 8;
        if (pages[page] == NONE) {
            pages[page] = new char[256];
        }
        pages[page][c & 0xFF] = (char) classes++;
    }

    int of(char c) {
        return pages[c >>> 8][c & 0xFF];
    }

    int classes() {
        return classes;
    }

    boolean equal(char a, char b) {
        return a == b || (anyCase && lower(a) == lower(b));
    }

    private static char lower(char c) {
        return c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
    }

    private static char upper(char c) {
        return c >= 'a' && c <= 'z' ? (char) (c - 32) : c;
    }
}
