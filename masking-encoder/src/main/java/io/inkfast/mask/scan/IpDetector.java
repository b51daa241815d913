package io.inkfast.mask.scan;

/*
 * Loopback, unspecified, broadcast, multicast and link-local addresses of version 4 point at no person and stay, as do
 * networks that end in .0.0.0. Private and documentation addresses do not: behind them sits somebody.
 */
/** IP addresses of both versions. */
final class IpDetector {

    private static final String[] VERSIONS = {
        "version", "ver", "v", "release", "build", "firmware", "driver", "revision", "section", "chapter", "oid"
    };

    private IpDetector() {}

    static void addWindows(Anchors.Builder to, int four, int six) {
        to.window(four, Anchors.ANY, Anchors.DIGIT, ".", Anchors.DIGIT);
        to.window(six, Anchors.ANY, Anchors.HEX, ":", Anchors.HEX).window(six, Anchors.ANY, Anchors.ANY, ":", ":");
        to.window(four, "iI", "pP", "-", Anchors.DIGIT);
    }

    /** At the first dot; returns where to go on. */
    static int four(Text text, int dot) {
        char[] c = text.chars;
        int start = dot;
        while (start > 0 && dot - start < 4 && Chars.digit(c[start - 1])) {
            start--;
        }
        text.work(dot - start + 1);
        if (dot - start > 3 || !opens(text, start)) {
            return dot + 2;
        }
        int end = parseFour(c, text.length, start);
        text.work(16);
        if (end < 0 || !closes(c, text.length, end) || harmless(c, start) || version(text, start)) {
            return dot + 2;
        }
        text.hit(start, end, Types.IP);
        return end;
    }

    /** At the hyphen of "ip-203-0-113-77", as names of hosts have it; returns where to go on. */
    static int inHost(Text text, int hyphen) {
        char[] c = text.chars;
        boolean named = Chars.at(c, hyphen - 2, hyphen, "ip") && (hyphen == 2 || !Chars.wordPart(c[hyphen - 3]));
        int end = !named ? -1 : parse(c, text.length, hyphen + 1, '-');
        text.work(16);
        if (end < 0 || (end < text.length && Chars.wordPart(c[end])) || harmless(c, hyphen + 1)) {
            return hyphen + 2;
        }
        text.hit(hyphen + 1, end, Types.IP);
        return end;
    }

    private static int parseFour(char[] c, int n, int from) {
        return parse(c, n, from, '.');
    }

    /* The end of four numbers up to 255, or -1. */
    private static int parse(char[] c, int n, int from, char separator) {
        int at = from;
        for (int i = 0; i < 4; i++) {
            int value = 0;
            int first = at;
            while (at < n && at - first < 4 && Chars.digit(c[at])) {
                value = value * 10 + c[at++] - '0';
            }
            int length = at - first;
            if (length == 0 || length > 3 || value > 255 || (length == 2 && c[first] == '0')) {
                return -1;
            }
            if (i < 3 && (at >= n || c[at++] != separator)) {
                return -1;
            }
        }
        return at;
    }

    private static boolean opens(Text text, int start) {
        char[] c = text.chars;
        if (start == 0 || text.found() == start - 1) {
            return true;
        }
        char before = c[start - 1];
        if (before == '/') {
            return !product(c, start - 1);
        }
        return !(Chars.wordPart(before) || before == '.' || before == '_' || before == '-' || before == '+');
    }

    /* Chrome/120.0.0.1 */
    private static boolean product(char[] c, int slash) {
        int word = slash;
        while (word > 0 && slash - word < 20 && Chars.letter(c[word - 1])) {
            word--;
        }
        return slash - word > 2 && Chars.upper(c[word]) && Chars.lower(c[slash - 1]);
    }

    private static boolean closes(char[] c, int n, int end) {
        if (end >= n) {
            return true;
        }
        char next = c[end];
        if (Chars.wordPart(next) || next == '_') {
            return false;
        }
        if (end + 1 >= n) {
            return true;
        }
        char after = c[end + 1];
        return !(next == '.' && (Chars.digit(after) || (Chars.lower(after) && !Chars.at(c, end + 1, n, "in-addr"))))
                && !(next == '-' && Chars.letter(after));
    }

