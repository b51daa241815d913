package io.inkfast.mask;

import io.inkfast.mask.scan.FieldNames;
import io.inkfast.mask.scan.Template;
import io.inkfast.mask.scan.TextScanner;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.helpers.MessageFormatter;

/** What templates say of their arguments, remembered. One thread at a time. */
final class Placeholders {

    private static final int CACHED = 512;
    private static final int LONGEST = 1024;

    /** What comes behind these is taken for sensitive. */
    static final int MOST = 4096;

    private record Known(String template, List<Placeholder> placeholders) {}

    /**
     * What a message's template says of all its arguments.
     *
     * @param masked those behind a sensitive name
     */
    record Whole(String text, BitSet masked, Template template) {}

    private final TextScanner scanner;
    private final FieldNames names;
    private final @Nullable Known[] cache = new Known[CACHED];
    private final @Nullable Whole[] wholes = new Whole[CACHED];

    Placeholders(TextScanner scanner, FieldNames names) {
        this.scanner = scanner;
        this.names = names;
    }

    /** What was remembered was decided without a secret that is known now. */
    void forget() {
        Arrays.fill(wholes, null);
    }

    Placeholder of(String template, int index) {
        List<Placeholder> all = all(template);
        return index < all.size() ? all.get(index) : Placeholder.NONE;
    }

    private List<Placeholder> all(String template) {
        int slot = template.hashCode() & CACHED - 1;
        Known known = cache[slot];
        if (known == null || !known.template().equals(template)) {
            known = new Known(template, Placeholder.all(template, scanner, names));
            if (template.length() <= LONGEST) {
                cache[slot] = known;
            }
        }
        return known.placeholders();
    }

    Whole of(String template) {
        int slot = template.hashCode() & CACHED - 1;
        Whole known = wholes[slot];
        if (known == null || !known.text().equals(template)) {
            known = new Whole(template, masked(template), scanner.template(template));
            if (template.length() <= LONGEST) {
                wholes[slot] = known;
            }
        }
        return known;
    }

    /* Found by letting the scanner see the template with words in it. */
    private BitSet masked(String template) {
        // As many as the template takes, however many this event has: the next may have more.
        Object[] words = new Object[Math.min(occurrences(template), MOST)];
        for (int i = 0; i < words.length; i++) {
            words[i] = "qxzvwk" + letter(i / 676) + letter(i / 26 % 26) + letter(i % 26) + "q";
        }
        String before = MessageFormatter.arrayFormat(template, words).getMessage();
        long low = scanner.findings(0);
        long high = scanner.findings(1);
        String after = scanner.redact(before);
        scanner.remember(low, high); // words of ours are no finding
        BitSet bits = new BitSet();
        if (!after.equals(before)) {
            for (int i = 0; i < words.length; i++) {
                String word = (String) words[i];
                if (before.contains(word) && !after.contains(word)) {
                    bits.set(i);
                }
            }
        }
        return bits;
    }

    private static int occurrences(String template) {
        int count = 0;
        for (int at = template.indexOf("{}"); at >= 0; at = template.indexOf("{}", at + 2)) {
            count++;
        }
        return count;
    }

    private static char letter(int number) {
        return (char) ('a' + number);
    }
}
