package io.inkfast.mask;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.databind.util.TokenBuffer;

/**
 * JSON that someone wrote as text, read again and redacted. Immutable.
 *
 * @param valid whether it is one JSON value and nothing more
 * @param redacted what may be written in its place; null if it is clean
 */
record RedactedJson(boolean valid, @Nullable TokenBuffer redacted) {

    static RedactedJson of(String raw, Redactor redactor) {
        TokenBuffer buffer = new TokenBuffer(ObjectWriteContext.empty(), false);
        RedactingJsonGenerator generator = new RedactingJsonGenerator(buffer, redactor);
        boolean valid = RawJson.copy(raw, generator);
        return new RedactedJson(valid, valid && generator.changed() ? buffer : null);
    }
}
