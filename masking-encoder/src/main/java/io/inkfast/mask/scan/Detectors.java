package io.inkfast.mask.scan;

import static io.inkfast.mask.scan.Anchors.ALNUM;
import static io.inkfast.mask.scan.Anchors.ANY;
import static io.inkfast.mask.scan.Anchors.DIGIT;
import static io.inkfast.mask.scan.Anchors.HEX;
import static io.inkfast.mask.scan.Anchors.LETTER;
import static io.inkfast.mask.scan.Anchors.QUOTE;
import static io.inkfast.mask.scan.Anchors.UPPER;

/** Which windows call which detector. One thread. */
final class Detectors {

    /*
     * The handlers, in the order in which they are asked when several windows end at the same place. Numbers and not an
     * enum, whose switch would look each up in a table first. A set of them is an int: no more than Anchors.HANDLERS.
     */
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
    private static final int NEAR = 14;
    private static final int EMAIL = 15;
    private static final int IP4 = 16;
    private static final int IP6 = 17;
    private static final int PHONE = 18;
    private static final int IBAN = 19;
    private static final int GROUPS = 20;
    private static final int LETTERS = 21;
    private static final int PAIR = 22;
    private static final int MEDICARE = 23;
    private static final int VEHICLE = 24;
    private static final int COMMAND = 25;
    private static final int LOOSE = 26;
    private static final int MARK = 27;
    private static final int STATEMENT = 28;
    private static final int PROTOCOL = 29;
    private static final int JOINED = 30;
    private static final int SEGMENT = 31;

    private final Issued issued;
    private final CardDetector cards = new CardDetector();
    private final KeyValueDetector keyValues;
    private final MarkupDetector markup;
    private final ProseDetector prose;
    private final SentenceDetector sentences;
    private final LooseDetector loose;
    private final StatementDetector statements;
    private final PairDetector pairs;
    private final NationalIds ids;
    private final boolean persons;

    /** Set when a character or an escape was met that stands for another. */
    boolean disguised;

    Detectors(Rules rules) {
        this.issued = rules.issued();
        PersonValues values = new PersonValues();
        this.keyValues = new KeyValueDetector(rules.names(), values);
        this.markup = new MarkupDetector(rules.names(), keyValues);
        this.prose = new ProseDetector(rules.names(), values);
        this.sentences = new SentenceDetector(rules.names());
        this.loose = new LooseDetector(rules.names());
        this.statements = new StatementDetector(rules.names());
        this.pairs = new PairDetector(rules.names());
        this.ids = new NationalIds(rules.looksFor(Types.SSN), rules.looksFor(Types.NATIONAL_ID));
        this.persons = rules.looksFor(Types.PHONE);
    }

