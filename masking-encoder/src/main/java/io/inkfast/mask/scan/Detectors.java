package io.inkfast.mask.scan;

import static io.inkfast.mask.scan.Anchors.ALNUM;
import static io.inkfast.mask.scan.Anchors.ANY;
import static io.inkfast.mask.scan.Anchors.DIGIT;
import static io.inkfast.mask.scan.Anchors.HEX;
import static io.inkfast.mask.scan.Anchors.LETTER;
import static io.inkfast.mask.scan.Anchors.QUOTE;

/** Which windows call which detector. One thread. */
final class Detectors {

    /* In the order in which they are asked when several windows end at the same place. */
    private static final int DISGUISE = 0;
    private static final int DASHES = 1;
    private static final int URL = 2;
    private static final int COLON = 3;
    static final int NAME = 4;
    private static final int TAG = 5;
    private static final int TAG_END = 6;
    private static final int JWT = 7;
    static final int TOKEN = 8;
    private static final int CARD = 9;
    private static final int SINGLES = 10;
    private static final int SCHEME = 11;
    private static final int OPTION = 12;
    private static final int PROSE = 13;

    private final Issued issued;
    private final CardDetector cards = new CardDetector();
    private final KeyValueDetector keyValues;
    private final MarkupDetector markup;

    /** Set when a character or an escape was met that stands for another. */
    boolean disguised;

    Detectors(Rules rules) {
        this.issued = rules.issued();
        this.keyValues = new KeyValueDetector(rules.names());
        this.markup = new MarkupDetector(rules.names(), keyValues);
    }

    static void addWindows(Anchors.Builder to, long types) {
        to.window(DISGUISE, ANY, ANY, ANY, "" + Anchors.OTHER)
                .window(DISGUISE, ANY, "%", HEX, HEX)
                .window(DISGUISE, "\\", "uU", HEX, HEX)
                .window(DISGUISE, ANY, ANY, "&", "qlg#aQLGA");
        to.window(NAME, ANY, ANY, QUOTE + "] \t", ":=")
                .window(NAME, ANY, LETTER + "_-", DIGIT, ":=")
                .window(NAME, LETTER + "_-", DIGIT, DIGIT, ":=");
        to.window(TAG, ANY, ANY, "<", LETTER);
        to.window(TAG_END, ANY, ANY, QUOTE + " ", ">");
        to.window(OPTION, " [," + QUOTE, "-", LETTER, ALNUM + "-_").window(OPTION, " [," + QUOTE, "-", "-", LETTER);
        if ((types >> Types.PAN & 1) != 0) {
            to.window(CARD, "345689", DIGIT, DIGIT, DIGIT)
                    .window(CARD, "2", "234567", DIGIT, DIGIT)
                    .window(SINGLES, DIGIT, " -.+", DIGIT, " -.+");
        }
        if ((types >> Types.SECRET & 1) != 0) {
            to.window(URL, ANY, ":", "/", "/");
            to.window(COLON, "hH", "iI", "nN", ":").window(COLON, "oO", "cC", "iI", ":");
            to.window(COLON, DIGIT, ":", "A", "A");
            to.window(DASHES, "-", "-", "-", "-");
            to.window(JWT, ANY, "e", "y", "J");
            to.window(SCHEME, "rR", "eE", "rR", " :=").window(SCHEME, "sS", "iI", "cC", " :=");
            to.window(PROSE, "oO", "rR", "dD", " " + QUOTE)
                    .window(PROSE, "kK", "eE", "nN", " " + QUOTE)
                    .window(PROSE, "rR", "eE", "tT", " " + QUOTE);
            TokenDetector.addWindows(to, TOKEN);
        }
    }

    /** Asks the handlers whose windows end at {@code at}; returns where to go on. */
    int ask(int handlers, Text text, int at) {
        for (int rest = handlers; rest != 0; rest &= rest - 1) {
            int next = ask1(Integer.numberOfTrailingZeros(rest), text, at);
            if (next > at + 1) {
                return next;
            }
        }
        return at + 1;
    }

    private int ask1(int handler, Text text, int at) {
        char[] c = text.chars;
        return switch (handler) {
            case DISGUISE -> disguise(text, at);
            case DASHES -> is(c, at, '-') && is(c, at - 3, '-') ? BlobDetector.privateKey(text, at - 3) : at + 1;
            case URL -> is(c, at, '/') && is(c, at - 2, ':') ? UrlDetector.at(text, at - 2) : at + 1;
            case COLON ->
                is(c, at, ':')
                        ? UrlDetector.oracle(text, at)
                        : is(c, at - 2, ':') ? BlobDetector.bot(text, at - 2) : at + 1;
            case NAME -> c[at] == ':' || c[at] == '=' ? keyValues.at(text, at) : at + 1;
            case TAG -> is(c, at - 1, '<') ? markup.element(text, at - 1) : at + 1;
            case TAG_END -> c[at] == '>' ? markup.named(text, at) : at + 1;
            case JWT -> c[at] == 'J' ? BlobDetector.jwt(text, at) : at + 1;
            case TOKEN -> TokenDetector.at(text, at);
            case CARD -> Chars.digit(c[at]) ? cards.at(text, at - 3) : at + 1;
            case SINGLES -> at > 2 && Chars.digit(c[at - 3]) ? cards.at(text, at - 3) : at + 1;
            case SCHEME -> at > 4 ? HeaderValues.at(text, at - (Chars.toLower(c[at - 1]) == 'r' ? 6 : 5)) : at + 1;
            case OPTION -> markup.option(text, at - 2);
            default -> markup.prose(text, at);
        };
    }

    private static boolean is(char[] c, int at, char expected) {
        return at >= 0 && c[at] == expected;
    }

    private int disguise(Text text, int at) {
        char[] c = text.chars;
        char now = c[at];
        if (now == Issued.OPEN) {
            return Math.max(at + 1, issued.end(c, at, text.length)); // whole: its letters mean nothing
        }
        if (now >= Anchors.OTHER) {
            disguised = disguised || Fold.folds(now) || Character.isSurrogate(now);
        } else {
            disguised |= is(c, at - 1, '&') || is(c, at - 2, '%') || is(c, at - 3, '\\');
        }
        return at + 1;
    }
}
