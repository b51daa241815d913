package io.inkfast.mask.scan;

/** What stands around a separator: where the name before it ends, where the value behind it begins. */
final class Around {

    private Around() {}

    /* The end of the name before the separator, or 0. */
    static int nameEnd(char[] c, int separator) {
        int at = separator - 1;
        while (at >= 0 && Chars.blank(c[at]) && separator - at < 5) {
            at--;
        }
        if (at >= 0 && c[at] == ']') {
            at--;
        }
        if (at >= 0 && Chars.quote(c[at])) {
            at--;
            int low = at - 64;
            while (at >= 0 && c[at] == '\\' && at > low) {
                at--;
            }
        }
        if (at >= 0 && c[at] == '[' && at > 0) {
            at--;
        }
        return at >= 0 && Chars.wordPart(c[at]) ? at + 1 : 0;
    }

    /* The first character of the value, or -1. */
    static int valueStart(char[] c, int n, int separator) {
        int at = separator + 1;
        while (at < n
                && (c[at] == '=' || c[at] == '>' || (c[at] == ':' && c[separator] == ':'))
                && at - separator < 3) {
            at++;
        }
        int spaces = at;
        while (at < n && Chars.space(c[at]) && at - spaces < 16) {
            at++;
        }
        if (at >= n || at - spaces >= 16) {
            return -1;
        }
        for (int i = spaces; i < at; i++) {
            if (!Chars.blank(c[i])) {
                return Chars.quote(c[at]) || Chars.digit(c[at]) || (c[separator] == '=' && below(c, n, at)) ? at : -1;
            }
        }
        if (c[at] == '!' && at + 2 < n && c[at - 1] == ' ' && Chars.lower(c[at + 1])) {
            at = behindTag(c, n, at);
        }
        return c[at] == ',' || c[at] == ';' || c[at] == '&' || c[at] == ')' || c[at] == '}' || c[at] == ']' ? -1 : at;
    }

    /* Behind a tag of YAML: "!vault x", "!!str x". */
    private static int behindTag(char[] c, int n, int from) {
        int to = from + 1;
        while (to < n && to - from < 24 && (Chars.letter(c[to]) || c[to] == '!')) {
            to++;
        }
        return to + 1 < n && c[to] == ' ' && !Chars.space(c[to + 1]) ? to + 1 : from;
    }

    /* Whether the line that begins here is one word that is no name and looks like a secret. */
    private static boolean below(char[] c, int n, int from) {
        int to = from;
        while (to < n && to - from < 128 && !Chars.space(c[to]) && c[to] != '=' && c[to] != ':') {
            to++;
        }
        return (to >= n || c[to] == '\n' || c[to] == '\r') && PairDetector.secret(c, from, to);
    }

    /* Whether the name is an entry of a toString(): "[name=", "{name=", ", name=". */
    static boolean inBrackets(char[] c, int end) {
        int at = end - 1;
        int low = Math.max(0, end - FieldNames.LONGEST);
        while (at >= low && (Chars.wordPart(c[at]) || c[at] == '_' || c[at] == '-' || c[at] == '.')) {
            at--;
        }
        return at >= 0
                && (c[at] == '[' || c[at] == '{' || c[at] == '(' || (c[at] == ' ' && at > 0 && c[at - 1] == ','));
    }
}
