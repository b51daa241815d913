package io.inkfast.mask.search;

import io.inkfast.mask.scan.Search;
import io.inkfast.mask.scan.Types;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Values that must not be seen, in all their forms. Immutable; any thread. Never tells a value. */
public final class KnownValues {

    /** Shorter values are not looked for: they would be found everywhere. */
    public static final int SHORTEST = 6;

    /** Longer ones are refused. */
    public static final int LONGEST = 16 * 1024;

    private static final int MOST_BYTES = 4 << 20;

    private final Literals literals;
    private final int firstBase64;

    private KnownValues(Literals literals, int firstBase64) {
        this.literals = literals;
        this.firstBase64 = firstBase64;
    }

    /** Null if there is no room for all of them. */
    public static @Nullable KnownValues of(Collection<String> values) {
        Set<String> texts = new LinkedHashSet<>();
        Set<String> base64 = new LinkedHashSet<>();
        for (String value : values) {
            SecretForms forms = SecretForms.of(value);
            texts.addAll(forms.texts());
            base64.addAll(forms.base64());
        }
        List<String> all = new ArrayList<>(texts);
        all.addAll(base64);
        Literals literals = Literals.of(all, false, MOST_BYTES);
        return literals == null ? null : new KnownValues(literals, texts.size());
    }

    /** Looks for these values. */
    public Search.Source source() {
        return () -> (text, length, to) -> find(text, length, to);
    }

    /** Looks for whatever values there are at the time; null for none. */
    public static Search.Source source(Supplier<@Nullable KnownValues> current) {
        return () -> (text, length, to) -> {
            KnownValues values = current.get();
            if (values != null) {
                values.find(text, length, to);
            }
        };
    }

    private void find(char[] text, int length, Search.Hits to) {
        literals.find(text, length, to, (id, start, end) -> {
            // The characters beside it hold a few bits of the value too.
            int from = id >= firstBase64 && start > 0 && base64(text[start - 1]) ? start - 1 : start;
            int until = id >= firstBase64 && end < length && base64(text[end]) ? end + 1 : end;
            to.hit(from, until, Types.KNOWN);
        });
    }

    private static boolean base64(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '+'
                || c == '/'
                || c == '-'
                || c == '_';
    }

    /** Not the values. */
    @Override
    public String toString() {
        return "known values";
    }
}
