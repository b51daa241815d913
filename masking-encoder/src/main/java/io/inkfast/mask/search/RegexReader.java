package io.inkfast.mask.search;

import java.util.BitSet;

/** Reads a regular expression that is known to be valid, piece by piece. Sets of characters are of ASCII and one for the rest. */
final class RegexReader {

    /** What a parenthesis begins. */
    enum Opening {
        GROUP,
        ATOMIC,
        LOOK,
        FLAGS
    }

    private static final int OTHER = 128;

    private final String regex;
    private int at;
    private int single = -1;
    private boolean quoting;
    private boolean comments;

    RegexReader(String regex) {
        this.regex = regex;
    }

    boolean ended() {
        while (!quoting && regex.startsWith("\\Q", at)) {
            at += 2;
            quoting = true;
            endQuote();
        }
        return at >= regex.length();
    }

    private void endQuote() {
        if (quoting && regex.startsWith("\\E", at)) {
            at += 2;
            quoting = false;
        }
    }

    boolean at(char c) {
        return !quoting && !ended() && !quoting && regex.charAt(at) == c;
    }

    boolean skip(char c) {
        if (at(c)) {
            at++;
            return true;
        }
        return false;
    }

    String upTo(char c) {
        int end = regex.indexOf(c, at);
        String text = regex.substring(at, end < 0 ? regex.length() : end);
        at = Math.min(regex.length(), end < 0 ? regex.length() : end + 1);
        return text;
    }

    /** The character that the last set consists of, or -1. */
    int single() {
        return single;
    }

    /** Whether blanks and comments are allowed, so that what looks like text may be none. */
    boolean comments() {
        return comments;
    }

    Opening open() {
        at++;
        if (!skip('?')) {
            return Opening.GROUP;
        }
        if (skip('>')) {
            return Opening.ATOMIC;
        }
        if (skip(':')) {
            return Opening.GROUP;
        }
        if (at('=') || at('!') || regex.startsWith("<=", at) || regex.startsWith("<!", at)) {
            at += at('<') ? 2 : 1;
            return Opening.LOOK;
        }
        if (at('<') || regex.startsWith("P<", at)) {
            upTo('>');
            return Opening.GROUP;
        }
        while (!ended() && regex.charAt(at) != ')' && regex.charAt(at) != ':') {
            comments |= regex.charAt(at++) == 'x';
        }
        return regex.charAt(at++) == ':' ? Opening.GROUP : Opening.FLAGS;
    }

    /** The characters that the next piece matches: one character, an escape, a class; none for an anchor. */
    BitSet characters() {
        BitSet set = new BitSet();
        char c = regex.charAt(at++);
        single = -1;
        if (quoting) {
            literal(set, c);
            endQuote();
        } else if (c == '\\') {
            escape(set);
        } else if (c == '[') {
            characterClass(set);
        } else if (c == '.') {
            set.set(0, OTHER + 1);
        } else if (c != '^' && c != '$') {
            literal(set, c);
        }
        return set;
    }

    private void literal(BitSet set, char c) {
        add(set, c);
        single = c;
    }

    /* In both cases, since a flag may ignore it. */
    private static void add(BitSet set, char c) {
        set.set(Math.min(c, OTHER));
        set.set(Math.min(Character.toLowerCase(c), OTHER));
        set.set(Math.min(Character.toUpperCase(c), OTHER));
    }

    private void escape(BitSet set) {
        char c = at < regex.length() ? regex.charAt(at++) : '\\';
        switch (c) {
            case 'd' -> set.set('0', '9' + 1);
            case 'w' -> word(set);
            case 's', 'h', 'v', 'R', 'n', 'r', 't', 'f' -> set.set(0, ' ' + 1);
            case 'D' -> except(set, '0', '9' + 1);
            case 'W', 'S', 'H', 'V', 'N', 'X' -> set.set(0, OTHER + 1);
            case 'b', 'B', 'A', 'z', 'Z', 'G', 'E' -> {
                if (c == 'b' && regex.startsWith("{g}", at)) {
                    at += 3;
                }
            }
            case 'p', 'P' -> {
                set.set(0, OTHER + 1);
                if (!skip('{')) {
                    at++;
                } else {
                    upTo('}');
                }
            }
            case 'k' -> {
                set.set(0, OTHER + 1);
                upTo('>');
            }
            default -> other(set, c);
        }
    }

    private void other(BitSet set, char c) {
        if (Character.isLetterOrDigit(c)) {
            // References back and characters by number.
            set.set(0, OTHER + 1);
            int digits = c == 'u' ? 4 : c == 'x' ? 2 : c == 'c' ? 1 : 0;
            if (c == 'x' && skip('{')) {
                upTo('}');
            } else if (c == 'N' && skip('{')) {
                upTo('}');
            } else {
                at = Math.min(regex.length(), at + digits);
            }
            while (digits == 0 && at < regex.length() && Character.isDigit(regex.charAt(at))) {
                at++;
            }
        } else {
            literal(set, c);
        }
    }

    private static void word(BitSet set) {
        set.set('0', '9' + 1);
        set.set('a', 'z' + 1);
        set.set('A', 'Z' + 1);
        set.set('_');
    }

    private static void except(BitSet set, int from, int to) {
        set.set(0, OTHER + 1);
        set.clear(from, to);
    }

    private void characterClass(BitSet set) {
        boolean not = skip('^');
        boolean odd = false;
        int last = -1;
        boolean first = true;
        while (at < regex.length() && (first || regex.charAt(at) != ']')) {
            first = false;
            char c = regex.charAt(at++);
            if (c == '[' || (c == '&' && at('&'))) {
                // Classes in classes and intersections: everything, to be safe.
                odd = true;
                if (c == '[') {
                    characterClass(set);
                }
                last = -1;
            } else if (c == '\\') {
                int before = set.cardinality();
                escape(set);
                last = set.cardinality() - before <= 3 ? single : -1;
            } else if (c == '-' && last >= 0 && at < regex.length() && regex.charAt(at) != ']') {
                char to = regex.charAt(at++);
                if (to == '\\' && at < regex.length()) {
                    to = regex.charAt(at++);
                }
                for (int i = last; i <= Math.min(to, OTHER); i++) {
                    add(set, (char) i);
                }
                set.set(OTHER, to > OTHER ? OTHER + 1 : OTHER);
                last = -1;
            } else {
                add(set, c);
                last = c;
            }
        }
        at++;
        single = -1;
        if (not) {
            set.flip(0, OTHER + 1);
            // Case: what is excluded in one case may be allowed in the other.
            for (char c = 'A'; c <= 'Z'; c++) {
                if (set.get(c) || set.get(c + 32)) {
                    set.set(c);
                    set.set(c + 32);
                }
            }
        }
        if (odd) {
            set.set(0, OTHER + 1);
        }
    }
}
