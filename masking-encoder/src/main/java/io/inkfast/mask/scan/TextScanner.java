package io.inkfast.mask.scan;

import java.nio.CharBuffer;
import org.jspecify.annotations.Nullable;

/*
 * One pass stops at the anchors and asks detectors there. What a detector inspected and reported is not looked at again.
 * If the text has disguised characters, a second pass runs over its shadow. After a finding the result is scanned once
 * more, until nothing changes: that makes redaction idempotent.
 */
/**
 * Replaces what must not be logged in a text. The result of a clean text is the same instance. Reused; one thread.
 */
public final class TextScanner {

    /** What stands for a value that was masked. */
    public static final String MASK = "****";

    /** What stands for a text that could not be examined. */
    public static final String WITHHELD = "[withheld]";

    /** How many encodings on top of each other are undone. */
    private static final int ENCODINGS = 2;

    private final Rules rules;
    private final Anchors anchors;
    private final Detectors detectors;
    private final Text text;
    private final Text shadow;
    private final Fold fold = new Fold();
    private final Search[] searches;
    private final @Nullable EncodedTexts encoded;
    private final long[] found = new long[2];
    private long steps;
    private int notes;
    private boolean ascii;

    TextScanner(Rules rules) {
        this(rules, ENCODINGS);
    }

    /** Looks into encoded texts to this depth. */
    TextScanner(Rules rules, int depth) {
        this.rules = rules;
        this.encoded = depth == 0 || rules.profiles().isEmpty() ? null : new EncodedTexts(rules, depth - 1);
        this.anchors = rules.anchors();
        this.detectors = new Detectors(rules);
        this.text = new Text(rules);
        this.shadow = new Text(rules);
        this.searches = rules.searches().stream().map(Search.Source::newSearch).toArray(Search[]::new);
    }

    /** What is known of a template, for {@link #redact(String, Template)}. */
    public Template template(String template) {
        return Template.of(template, anchors);
    }

    /** The text without what must not be seen, and without unpaired surrogates; the same instance if it is clean. */
    public String redact(String original) {
        return redact(original, Template.UNKNOWN);
    }

    /** The same, sooner, for a message that was made from this template. */
    public String redact(String original, Template template) {
        try {
            text.load(original);
            template.mark(text);
            ascii = scan(text);
            steps = text.steps();
            if (text.count == 0 && !detectors.disguised && original.length() <= Text.KEPT) {
                return original;
            }
        } catch (Text.TooCostly e) {
            // As below.
        }
        return thoroughly(original);
    }

