package io.inkfast.mask.scan;

import org.jspecify.annotations.Nullable;

/*
 * One pass looks at each character's class and calls a detector at the rare ones. What a detector inspected and reported
 * is not looked at again. If the text has disguised characters, a second pass runs over its shadow. After a finding the
 * result is scanned once more, until nothing changes: that makes redaction idempotent.
 */
/**
 * Replaces what must not be logged in a text. The result of a clean text is the same instance. Reused; one thread.
 */
public final class TextScanner {

    /** What stands for a value that was masked. */
    public static final String MASK = "****";

    /** What stands for a text that could not be examined. */
    public static final String WITHHELD = "[withheld]";

    private static final byte DIGIT = 1;
    private static final byte SEPARATOR = 2;
    private static final byte DASH = 3;
    private static final byte ANGLE = 4;
    private static final byte CAPITAL_J = 5;
    private static final byte LETTER_B = 6;
    private static final byte PROSE = 7;
    private static final byte ESCAPE = 8;
    private static final byte TOKEN = 9;
    private static final byte CLOSING = 10;

    private static final byte[] CLASSES = new byte[128];

    static {
        set(TokenDetector.anchors(), TOKEN);
        for (char c = '0'; c <= '9'; c++) {
            CLASSES[c] = DIGIT;
        }
        set(":=", SEPARATOR);
        set("-", DASH);
        set("<", ANGLE);
        set(">", CLOSING);
        set("J", CAPITAL_J);
        set("bB", LETTER_B);
        set("wWkKcC", PROSE);
        set("%\\&", ESCAPE);
    }

    private final boolean secrets;
    private final boolean pci;
    private final CardDetector cards = new CardDetector();
    private final KeyValueDetector keyValues;
    private final MarkupDetector markup;
    private final Text text = new Text();
    private final Text shadow = new Text();
    private final Fold fold = new Fold();
    private long steps;

    /**
     * @param names which names are sensitive
     * @param secrets whether to look for secrets by shape
     * @param pci whether to look for card numbers
     */
    public TextScanner(FieldNames names, boolean secrets, boolean pci) {
        this.secrets = secrets;
        this.pci = pci;
        this.keyValues = new KeyValueDetector(names);
        this.markup = new MarkupDetector(names, keyValues);
    }

    private static void set(String characters, byte kind) {
        for (int i = 0; i < characters.length(); i++) {
            CLASSES[characters.charAt(i)] = kind;
        }
    }

    /** The text without what must not be seen, and without unpaired surrogates; the same instance if it is clean. */
    public String redact(String original) {
        steps = 0;
        String result = original;
        try {
            for (int round = 0; round < 4; round++) {
                String next = pass(result);
                if (next == null) {
                    return result;
                }
                result = next;
            }
            return pass(result) == null ? result : WITHHELD;
        } catch (Text.TooCostly e) {
            steps += text.steps() + shadow.steps();
            return WITHHELD;
        } finally {
            text.release();
            if (fold.release()) {
                shadow.load(new char[0], 0);
            }
        }
    }

    /** Whether this number is a card number, and cards are looked for. */
    public boolean card(long number) {
        return pci && Luhn.card(number);
    }

    /** The characters looked at for the last text, some more than once. */
    long steps() {
        return steps;
    }

    /* The redacted text, or null if there was nothing to do. */
    private @Nullable String pass(String current) {
        text.load(current);
        boolean disguised = scan(text, true);
        boolean found = text.count > 0;
        String result = found ? replaced(text.chars, text.length, text, null) : current;
        steps += text.steps();
        if (!disguised) {
            return found ? result : null;
        }
        text.load(result);
        boolean broken = Surrogates.repair(text.chars, text.length);
        fold.unfold(text);
        shadow.load(fold.shadow, fold.length);
        scan(shadow, false);
        steps += shadow.steps() + text.steps();
        if (shadow.count > 0) {
            return replaced(text.chars, text.length, shadow, fold.origin);
        }
        return broken ? new String(text.chars, 0, text.length) : found ? result : null;
    }

