package io.inkfast.mask.scan;

/**
 * What is left where a value was removed from a text: nothing. Only behind a name without quotes an empty pair of quotes
 * is, since the next word would be taken for the value.
 */
final class Gap {

    private static final String NOTHING = "";
    private static final String QUOTES = "\"\"";
    private static final long BEHIND_A_BLANK = 1L << Types.SECRET | 1L << Types.CODE | 1L << Types.CARD_CODE;

    private Gap() {}

    static String of(char[] c, int n, int start, int end, int type) {
        if (start == 0 || Chars.quote(c[start - 1]) || !followed(c, n, end)) {
            return NOTHING;
        }
        int at = start - 1;
        while (at > 0 && Chars.space(c[at])) {
            at--;
        }
        boolean separated = c[at] == '=' || c[at] == ':' || (c[at] == '>' && at > 0 && c[at - 1] == '=');
        boolean blank = at < start - 1 && type < Types.OWN && (BEHIND_A_BLANK >> type & 1) != 0;
        return separated || blank ? QUOTES : NOTHING;
    }

    private static boolean followed(char[] c, int n, int end) {
        int at = end;
        while (at < n && Chars.space(c[at])) {
            at++;
        }
        return at < n && ",;&)}]|<@".indexOf(c[at]) < 0;
    }
}