    private String thoroughly(String original) {
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
            return pass(result) == null ? result : withheld();
        } catch (Text.TooCostly e) {
            steps += text.steps() + shadow.steps();
            return withheld();
        } finally {
            text.release();
            if (fold.release()) {
                shadow.load(new char[0], 0);
            }
        }
    }

    /** Whether this looks like a secret: no word, no words, no number. */
    public static boolean looksSecret(String value) {
        return value.length() <= 256 && PairDetector.secret(value.toCharArray(), 0, value.length());
    }

    /** Whether this looks like a token: letters of both cases with digits, or a long secret. */
    public static boolean looksToken(String value) {
        return value.length() <= 256 && ListedSecrets.token(value.toCharArray(), 0, value.length());
    }

    /** What this part of a text is found to be, as a type; -1 if it is not found as a whole. */
    public int typeOf(String whole, int from, int to) {
        text.load(whole);
        scan(text);
        for (int i = 0; i < text.count; i += 3) {
            if (text.spans[i] <= from && text.spans[i + 1] >= to) {
                return text.spans[i + 2];
            }
        }
        return -1;
    }

    /** The type of the first finding in a text, or -1; what cannot be examined is a secret. */
    int firstType(String decoded) {
        try {
            text.load(decoded);
            scan(text);
            steps = text.steps();
            if (text.count > 0 || !detectors.disguised) {
                return text.count > 0 ? text.spans[2] : -1;
            }
            fold.unfold(text);
            shadow.load(fold.shadow, fold.length);
            scan(shadow);
            steps = text.steps() + shadow.steps();
            return shadow.count > 0 ? shadow.spans[2] : -1;
        } catch (Text.TooCostly e) {
            return Types.SECRET;
        } finally {
            text.release();
        }
    }

    /** The types found since {@link #forget}: bit n of word 0 is type n, of word 1 type 64 + n. */
    public long findings(int word) {
        return found[word];
    }

    /** A value of this type was found by its name alone. */
    public void note(int type) {
        notes++;
        found[type >> 6] |= 1L << type;
    }

    /** Goes back to an account from before. */
    public void remember(long low, long high) {
        found[0] = low;
        found[1] = high;
    }

    /** How often something was found, ever. */
    public int notes() {
        return notes;
    }

    /** Begins a new account of what is found. */
    public void forget() {
        found[0] = 0;
        found[1] = 0;
    }

    private String withheld() {
        rules.tally().withheldText();
        return WITHHELD;
    }

    /** Whether the last text, if it was clean, had no character outside ASCII. */
    public boolean ascii() {
        return ascii;
    }

    /** Whether this number is a card number, and cards are looked for. */
    public boolean card(long number) {
        return rules.looksFor(Types.PAN) && Luhn.card(number);
    }

    /** The characters looked at for the last text, some more than once. */
    long steps() {
        return steps;
    }

    /* The redacted text, or null if there was nothing to do. */
    private @Nullable String pass(String current) {
        text.load(current);
        ascii = scan(text);
        boolean disguised = detectors.disguised;
        String found = text.count > 0 ? replaced(text.chars, text.length, text, null) : null;
        steps += text.steps();
        if (!disguised) {
            return found;
        }
        text.load(found == null ? current : found);
        boolean broken = Surrogates.repair(text.chars, text.length);
        fold.unfold(text);
        shadow.load(fold.shadow, fold.length);
        scan(shadow);
        steps += shadow.steps() + text.steps();
        if (shadow.count > 0) {
            String unfolded = replaced(text.chars, text.length, shadow, fold.origin);
            if (unfolded != null) {
                return unfolded;
            }
        }
        return broken ? new String(text.chars, 0, text.length) : found;
    }

    /* Whether it is ASCII. */
    private boolean scan(Text t) {
        detectors.disguised = false;
        t.work(t.length);
        boolean isAscii = anchors.visit(t, detectors) < Anchors.OTHER;
        if (!isAscii) {
            // Among other characters the fast search may have missed something.
            t.restart();
            t.work(t.length);
            anchors.visitWide(t, detectors);
            // A detector may have passed over some, in what it leaves as it is.
            detectors.disguised = detectors.disguised || Fold.needed(t.chars, t.length);
        }
        if (encoded != null && encoded.in(t)) {
            Overlaps.resolve(t, rules);
        }
        if (searches.length > 0) {
            search(t);
        }
        return isAscii;
    }

    private void search(Text t) {
        int before = t.count;
        for (Search search : searches) {
            search.in(t.chars, t.length, t);
        }
        if (t.count > before) {
            Overlaps.resolve(t, rules);
        }
    }

    /* The text with its findings replaced; null if that changes nothing. */
    private @Nullable String replaced(char[] c, int n, Text found, int @Nullable [] origin) {
        StringBuilder out = new StringBuilder(n + 16);
        int copied = 0;
        boolean changed = false;
        for (int i = 0; i < found.count; i += 3) {
            int from = found.spans[i];
            int to = found.spans[i + 1];
            int start = origin == null ? from : origin[from];
            int end = origin == null ? to : origin[to];
            if (start >= copied) {
                String value = new String(found.chars, from, to - from);
                Replacement replacement = rules.replacement(found.spans[i + 2]);
                String instead =
                        replacement.removes() ? Gap.of(c, n, start, end, found.spans[i + 2]) : replacement.of(value);
                if (!instead.contentEquals(CharBuffer.wrap(c, start, end - start))) {
                    changed = true;
                    note(found.spans[i + 2]);
                }
                out.append(c, copied, start - copied).append(instead);
            }
            copied = Math.max(copied, end);
        }
        return changed ? out.append(c, copied, n - copied).toString() : null;
    }
}
