package io.inkfast.mask.scan;

/*
 * The shadow of a text: the same text as a reader would take it, with a map back to the original. Full-width and other
 * digits become ASCII, invisible characters vanish, look-alike letters become Latin, and percent, unicode and entity
 * escapes become what they stand for.
 */
/** Unfolds disguises, so that detectors see plain characters. One thread. */
final class Fold {

    private static final String LOOK_ALIKE_FROM =
            "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0455\u0458\u0501\u0410"
                    + "\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0425\u03bf\u03b1\u03c1\u0131"
                    + "\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7\u03b9\u03ba\u03bd\u03c4"
                    + "\u0406\u0408\u0405\u04bb\u051d\u0261\u0581";
    private static final String LOOK_ALIKE_TO = "aeopcyxisjdABEKMHOPCTXoapi" + "ABEZHIKMNOPTYXikvt" + "IJShwgg";
    private static final String ACCENTED_FROM =
            "\u00e0\u00e1\u00e2\u00e3\u00e4\u00e5\u00e7\u00e8\u00e9\u00ea\u00eb\u00ec"
                    + "\u00ed\u00ee\u00ef\u00f1\u00f2\u00f3\u00f4\u00f5\u00f6\u00f8\u00f9\u00fa\u00fb\u00fc\u00fd\u0142\u0151\u015f\u0171"
                    + "\u0101\u0103\u0105\u0107\u010d\u010f\u0113\u0117\u0119\u011b\u011f\u012b\u013e\u0144\u0148\u0159\u015b\u0161\u0163\u0165\u0219\u021b"
                    + "\u016b\u016f\u017a\u017c\u017e\u1ead\u1ea9";
    private static final String ACCENTED_TO = "aaaaaaceeeeiiiinoooooouuuuylosu" + "aaaccdeeeegilnnrssttstuuzzzaa";

    char[] shadow = new char[0];
    int[] origin = new int[0];
    int length;

    /** Lets go of what a very long text needed; whether there was such a text. */
    boolean release() {
        boolean large = shadow.length > 64 * 1024;
        if (large) {
            shadow = new char[0];
            origin = new int[0];
        }
        return large;
    }

    /** Whether there is one that {@link #folds}. */
    static boolean needed(char[] text, int length) {
        for (int i = 0; i < length; i++) {
            if (text[i] >= 0x80 && folds(text[i])) {
                return true;
            }
        }
        return false;
    }

    /** Whether an ordinary character stands behind this one, or it may be half of one. */
    static boolean folds(char c) {
        return c == 0xAD || (c >= 0xA0 && (c == 0xA0 || Character.isSurrogate(c) || fold(c) != c));
    }

    /* The character that a reader takes this one for; 0 for none. */
    private static char fold(char c) {
        if (c < 0x80) {
            return c;
        }
        if (c >= 0xFF01 && c <= 0xFF5E) {
            return (char) (c - 0xFEE0);
        }
        if (c == 0xA0 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x205F || c == 0x3000) {
            return ' ';
        }
        if (c == 0xAD
                || (c >= 0x200B && c <= 0x200F)
                || (c >= 0x202A && c <= 0x202E)
                || (c >= 0x2060 && c <= 0x2064)
                || (c >= 0x2066 && c <= 0x2069)
                || c == 0xFEFF
                || c == 0x180E
                || (c >= 0xFE00 && c <= 0xFE0F)) {
            return 0;
        }
        if ((c >= 0x2010 && c <= 0x2015) || c == 0x2212) {
            return '-';
        }
        if (c == 0x201C || c == 0x201D || c == 0x201E || c == 0x00AB || c == 0x00BB) {
            return '"';
        }
        if (c == 0x2018 || c == 0x2019) {
            return '\'';
        }
        if (c == 0xFE55 || c == 0xFE13 || c == 0x2236 || arrow(c)) {
            return ':';
        }
        int at = ACCENTED_FROM.indexOf(c);
        if (at >= 0) {
            return ACCENTED_TO.charAt(at);
        }
        at = LOOK_ALIKE_FROM.indexOf(c);
        if (at >= 0) {
            return LOOK_ALIKE_TO.charAt(at);
        }
        int digit = Character.digit(c, 10);
        return digit >= 0 ? (char) ('0' + digit) : c;
    }

