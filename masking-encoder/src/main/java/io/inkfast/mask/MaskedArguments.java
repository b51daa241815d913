package io.inkfast.mask;

import io.inkfast.mask.scan.TextScanner;
import net.logstash.logback.argument.StructuredArgument;
import org.jspecify.annotations.Nullable;

/**
 * Which arguments of an event were masked in its message: by the word before their placeholder, or by what they are beside
 * it, as a number behind {@code pin=}.
 */
final class MaskedArguments {

    private final long byTemplate;
    private final String raw;
    private final String redacted;

    /**
     * @param byTemplate one bit for each argument behind a sensitive name
     * @param raw the message; {@code redacted} is the same if nothing was found in it
     */
    MaskedArguments(long byTemplate, @Nullable String raw, @Nullable String redacted) {
        this.byTemplate = byTemplate;
        this.raw = raw == null ? "" : raw;
        this.redacted = redacted == null ? "" : redacted;
    }

    boolean none() {
        return byTemplate == 0 && raw.equals(redacted);
    }

    /** The mask, or {@code safe}, which is what is left of the argument by itself. */
    @Nullable
    Object instead(int index, @Nullable Object argument, @Nullable Object safe) {
        if (argument == null || argument instanceof Boolean || argument instanceof StructuredArgument) {
            return safe;
        }
        boolean named = index < Long.SIZE && (byTemplate >> index & 1) != 0;
        return named || vanished(argument) ? TextScanner.MASK : safe;
    }

    private boolean vanished(Object argument) {
        if (!(argument instanceof Number || argument instanceof CharSequence) || raw.equals(redacted)) {
            return false;
        }
        String text = argument.toString();
        return raw.contains(text) && !redacted.contains(text);
    }
}