    /* Whether there were characters whose disguise must be taken off. */
    private boolean scan(Text t, boolean notice) {
        char[] c = t.chars;
        int n = t.length;
        t.work(n);
        boolean disguised = false;
        int at = 0;
        while (at < n) {
            char now = c[at];
            if (now >= 0x80) {
                disguised |= notice && (Fold.folds(now) || Character.isSurrogate(now));
                at++;
                continue;
            }
            byte kind = CLASSES[now];
            if (kind == 0 || (kind == PROSE && !prose(c, at))) {
                at++;
            } else if (kind == DIGIT) {
                at = pci ? cards.at(t, at) : digitsEnd(c, n, at);
            } else if (kind == ESCAPE) {
                disguised |= notice && escape(c, n, at);
                at++;
            } else {
                at = dispatch(t, kind, at);
            }
        }
        return disguised;
    }

    private int dispatch(Text t, byte kind, int at) {
        return switch (kind) {
            case SEPARATOR -> separator(t, at);
            case DASH -> dash(t, at);
            case ANGLE -> markup.element(t, at);
            case CLOSING -> markup.named(t, at);
            case CAPITAL_J -> secrets && at > 1 && t.chars[at - 1] == 'y' ? BlobDetector.jwt(t, at) : at + 1;
            case LETTER_B -> secrets && at + 6 < t.length && scheme(t.chars[at + 1]) ? HeaderValues.at(t, at) : at + 1;
            case PROSE -> secrets && at + 2 < t.length ? markup.prose(t, at) : at + 1;
            default -> secrets ? TokenDetector.at(t, at) : at + 1;
        };
    }

    /* The second letter of Bearer and Basic. */
    private static boolean scheme(char second) {
        char lower = (char) (second | 0x20);
        return lower == 'e' || lower == 'a';
    }

    private int separator(Text t, int at) {
        char[] c = t.chars;
        if (c[at] == ':' && secrets) {
            if (at + 2 < t.length && c[at + 1] == '/' && c[at + 2] == '/') {
                return UrlDetector.at(t, at);
            }
            int special = at > 7 && Chars.digit(c[at - 1])
                    ? BlobDetector.bot(t, at)
                    : at > 4 ? UrlDetector.oracle(t, at) : -1;
            if (special >= 0) {
                return special;
            }
        }
        return keyValues.at(t, at);
    }

    private int dash(Text t, int at) {
        char[] c = t.chars;
        boolean dashes = at + 3 < t.length && c[at + 1] == '-' && c[at + 2] == '-' && c[at + 3] == '-';
        if (dashes) {
            return secrets ? BlobDetector.privateKey(t, at) : at + 4;
        }
        int next = secrets ? TokenDetector.at(t, at) : at + 1;
        return next > at + 1 ? next : markup.option(t, at);
    }

    /* pasSWord, tOKen, sECret */
    private static boolean prose(char[] c, int at) {
        if (at < 2) {
            return false;
        }
        char before = (char) (c[at - 1] | 0x20);
        char now = (char) (c[at] | 0x20);
        return now == 'w' ? before == 's' : now == 'k' ? before == 'o' : before == 'e';
    }

    private static int digitsEnd(char[] c, int n, int from) {
        int at = from;
        while (at < n && Chars.digit(c[at])) {
            at++;
        }
        return at;
    }

    private static boolean escape(char[] c, int n, int at) {
        if (at + 2 >= n) {
            return false;
        }
        char next = c[at + 1];
        return switch (c[at]) {
            case '%' -> Chars.hex(next) && Chars.hex(c[at + 2]);
            case '\\' -> next == 'u' && Chars.hex(c[at + 2]);
            default -> next == 'q' || next == 'l' || next == 'g' || next == '#' || next == 'a';
        };
    }

    private static String replaced(char[] c, int n, Text found, int @Nullable [] origin) {
        StringBuilder out = new StringBuilder(n + 16);
        int copied = 0;
        for (int i = 0; i < found.count; i += 2) {
            int start = origin == null ? found.spans[i] : origin[found.spans[i]];
            int end = origin == null ? found.spans[i + 1] : origin[found.spans[i + 1]];
            if (start >= copied) {
                out.append(c, copied, start - copied).append(MASK);
            }
            copied = Math.max(copied, end);
        }
        return out.append(c, copied, n - copied).toString();
    }
}
