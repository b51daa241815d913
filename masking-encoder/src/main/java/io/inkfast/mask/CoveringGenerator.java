package io.inkfast.mask;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.TreeNode;
import tools.jackson.core.type.WritableTypeId;

/**
 * Brings the many ways to write JSON down to a few, so that none goes past the subclass: every method of a generator that
 * writes or copies is overridden here or there, and a test fails when Jackson adds one. One thread.
 */
abstract class CoveringGenerator extends CoveringTexts {

    CoveringGenerator(JsonGenerator delegate) {
        super(delegate);
    }

    /** A number as someone wrote it. */
    record Written(String number) {

        @Override
        public String toString() {
            return number;
        }
    }

    /** A number, in the notation JSON has for it; {@code digits} if it has no fraction and at most 19 digits, else 0. */
    abstract boolean hidesNumber(long digits);

    /** Writes what stands in the place of a number that must not be seen. */
    abstract JsonGenerator masked(Object number);

    @Override
    public JsonGenerator writeArray(int[] array, int offset, int length) {
        writeStartArray();
        for (int i = offset; i < offset + length; i++) {
            writeNumber(array[i]);
        }
        return writeEndArray();
    }

    @Override
    public JsonGenerator writeArray(long[] array, int offset, int length) {
        writeStartArray();
        for (int i = offset; i < offset + length; i++) {
            writeNumber(array[i]);
        }
        return writeEndArray();
    }

    @Override
    public JsonGenerator writeArray(double[] array, int offset, int length) {
        writeStartArray();
        for (int i = offset; i < offset + length; i++) {
            writeNumber(array[i]);
        }
        return writeEndArray();
    }

    @Override
    public JsonGenerator writeNumber(short number) {
        return hidesNumber(0) ? masked(number) : delegate.writeNumber(number);
    }

    @Override
    public JsonGenerator writeNumber(int number) {
        return hidesNumber(number) ? masked(number) : delegate.writeNumber(number);
    }

    @Override
    public JsonGenerator writeNumber(long number) {
        return hidesNumber(number) ? masked(number) : delegate.writeNumber(number);
    }

    @Override
    public JsonGenerator writeNumber(@Nullable BigInteger number) {
        if (number == null) {
            return writeNull();
        }
        return hidesNumber(number.bitLength() < 64 ? number.longValue() : 0)
                ? masked(number)
                : delegate.writeNumber(number);
    }

    @Override
    public JsonGenerator writeNumber(double number) {
        return hidesNumber(number < 1e19 && number == Math.rint(number) ? (long) number : 0)
                ? masked(number)
                : delegate.writeNumber(number);
    }

    @Override
    public JsonGenerator writeNumber(float number) {
        return hidesNumber(0) ? masked(number) : delegate.writeNumber(number);
    }

    @Override
    public JsonGenerator writeNumber(@Nullable BigDecimal number) {
        if (number == null) {
            return writeNull();
        }
        boolean near = number.precision() - number.scale() <= 19 && number.precision() - number.scale() > 0;
        return hidesNumber(near ? number.longValue() : 0) ? masked(number) : delegate.writeNumber(number);
    }

    @Override
    public JsonGenerator writeNumber(@Nullable String number) {
        if (number == null) {
            return writeNull();
        }
        try {
            return writeNumber(new BigDecimal(number), number);
        } catch (NumberFormatException e) {
            return writeString(number);
        }
    }

    private JsonGenerator writeNumber(BigDecimal number, String written) {
        boolean near = number.precision() - number.scale() <= 19 && number.precision() - number.scale() > 0;
        return hidesNumber(near ? number.longValue() : 0)
                ? masked(new Written(written))
                : delegate.writeNumber(written);
    }

    @Override
    public JsonGenerator writeNumber(char[] number, int offset, int length) {
        return writeNumber(new String(number, offset, length));
    }

    @Override
    public JsonGenerator writeEmbeddedObject(@Nullable Object object) {
        if (object == null) {
            return writeNull();
        }
        return object instanceof byte[] data ? writeBinary(data) : writeString(String.valueOf(object));
    }

    @Override
    public JsonGenerator writePOJO(@Nullable Object object) {
        if (object == null) {
            return writeNull();
        }
        objectWriteContext().writeValue(this, object);
        return this;
    }

    @Override
    public JsonGenerator writeTree(@Nullable TreeNode tree) {
        if (tree == null) {
            return writeNull();
        }
        objectWriteContext().writeTree(this, tree);
        return this;
    }

    /* These are made of the others, as long as they are not handed to the delegate. */

    @Override
    public WritableTypeId writeTypePrefix(WritableTypeId id) {
        return super.writeTypePrefix(id);
    }

    @Override
    public WritableTypeId writeTypeSuffix(WritableTypeId id) {
        return super.writeTypeSuffix(id);
    }

    @Override
    public void copyCurrentEvent(JsonParser parser) {
        super.copyCurrentEvent(parser);
    }

    @Override
    public void copyCurrentEventExact(JsonParser parser) {
        super.copyCurrentEventExact(parser);
    }

    @Override
    public void copyCurrentStructure(JsonParser parser) {
        super.copyCurrentStructure(parser);
    }

    @Override
    public void copyCurrentStructureExact(JsonParser parser) {
        super.copyCurrentStructureExact(parser);
    }
}
