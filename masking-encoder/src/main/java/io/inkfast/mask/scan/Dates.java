package io.inkfast.mask.scan;

/** Dates as people and programs write them. */
final class Dates {

    private static final String MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";

    private Dates() {}

    /** The end of the date that begins here: digits with separators, or with the name of a month; or -1. */
    static int end(Text text, int from) {
        char[] c = text.chars;
        int n = text.length;
        text.work(24);
        int at = from;
        int parts = 0;
        int digits = 0;
        boolean month = false;
        while (at < n && parts < 3) {
            int to = at;
            while (to < n && to - at < 9 && Chars.digit(c[to])) {
                to++;
            }
            if (to == at) {
                month = !month && month(c, at, n);
                while (month && to < n && to - at < 12 && Chars.wordPart(c[to])) {
                    to++;
                }
                if (to == at) {
                    return -1;
                }
            } else {
                digits += to - at;
            }
            parts++;
            if (parts == 1 && to - at == 8 && digits == 8) {
                return to;
            }
            at = to;
            int gap = at;
            while (parts < 3 && gap < n && gap - at < 3 && (" -/.,".indexOf(c[gap]) >= 0)) {
                gap++;
            }
            boolean blank = gap > at && c[at] == ' ';
            if (parts < 3 && (gap == at || (blank && !month && !month(c, gap, n)))) {
                return -1;
            }
            at = parts < 3 ? gap : at;
        }
        if (parts < 3 || digits < 4 || digits > 8) {
            return -1;
        }
        // The time of an ISO date.
        if (at + 3 < n && c[at] == 'T' && Chars.digit(c[at + 1])) {
            while (at < n && (Chars.alnum(c[at]) || c[at] == ':' || c[at] == '.')) {
                at++;
            }
            while (!Chars.alnum(c[at - 1])) {
                at--;
            }
            text.work(at - from);
        }
        return at;
    }

    private static boolean month(char[] c, int at, int n) {
        for (int i = 0; i < MONTHS.length(); i += 3) {
            if (Chars.at(c, at, n, MONTHS.substring(i, i + 3))) {
                return true;
            }
        }
        return false;
    }
}
