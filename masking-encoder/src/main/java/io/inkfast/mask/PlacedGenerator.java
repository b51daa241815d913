package io.inkfast.mask;

import io.inkfast.mask.scan.Replacement;
import io.inkfast.mask.scan.TextScanner;
import io.inkfast.mask.scan.Types;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * The half of {@link RedactingJsonGenerator} that knows where it is: which values are hidden by the name or path before
 * them, and how. One thread.
 */
abstract class PlacedGenerator extends CoveringGenerator {

    static final int NONE = -1;

    private static final int DEEPEST = 1_000;

    final Redactor redactor;
    final PathWalk walk;
    private final long[] start;

    /** What the value behind the last name is hidden as, or -1. */
    int nextType = NONE;

    /** How deep in a value that is hidden whole. */
    int skipping;

    /** Whether only what is under a harmless name passes. */
    boolean strict;

    /** Whether the next name is the first of its object. */
    boolean objectBegins;

    boolean changed;

    PlacedGenerator(JsonGenerator delegate, Redactor redactor, long[] start, boolean strict) {
        super(delegate);
        this.redactor = redactor;
        this.start = start;
        this.walk = new PathWalk(redactor.policy().paths(), start);
        this.strict = strict;
    }

    /** An object or array begins. */
    abstract void structureBegins();

    /** An object or array ends that was written. */
    abstract void structureEnds();

    /** To be called before each event. */
    void begin() {
        walk.begin(start);
        nextType = NONE;
        skipping = 0;
        changed = false;
        objectBegins = false;
    }

    /** The place of the value that comes now. */
    final long[] here() {
        return redactor.policy().paths().none() ? start : walk.here();
    }

    /** What the value that comes now is hidden as, or -1. */
    final int take() {
        objectBegins = false;
        int type = nextType;
        nextType = NONE;
        int byPath = walk.element();
        if (byPath >= 0) {
            return byPath;
        }
        return type;
    }

    /** The same for a value without parts: strict hides it if nothing else does. */
    final int takeScalar() {
        int type = take();
        return type < 0 && strict && !walk.listed() ? Types.UNLISTED : type;
    }

    /** Writes what is seen of a value of this type. */
    final JsonGenerator hide(int type, String value) {
        Replacement replacement = redactor.replacement(type);
        if (replacement.removes()) {
            changed = true;
            return this;
        }
        String shown = replacement.of(value);
        changed |= !shown.equals(value);
        delegate.writeString(shown);
        return this;
    }

    /** The same for what is more than a value, or no text. */
    final JsonGenerator mask(int type) {
        if (!redactor.replacement(type).removes()) {
            delegate.writeString(TextScanner.MASK);
        }
        changed = true;
        return this;
    }

    /* True if it is not to be written. */
    private boolean hidden(boolean array, @Nullable Object value) {
        if (skipping > 0) {
            if (++skipping > DEEPEST) {
                throw new IllegalStateException("nested too deeply");
            }
            return true;
        }
        structureBegins();
        int type = take();
        if (type >= 0) {
            mask(type);
            skipping = 1;
            return true;
        }
        if (value instanceof Throwable && (strict || redactor.classOnly())) {
            if (strict && !walk.listed()) {
                mask(Types.UNLISTED);
            } else {
                delegate.writeString(value.getClass().getName());
            }
            changed = true;
            skipping = 1;
            return true;
        }
        walk.start(array);
        objectBegins = !array;
        return false;
    }

    private boolean shown() {
        if (skipping > 0) {
            skipping--;
            return false;
        }
        objectBegins = false;
        structureEnds();
        walk.end();
        return true;
    }

    @Override
    public JsonGenerator writeStartArray() {
        if (!hidden(true, null)) {
            delegate.writeStartArray();
        }
        return this;
    }

    @Override
    public JsonGenerator writeStartArray(@Nullable Object forValue) {
        if (!hidden(true, forValue)) {
            delegate.writeStartArray(forValue);
        }
        return this;
    }

    @Override
    public JsonGenerator writeStartArray(@Nullable Object forValue, int size) {
        if (!hidden(true, forValue)) {
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
        if (!hidden(false, null)) {
            delegate.writeStartObject();
        }
        return this;
    }

    @Override
    public JsonGenerator writeStartObject(@Nullable Object forValue) {
        if (!hidden(false, forValue)) {
            delegate.writeStartObject(forValue);
        }
        return this;
    }

    @Override
    public JsonGenerator writeStartObject(@Nullable Object forValue, int size) {
        if (!hidden(false, forValue)) {
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
}
