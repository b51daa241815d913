package io.inkfast.mask;

import io.inkfast.mask.scan.FieldNames;
import io.inkfast.mask.scan.TextScanner;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What templates say of their arguments, remembered. One thread at a time. */
final class Placeholders {

    private static final int CACHED = 512;
    private static final int LONGEST = 1024;

    private record Known(String template, List<Placeholder> placeholders) {}

    private final TextScanner scanner;
    private final FieldNames names;
    private final @Nullable Known[] cache = new Known[CACHED];

    Placeholders(TextScanner scanner, FieldNames names) {
        this.scanner = scanner;
        this.names = names;
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
}
