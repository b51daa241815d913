package io.inkfast.mask;

import io.inkfast.mask.scan.TextScanner;
import java.util.BitSet;
import net.logstash.logback.argument.StructuredArgument;
import org.jspecify.annotations.Nullable;

/**
 * Which arguments of an event were masked in its message: by the word before their placeholder, or by what they are beside
 * it, as a number behind {@code pin=}.
 */
final class MaskedArguments {

    private final BitSet byTemplate;
    private final String raw;
    private final String redacted;
    private final boolean same;

    /**
     * @param byTemplate the arguments behind a sensitive name
     * @param raw the message; {@code redacted} is the same if nothing was found in it
     */
    MaskedArguments(BitSet byTemplate, @Nullable String raw, @Nullable String redacted) {
        this.byTemplate = byTemplate;
        this.raw = raw == null ? "" : raw;
        this.redacted = redacted == null ? "" : redacted;
        this.same = this.raw.equals(this.redacted);
    }

    boolean none() {
        return same && byTemplate.isEmpty();
    }

    /** The mask, or {@code safe}, which is what is left of the argument by itself. */
    @Nullable
    Object instead(int index, @Nullable Object argument, @Nullable Object safe) {
        if (argument == null || argument instanceof Boolean || argument instanceof StructuredArgument) {
            return safe;
        }
        return byTemplate.get(index) || vanished(argument) ? TextScanner.MASK : safe;
    }

    private boolean vanished(Object argument) {
        if (same || !(argument instanceof Number || argument instanceof CharSequence)) {
            return false;
        }
        String text = argument.toString();
        return raw.contains(text) && !redacted.contains(text);
    }
}
