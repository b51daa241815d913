package io.inkfast.mask;

import io.inkfast.mask.text.Injection;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.Base64Variant;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.TokenStreamContext;

/**
 * Sits on the generator that makes the bytes: what comes here is written so that it cannot be mistaken for anything else.
 * Harmful characters are escaped, raw JSON included, and each name at the top is written once. One thread.
 */
final class EscapingGenerator extends CoveringTexts {

    private final JsonEscapes escapes = new JsonEscapes();
    private final TopLevelNames names;

    EscapingGenerator(JsonGenerator delegate, TopLevelNames names) {
        super(delegate);
        this.names = names;
        delegate.setCharacterEscapes(escapes);
    }

    @Override
    public JsonGenerator writeName(String name) {
        TokenStreamContext context = delegate.streamWriteContext();
        TokenStreamContext parent = context.getParent();
        String written = parent != null && parent.inRoot() && context.inObject() ? names.unique(name) : name;
        if (stray(written)) {
            delegate.writeName(written);
            escapes.escapeJoiners(false);
        } else {
            delegate.writeName(written);
        }
        return this;
    }

    @Override
    public JsonGenerator writeString(@Nullable String text) {
        if (text != null && stray(text)) {
            delegate.writeString(text);
            escapes.escapeJoiners(false);
        } else {
            delegate.writeString(text);
        }
        return this;
    }

    /* Neither is in a text of Latin letters, and then this is not even a search. */
    private boolean stray(String text) {
        boolean stray = Injection.hasStrayJoiner(text);
        if (stray) {
            escapes.escapeJoiners(true);
        }
        return stray;
    }

    /* Jackson writes the text as it comes. */
    @Override
    public JsonGenerator writeNumber(@Nullable String number) {
        if (number == null || RawJson.isNumber(number)) {
            delegate.writeNumber(number);
            return this;
        }
        return writeString(number);
    }

    @Override
    public JsonGenerator writeNumber(char[] number, int offset, int length) {
        return writeNumber(new String(number, offset, length));
    }

    @Override
    JsonGenerator fragment(String raw) {
        delegate.writeRaw(Injection.escapeJson(RawJson.oneLine(raw)));
        return this;
    }

    @Override
    JsonGenerator value(String raw) {
        delegate.writeRawValue(Injection.escapeJson(RawJson.oneLine(raw)));
        return this;
    }

    @Override
    JsonGenerator bytes(Base64Variant variant, byte[] data) {
        delegate.writeBinary(variant, data, 0, data.length);
        return this;
    }
}