    private static boolean harmless(char[] c, int start) {
        int at = start;
        int first = 0;
        while (Chars.digit(c[at])) {
            first = first * 10 + c[at++] - '0';
        }
        boolean linkLocal = first == 169 && Chars.exactlyAt(c, at + 1, c.length, "254");
        boolean network = Chars.exactlyAt(c, at, c.length, ".0.0.0") || Chars.exactlyAt(c, at, c.length, "-0-0-0");
        return first == 127 || first == 0 || first >= 224 || linkLocal || network;
    }

    private static boolean version(Text text, int start) {
        char[] c = text.chars;
        int at = start;
        while (at > 0 && start - at < 4 && (" :=\"'/".indexOf(c[at - 1]) >= 0)) {
            at--;
        }
        text.work(12);
        for (String word : VERSIONS) {
            int from = at - word.length();
            if (Chars.at(c, from, at, word) && (word.length() > 3 || from == 0 || !Chars.alnum(c[from - 1]))) {
                return true;
            }
        }
        return false;
    }

    /** At a colon; returns where to go on. */
    static int six(Text text, int colon) {
        char[] c = text.chars;
        int n = text.length;
        int start = colon;
        while (start > 0 && colon - start < 5 && Chars.hex(c[start - 1])) {
            start--;
        }
        text.work(colon - start + 1);
        if (colon - start > 4 || (start > 0 && beside(c[start - 1]))) {
            return colon + 1;
        }
        int end = parseSix(c, n, start);
        text.work(Math.max(end, colon + 4) - colon);
        if (end < 0 || (end < n && beside(c[end])) || harmlessSix(c, start, end)) {
            return colon + 1;
        }
        int to = zone(c, n, end);
        text.hit(start, to, Types.IP);
        return to;
    }

    private static boolean beside(char c) {
        return Chars.wordPart(c) || c == ':' || c == '_' || c == '$';
    }

    /* The end of up to eight groups, the last two perhaps in version 4's notation; or -1. */
    private static int parseSix(char[] c, int n, int from) {
        int at = from;
        int count = 0;
        boolean gap = false;
        boolean pairs = true;
        while (count < 8) {
            int first = at;
            while (at < n && at - first < 5 && Chars.hex(c[at])) {
                at++;
            }
            if (at - first > 4) {
                return -1;
            }
            if (at > first) {
                if (at < n && c[at] == '.' && count <= 6) {
                    int end = parseFour(c, n, first);
                    return end > 0 && (gap || count == 6) ? end : gap || count == 7 ? at : -1;
                }
                count++;
                pairs &= at - first == 2;
            }
            boolean twice = at + 1 < n && c[at] == ':' && c[at + 1] == ':';
            if (twice) {
                if (gap) {
                    return -1;
                }
                gap = true;
                at += 2;
                if (at >= n || !Chars.hex(c[at])) {
                    break;
                }
            } else if (count < 8 && at > first && at + 1 < n && c[at] == ':' && Chars.hex(c[at + 1])) {
                at++;
            } else {
                break;
            }
        }
        return (gap ? count < 8 : count == 8 && !pairs) ? at : -1;
    }

    /* "::", "::1", multicast, and what has no digit: a method reference. */
    private static boolean harmlessSix(char[] c, int start, int end) {
        boolean loopback = end - start <= 3 && c[start] == ':' && (end - start == 2 || c[end - 1] == '1');
        boolean multicast = end - start > 4 && Chars.at(c, start, end, "ff0");
        return loopback || multicast || Values.countDigits(c, start, end) == 0;
    }

    private static int zone(char[] c, int n, int end) {
        if (end + 1 >= n || c[end] != '%' || !Chars.alnum(c[end + 1])) {
            return end;
        }
        int at = end + 1;
        while (at < n && at - end < 17 && Chars.alnum(c[at])) {
            at++;
        }
        return at;
    }
}
