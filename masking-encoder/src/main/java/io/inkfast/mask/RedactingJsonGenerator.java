package io.inkfast.mask;

import io.inkfast.mask.scan.TextScanner;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.Base64Variant;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.TreeNode;
import tools.jackson.databind.util.TokenBuffer;

/**
 * Redacts what is written through it. The value under a sensitive name is replaced whole, whatever its type; everything
 * else is searched. Sits directly on the generator that makes the bytes, so that nothing goes round it. One thread.
 */
final class RedactingJsonGenerator extends CoveringGenerator {

    private static final int DEEPEST = 1_000;
    private static final int MOST_BYTES = 1 << 20;

    private final Redactor redactor;
    private boolean hideNext;
    private int skipping;
    private boolean namingNext;
    private boolean namedInObject;
    private int changedNames;
    private boolean changed;

    RedactingJsonGenerator(JsonGenerator delegate, Redactor redactor) {
        super(delegate);
        this.redactor = redactor;
    }

    /** To be called before each event. */
    void begin() {
        hideNext = false;
        skipping = 0;
        namingNext = false;
        namedInObject = false;
        changedNames = 0;
        changed = false;
    }

    @Override
    public JsonGenerator writeName(String name) {
        if (skipping > 0) {
            return this;
        }
        Redactor.Name decided = redactor.name(name);
        hideNext = decided.sensitive() || (namedInObject && decided.named());
        namingNext = decided.naming();
        String shown = decided.shown();
        if (!shown.equals(name)) {
            changed = true;
            // Two hidden names must not become one.
            shown = ++changedNames == 1 ? shown : shown + '#' + changedNames;
        }
        delegate.writeName(shown);
        return this;
    }

    @Override
    public JsonGenerator writeString(@Nullable String text) {
        if (text == null) {
            return writeNull();
        }
        if (skipping > 0) {
            return this;
        }
        if (hideNext) {
            return text.isEmpty() ? plain(text) : masked();
        }
        if (namingNext) {
            namedInObject = text.length() <= 64 && redactor.name(text).sensitive();
            namingNext = false;
        }
        return plain(redacted(text));
    }

    private JsonGenerator plain(String text) {
        hideNext = false;
        delegate.writeString(text);
        return this;
    }

    private String redacted(String text) {
        String result = redactor.text(text);
        changed |= !result.equals(text);
        return result;
    }

    @Override
    JsonGenerator masked() {
        if (skipping == 0) {
            hideNext = false;
            changed = true;
            delegate.writeString(TextScanner.MASK);
        }
        return this;
    }

    @Override
    boolean hidesNumber(long digits) {
        return skipping > 0 || hideNext || (digits > 0 && redactor.card(digits));
    }

    /* True if the object or array that begins now is not to be written. */
    private boolean hidden() {
        namedInObject = false;
        namingNext = false;
        if (skipping > 0) {
            if (++skipping > DEEPEST) {
                throw new IllegalStateException("nested too deeply");
            }
            return true;
        }
        if (hideNext) {
            masked();
            skipping = 1;
            return true;
        }
        return false;
    }

    private boolean shown() {
        namedInObject = false;
        if (skipping > 0) {
            skipping--;
            return false;
        }
        return true;
    }

    @Override
    public JsonGenerator writeStartArray() {
        if (!hidden()) {
            delegate.writeStartArray();
        }
        return this;
    }

    @Override
    public JsonGenerator writeStartArray(@Nullable Object forValue) {
        if (!hidden()) {
            delegate.writeStartArray(forValue);
        }
        return this;
    }

    @Override
    public JsonGenerator writeStartArray(@Nullable Object forValue, int size) {
        if (!hidden()) {
            delegate.writeStartArray(forValue, size);
        }
        return this;
    }

    @Override
    public JsonGenerator writeEndArray() {
        if (shown()) {
            delegate.writeEndArray();
        }
        return this;
    }

    @Override
    public JsonGenerator writeStartObject() {
        if (!hidden()) {
            delegate.writeStartObject();
        }
        return this;
    }

    @Override
    public JsonGenerator writeStartObject(@Nullable Object forValue) {
        if (!hidden()) {
            delegate.writeStartObject(forValue);
        }
        return this;
    }

    @Override
    public JsonGenerator writeStartObject(@Nullable Object forValue, int size) {
        if (!hidden()) {
            delegate.writeStartObject(forValue, size);
        }
        return this;
    }

    @Override
    public JsonGenerator writeEndObject() {
        if (shown()) {
            delegate.writeEndObject();
        }
        return this;
    }

    @Override
    public JsonGenerator writeBoolean(boolean value) {
        if (skipping == 0) {
            hideNext = false;
            delegate.writeBoolean(value);
        }
        return this;
    }

    @Override
    public JsonGenerator writeNull() {
        if (skipping == 0) {
            hideNext = false;
            delegate.writeNull();
        }
        return this;
    }

    @Override
    public JsonGenerator writeOmittedProperty(String name) {
        if (skipping == 0) {
            delegate.writeOmittedProperty(redactor.name(name).shown());
        }
        return this;
    }

    /* Not even looked at where the result would not be seen. */
    @Override
    public JsonGenerator writePOJO(@Nullable Object object) {
        if (object != null && (skipping > 0 || hideNext) && !(object instanceof Boolean) && !object.equals("")) {
            return masked();
        }
        return object instanceof String text ? writeString(text) : super.writePOJO(object);
    }

    @Override
    public JsonGenerator writeTree(@Nullable TreeNode tree) {
        return skipping > 0 ? this : super.writeTree(tree);
    }

    @Override
    public JsonGenerator writeObjectId(Object id) {
        return identifier(id);
    }

    @Override
    public JsonGenerator writeObjectRef(Object id) {
        return identifier(id);
    }

    @Override
    public JsonGenerator writeTypeId(Object id) {
        return identifier(id);
    }

    /* Formats with native identifiers get them as data, and data is searched. */
    private JsonGenerator identifier(Object id) {
        return writeString(String.valueOf(id));
    }

    @Override
    JsonGenerator bytes(Base64Variant variant, byte[] data) {
        if (skipping > 0) {
            return this;
        }
        if (hideNext || data.length > MOST_BYTES) {
            return masked();
        }
        String text = new String(data, StandardCharsets.ISO_8859_1);
        if (!redactor.text(text).equals(text)) {
            return masked();
        }
        delegate.writeBinary(variant, data, 0, data.length);
        return this;
    }

    /* There is no telling what a fragment belongs to, so it is good or the event is withheld. */
    @Override
    JsonGenerator fragment(String raw) {
        if (skipping > 0) {
            return this;
        }
        if (hideNext || !redactor.text(raw).equals(raw)) {
            throw new IllegalStateException("a fragment of raw JSON cannot be redacted");
        }
        delegate.writeRaw(RawJson.oneLine(raw));
        return this;
    }

    @Override
    JsonGenerator value(String raw) {
        if (skipping > 0) {
            return this;
        }
        if (hideNext) {
            return masked();
        }
        RawJson json = RawJson.read(raw, objectWriteContext(), redactor);
        TokenBuffer redacted = json.redacted();
        if (!json.valid()) {
            return writeString(raw); // as text, so that it neither breaks the line nor goes unsearched
        }
        if (redacted == null) {
            delegate.writeRawValue(RawJson.oneLine(raw));
        } else {
            changed = true;
            redacted.serialize(delegate);
        }
        return this;
    }

    boolean changed() {
        return changed;
    }
}
