package io.inkfast.mask;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.Base64Variant;
import tools.jackson.core.Base64Variants;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.SerializableString;
import tools.jackson.core.util.JsonGeneratorDelegate;

/** The half of {@link CoveringGenerator} for strings, raw JSON and binary data. One thread. */
abstract class CoveringTexts extends JsonGeneratorDelegate {

    CoveringTexts(JsonGenerator delegate) {
        super(delegate, false);
    }

    /** A fragment of JSON text that is not a whole value. */
    abstract JsonGenerator fragment(String raw);

    /** A whole value as JSON text. */
    abstract JsonGenerator value(String raw);

    abstract JsonGenerator bytes(Base64Variant variant, byte[] data);

    @Override
    public JsonGenerator writeName(SerializableString name) {
        return writeName(name.getValue());
    }

    @Override
    public JsonGenerator writePropertyId(long id) {
        return writeName(Long.toString(id));
    }

    @Override
    public JsonGenerator writeArray(String[] array, int offset, int length) {
        writeStartArray();
        for (int i = offset; i < offset + length; i++) {
            writeString(array[i]);
        }
        return writeEndArray();
    }

    @Override
    public JsonGenerator writeString(Reader reader, int length) {
        StringBuilder text = new StringBuilder();
        char[] buffer = new char[1024];
        try {
            int most = length < 0 ? Integer.MAX_VALUE : length;
            while (text.length() < most) {
                int read = reader.read(buffer, 0, Math.min(buffer.length, most - text.length()));
                if (read < 0) {
                    break;
                }
                text.append(buffer, 0, read);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return writeString(text.toString());
    }

    @Override
    public JsonGenerator writeString(char[] text, int offset, int length) {
        return writeString(new String(text, offset, length));
    }

    @Override
    public JsonGenerator writeString(SerializableString text) {
        return writeString(text.getValue());
    }

    @Override
    public JsonGenerator writeRawUTF8String(byte[] text, int offset, int length) {
        return value('"' + new String(text, offset, length, StandardCharsets.UTF_8) + '"');
    }

    @Override
    public JsonGenerator writeUTF8String(byte[] text, int offset, int length) {
        return writeString(new String(text, offset, length, StandardCharsets.UTF_8));
    }

    @Override
    public JsonGenerator writeRaw(String text) {
        return fragment(text);
    }

    @Override
    public JsonGenerator writeRaw(String text, int offset, int length) {
        return fragment(text.substring(offset, offset + length));
    }

    @Override
    public JsonGenerator writeRaw(SerializableString text) {
        return fragment(text.getValue());
    }

    @Override
    public JsonGenerator writeRaw(char[] text, int offset, int length) {
        return fragment(new String(text, offset, length));
    }

    @Override
    public JsonGenerator writeRaw(char c) {
        return fragment(String.valueOf(c));
    }

    @Override
    public JsonGenerator writeRawValue(String text) {
        return value(text);
    }

    @Override
    public JsonGenerator writeRawValue(String text, int offset, int length) {
        return value(text.substring(offset, offset + length));
    }

    @Override
    public JsonGenerator writeRawValue(char[] text, int offset, int length) {
        return value(new String(text, offset, length));
    }

    @Override
    public JsonGenerator writeRawValue(SerializableString text) {
        return value(text.getValue());
    }

    @Override
    public JsonGenerator writeBinary(Base64Variant variant, byte[] data, int offset, int length) {
        return bytes(variant, java.util.Arrays.copyOfRange(data, offset, offset + length));
    }

    @Override
    public JsonGenerator writeBinary(byte[] data, int offset, int length) {
        return writeBinary(Base64Variants.getDefaultVariant(), data, offset, length);
    }

    @Override
    public JsonGenerator writeBinary(byte[] data) {
        return writeBinary(Base64Variants.getDefaultVariant(), data, 0, data.length);
    }

    @Override
    public int writeBinary(InputStream data, int length) {
        return writeBinary(Base64Variants.getDefaultVariant(), data, length);
    }

    @Override
    public int writeBinary(Base64Variant variant, InputStream data, int length) {
        try {
            byte[] read = length < 0 ? data.readAllBytes() : data.readNBytes(length);
            bytes(variant, read);
            return read.length;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Leaves it out: a comment is not part of the event. Of Jackson 3.2 and later. */
    @SuppressWarnings("MissingOverride") // The Jackson that this is compiled with does not have it.
    public JsonGenerator writeComment(String text) {
        return this;
    }
}