    /* What people write between a name and its value: arrows, and signs for "is defined as". */
    private static boolean arrow(char c) {
        return (c >= 0x2190 && c <= 0x21FF)
                || (c >= 0x2254 && c <= 0x2255)
                || (c >= 0x2794 && c <= 0x27BE)
                || (c >= 0x27F5 && c <= 0x27FF);
    }

    /** The letters of a name, folded; invisible ones left out. */
    static char[] letters(char[] name) {
        char[] folded = new char[name.length];
        int to = 0;
        for (char c : name) {
            char f = fold(c);
            if (f != 0) {
                folded[to++] = f;
            }
        }
        return java.util.Arrays.copyOf(folded, to);
    }

    /** Makes the shadow of this text; each escape is unfolded at most three times. */
    void unfold(Text text) {
        char[] c = text.chars;
        int n = text.length;
        if (shadow.length < n) {
            shadow = new char[n];
        }
        if (origin.length < n + 1) {
            origin = new int[n + 1];
        }
        int to = 0;
        int at = 0;
        while (at < n) {
            int start = at;
            int taken = escape(c, n, at);
            char now;
            if (taken > 0) {
                now = unescaped;
                at += taken;
            } else {
                now = c[at++];
            }
            char folded = fold(now);
            if (folded != 0) {
                shadow[to] = folded;
                origin[to++] = start;
            }
        }
        text.work(n);
        origin[to] = n;
        length = to;
    }

    private char unescaped;

    /* The length of an escape at this place, whose character is then in the field below; or 0. */
    private int escape(char[] c, int n, int at) {
        if (c[at] == '%') {
            int digits = at + 1;
            for (int i = 0; i < 3 && Chars.exactlyAt(c, digits, n, "25"); i++) {
                digits += 2; // %253D
            }
            if (digits + 1 < n && Chars.hex(c[digits]) && Chars.hex(c[digits + 1])) {
                int value = Character.digit(c[digits], 16) * 16 + Character.digit(c[digits + 1], 16);
                if (value >= 0x20 && value < 0x7F) {
                    unescaped = (char) value;
                    return digits + 2 - at;
                }
            }
            return 0;
        }
        if (c[at] == '\\') {
            int u = at;
            while (u < n && c[u] == '\\' && u - at < 8) {
                u++;
            }
            if (u + 4 < n
                    && c[u] == 'u'
                    && Chars.hex(c[u + 1])
                    && Chars.hex(c[u + 2])
                    && Chars.hex(c[u + 3])
                    && Chars.hex(c[u + 4])) {
                int value = 0;
                for (int i = 1; i <= 4; i++) {
                    value = value * 16 + Character.digit(c[u + i], 16);
                }
                if (value >= 0x20 && value != 0x7F && !Character.isSurrogate((char) value)) {
                    unescaped = (char) value;
                    return u + 5 - at;
                }
            }
            if (u < n && c[u] == '/') {
                unescaped = '/';
                return u + 1 - at;
            }
            return 0;
        }
        return c[at] == '&' ? entity(c, n, at) : 0;
    }

    private int entity(char[] c, int n, int at) {
        int name = at + 1;
        while (Chars.exactlyAt(c, name, n, "amp;") && name - at < 12) {
            name += 4;
        }
        if (name < n && c[name] == '#') {
            return numeric(c, n, at, name + 1);
        }
        String[] names = {"quot;", "lt;", "gt;", "apos;", "commat;", "colon;", "equals;", "nbsp;"};
        String meant = "\"<>'@:= ";
        for (int i = 0; i < names.length; i++) {
            if (Chars.at(c, name, n, names[i])) {
                unescaped = meant.charAt(i);
                return name + names[i].length() - at;
            }
        }
        return 0;
    }

    /* &#112; or &#x70; */
    private int numeric(char[] c, int n, int at, int from) {
        boolean hex = from < n && (c[from] == 'x' || c[from] == 'X');
        int first = hex ? from + 1 : from;
        int to = first;
        int value = 0;
        while (to < n && to - first < 7 && (hex ? Chars.hex(c[to]) : Chars.digit(c[to]))) {
            value = value * (hex ? 16 : 10) + Character.digit(c[to], 16);
            to++;
        }
        boolean printable = value >= 0x20 && value <= 0xFFFF && value != 0x7F && !Character.isSurrogate((char) value);
        if (to == first || to >= n || c[to] != ';' || !printable) {
            return 0;
        }
        unescaped = (char) value;
        return to + 1 - at;
    }
}