    static void addWindows(Anchors.Builder to, long types) {
        to.window(DISGUISE, ANY, ANY, ANY, "" + Anchors.OTHER)
                .window(DISGUISE, ANY, "%", HEX, HEX)
                .window(DISGUISE, "\\", "uU", HEX, HEX)
                .window(DISGUISE, ANY, ANY, "&", "qlg#acenQLGA")
                .window(DISGUISE, ":", "\\", "/", "\\");
        to.window(NAME, ANY, ANY, QUOTE + "] \t", ":=")
                .window(NAME, ANY, LETTER + "_-", DIGIT, ":=")
                .window(NAME, LETTER + "_-", DIGIT, DIGIT, ":=")
                .window(NAME, LETTER, "-_. ", LETTER, ":=");
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
            SentenceDetector.addWindows(to, PROSE);
            CommandDetector.addWindows(to, COMMAND);
            LooseDetector.addWindows(to, LOOSE);
            PairDetector.addWindows(to, JOINED);
            TokenDetector.addWindows(to, TOKEN);
            MarkDetector.addWindows(to, MARK);
            StatementDetector.addWindows(to, STATEMENT);
            ProtocolDetector.addWindows(to, PROTOCOL);
        }
        if (types != 0) {
            ProseDetector.addWindows(to, NEAR, (types >> Types.PHONE & 1) != 0);
        }
        addPersons(to, types);
    }

    private static void addPersons(Anchors.Builder to, long types) {
        if ((types >> Types.EMAIL & 1) != 0) {
            EmailDetector.addWindows(to, EMAIL);
        }
        if ((types >> Types.IP & 1) != 0) {
            IpDetector.addWindows(to, IP4, IP6);
        }
        if ((types >> Types.PHONE & 1) != 0) {
            PhoneDetector.addWindows(to, PHONE);
        }
        if ((types >> Types.IBAN & 1) != 0) {
            to.window(IBAN, LETTER, LETTER, DIGIT, DIGIT);
        }
        if ((types >> Types.SSN & 1) != 0) {
            NationalIds.addWindows(to, GROUPS, LETTERS, (types >> Types.NATIONAL_ID & 1) != 0);
        }
        if ((types >> Types.NATIONAL_ID & 1) != 0) {
            to.window(PAIR, LETTER, LETTER, DIGIT + " ", DIGIT);
        }
        if ((types >> Types.MEDICAL_ID & 1) != 0) {
            SegmentDetector.addWindows(to, SEGMENT);
            to.window(MEDICARE, "123456789", UPPER, UPPER + DIGIT, DIGIT);
        }
        if ((types >> Types.ACCOUNT & 1) != 0) {
            to.window(VEHICLE, "^" + ALNUM, UPPER + DIGIT, UPPER + DIGIT, UPPER + DIGIT);
        }
    }

    /** Asks the handlers whose windows end at {@code at}; returns where to go on. */
    int ask(int handlers, Text text, int at) {
        int before = text.count;
        for (int rest = handlers; rest != 0; rest &= rest - 1) {
            int next = call(Integer.numberOfTrailingZeros(rest), text, at);
            if (next > at + 1) {
                return text.count > before ? Math.max(at + 1, goOn(text, next)) : next;
            }
        }
        return at + 1;
    }

    /* The end of a value that ends like a name, at a quote, may be the name of what is behind the quote: it is looked into. */
    private static int goOn(Text text, int next) {
        char[] c = text.chars;
        int last = next - 1;
        if (Chars.quote(c[last])) {
            last--;
        } else if (next >= text.length || !Chars.quote(c[next])) {
            return next;
        }
        int start = text.spans[text.count - 3];
        boolean name = last > start && (c[last] == '=' || c[last] == ':');
        return name ? Math.max(start + 1, next - FieldNames.LONGEST) : next;
    }

    private int call(int handler, Text text, int at) {
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
            case CARD -> Chars.digit(c[at]) ? card(text, at, at - 3) : at + 1;
            case SINGLES -> card(text, at, at - 3);
            case SCHEME -> at > 4 ? HeaderValues.at(text, at - (Chars.toLower(c[at - 1]) == 'r' ? 6 : 5)) : at + 1;
            case OPTION -> markup.option(text, at - 2);
            case PROSE -> sentences.at(text, at);
            default -> callRarer(handler, text, at);
        };
    }

    /* Those of which few texts have windows. */
    private int callRarer(int handler, Text text, int at) {
        char[] c = text.chars;
        return switch (handler) {
            case NEAR -> near(text, at);
            case EMAIL ->
                is(c, at, ')') || is(c, at, ']')
                        ? EmailDetector.spelled(text, at)
                        : is(c, at - 1, '@') && at > 1 ? EmailDetector.at(text, at - 1) : at + 1;
            case IP4 ->
                is(c, at - 1, '-')
                        ? IpDetector.inHost(text, at - 1)
                        : is(c, at - 1, '.') ? IpDetector.four(text, at - 1) : at + 1;
            case IP6 -> is(c, at - 1, ':') ? IpDetector.six(text, at - 1) : at + 1;
            case PHONE -> at > 0 && Chars.digit(c[at]) ? PhoneDetector.at(text, at) : at + 1;
            case IBAN -> IbanDetector.at(text, at);
            case GROUPS -> ids.groups(text, at);
            case LETTERS -> at > 1 ? ids.letters(text, at) : at + 1;
            case PAIR -> LetteredIds.pair(text, at);
            case COMMAND -> CommandDetector.at(text, at);
            case LOOSE -> loose.at(text, at);
            case MARK -> MarkDetector.at(text, at);
            case STATEMENT -> statements.at(text, at);
            case PROTOCOL -> ProtocolDetector.at(text, at);
            case JOINED -> pairs.at(text, at);
            case SEGMENT -> c[at] == '|' ? SegmentDetector.at(text, at) : SegmentDetector.element(text, at);
            case MEDICARE -> LetteredIds.medicare(text, at);
            default -> LetteredIds.vehicle(text, at);
        };
    }

    private int near(Text text, int at) {
        int next = prose.at(text, at);
        return next > at + 1 ? next : sentences.at(text, at);
    }

    /* Digits that are no card may still be the number of a person. */
    private int card(Text text, int at, int first) {
        if (first < 0 || !Chars.digit(text.chars[first]) || at < text.cardsUntil) {
            return at + 1;
        }
        int found = text.count;
        int next = cards.at(text, first);
        text.cardsUntil = persons ? next : 0;
        return persons && text.count == found ? at + 1 : next;
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
            disguised = disguised || Fold.folds(now);
        } else {
            disguised |= is(c, at - 1, '&') || is(c, at - 2, '%') || is(c, at - 3, '\\') || is(c, at - 2, '\\');
        }
        return at + 1;
    }
}
