package io.inkfast.mask;

import io.inkfast.mask.scan.Replacement;
import io.inkfast.mask.scan.TextScanner;
import io.inkfast.mask.scan.Types;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.Base64Variant;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.core.TreeNode;
import tools.jackson.databind.util.TokenBuffer;

/*
 * Each value is preceded by take(), which tells the type it is hidden as: from its name, from the path to it, or from the
 * name that stands beside it. An object that begins with "value" is held back until its other names have told what the
 * value is.
 */
/**
 * Redacts what is written through it. The value under a sensitive name or path is replaced whole, whatever its type;
 * everything else is searched. Sits directly on the generator that makes the bytes, so that nothing goes round it. One
 * thread.
 */
final class RedactingJsonGenerator extends PlacedGenerator {

    private static final int MOST_BYTES = 1 << 20;

    private int hiddenAs = NONE;
    private boolean namingNext;
    private int namedAs = NONE;
    private int pairedAs = NONE;
    private boolean pairedByOption;
    private int changedNames;
    private @Nullable HeldObject held;

    RedactingJsonGenerator(JsonGenerator delegate, Redactor redactor) {
        this(delegate, redactor, redactor.policy().paths().root(), false);
    }

    private RedactingJsonGenerator(JsonGenerator delegate, Redactor redactor, long[] start, boolean strict) {
        super(delegate, redactor, start, strict);
    }

    /**
     * For a part of a line.
     *
     * @param strict whether only what is under a harmless name passes
     */
    static RedactingJsonGenerator part(JsonGenerator delegate, Redactor redactor, boolean strict) {
        return new RedactingJsonGenerator(
                delegate, redactor, redactor.policy().paths().anywhere(), strict);
    }

    @Override
    void begin() {
        if (held != null) {
            delegate = held.outer();
            held = null;
        }
        super.begin();
        namingNext = false;
        namedAs = NONE;
        pairedAs = NONE;
        changedNames = 0;
    }

    @Override
    void structureBegins() {
        namedAs = NONE;
        pairedAs = NONE;
        namingNext = false;
        settle();
    }

    @Override
    void structureEnds() {
        namedAs = NONE;
        pairedAs = NONE;
        if (held != null && held.isIn(walk.depth())) {
            release(NONE);
        }
    }

    @Override
    public JsonGenerator writeName(String name) {
        if (skipping > 0) {
            return this;
        }
        Redactor.Name decided = redactor.name(name);
        boolean first = objectBegins;
        objectBegins = false;
        if (held != null && held.isFull(walk.depth())) {
            // What it is may still be told, but the value cannot wait for ever.
            release(Types.SECRET);
        }
        int byPath = walk.name(decided);
        int byName = decided.sensitive() ? decided.type() : decided.named() ? namedAs : NONE;
        nextType = byPath >= 0 ? byPath : byName;
        namingNext = decided.naming();
        if (nextType >= 0 && redactor.replacement(nextType).removes()) {
            return this; // the name goes with its value
        }
        String shown = decided.shown();
        if (!shown.equals(name)) {
            changed = true;
            // Two hidden names must not become one.
            shown = ++changedNames == 1 ? shown : shown + '#' + changedNames;
        }
        if (first && nextType == NONE && decided.named() && held == null && !strict) {
            held = new HeldObject(delegate, shown, walk.depth());
            return this;
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
        boolean naming = namingNext;
        namingNext = false;
        int type = takeScalar();
        if (type >= 0) {
            return text.isEmpty() ? empty(type) : hide(type, text);
        }
        if (holds(text)) {
            return this;
        }
        int asMember = member(text);
        if (asMember >= 0) {
            return hide(asMember, text);
        }
        if (naming) {
            namedAs = text.length() <= 64 ? redactor.name(text).type() : NONE;
            if (held != null && namedAs >= 0 && held.isIn(walk.depth())) {
                release(namedAs);
            }
        }
        delegate.writeString(redacted(text));
        return this;
    }

    /* ["password", "x"], ["--user", "bob", "--password", "x"], or what looks like a token in "tokens": [...]; else -1. */
    private int member(String text) {
        TokenStreamContext array = delegate.streamWriteContext();
        int paired = pairedAs;
        pairedAs = NONE;
        if (!array.inArray()) {
            return NONE;
        }
        if (paired >= 0 && (pairedByOption ? !text.startsWith("-") : TextScanner.looksSecret(text))) {
            return text.isEmpty() ? NONE : paired;
        }
        pairedByOption = text.startsWith("-");
        boolean first = !array.hasCurrentIndex() || array.getCurrentIndex() % 2 == 1;
        if ((pairedByOption || first) && text.length() <= 64 && text.indexOf('=') < 0) {
            pairedAs = redactor.name(text).type();
        }
        TokenStreamContext outer = array.getParent();
        String name = outer == null || !TextScanner.looksToken(text) ? null : outer.currentName();
        return name != null && redactor.policy().rules().names().many(name) ? Types.SECRET : NONE;
    }

    /* Keeps the value for which an object is held back. */
    private boolean holds(Object value) {
        HeldObject object = held;
        if (object == null || !object.awaits()) {
            return false;
        }
        delegate = object.hold(value);
        return true;
    }

    /* What comes now is not a value that waits. */
    private void settle() {
        if (held != null && held.awaits()) {
            delegate.writeName(held.name());
            held = null;
        }
    }

    private JsonGenerator empty(int type) {
        if (!redactor.replacement(type).removes()) {
            delegate.writeString("");
        }
        return this;
    }

    private String redacted(String text) {
        String result = redactor.text(text);
        changed |= !result.equals(text);
        return result;
    }

    @Override
    JsonGenerator masked(Object number) {
        if (skipping > 0 || (hiddenAs < 0 && holds(number))) {
            return this;
        }
        settle();
        return hide(hiddenAs, number.toString());
    }

    @Override
    boolean hidesNumber(long digits) {
        if (skipping > 0) {
            return true;
        }
        namingNext = false;
        hiddenAs = takeScalar();
        if (hiddenAs < 0 && pairedByOption && delegate.streamWriteContext().inArray()) {
            hiddenAs = pairedAs;
        }
        pairedAs = NONE;
        if (hiddenAs < 0 && digits > 0 && redactor.card(digits)) {
            hiddenAs = Types.PAN;
        }
        if (hiddenAs < 0 && redactor.hides(digits)) {
            hiddenAs = Types.KNOWN;
        }
        return hiddenAs >= 0 || (held != null && held.awaits());
    }

    /* What was held back may be seen, but for the value if that has a type. */
    private void release(int type) {
        HeldObject object = Objects.requireNonNull(held);
        held = null;
        delegate = object.outer();
        Object value = object.value();
        boolean hidden = type >= 0 && !value.equals("");
        if (!hidden || !redactor.replacement(type).removes()) {
            delegate.writeName(object.name());
        }
        if (hidden) {
            hide(type, value.toString());
        } else if (value instanceof String text) {
            delegate.writeString(redacted(text));
        } else {
            object.writeNumber();
        }
        object.copyRest();
    }

    @Override
    public JsonGenerator writeBoolean(boolean value) {
        if (skipping > 0) {
            return this;
        }
        settle();
        int type = takeScalar();
        if (type >= Types.UNLISTED) {
            return hide(type, String.valueOf(value));
        }
        if (type < 0 || !redactor.replacement(type).removes()) {
            delegate.writeBoolean(value);
        }
        return this;
    }

    @Override
    public JsonGenerator writeNull() {
        if (skipping == 0) {
            settle();
            int type = take();
            if (type < 0 || !redactor.replacement(type).removes()) {
                delegate.writeNull();
            }
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
        if (object == null) {
            return writeNull();
        }
        if (skipping > 0) {
            return this;
        }
        if (object instanceof String text) {
            return writeString(text);
        }
        if (nextType >= 0 && !(object instanceof Boolean)) {
            Replacement replacement = redactor.replacement(nextType);
            if (replacement == Replacement.MASK || replacement.removes()) {
                return mask(take());
            }
        }
        return strict && Safe.is(object) ? writeSafe(object) : super.writePOJO(object);
    }

    /** Whether a value that stands by itself is under a harmless name. */
    void list(boolean harmless) {
        walk.list(harmless);
    }

    /** Writes a value that is harmless although nothing lists it. */
    JsonGenerator writeSafe(@Nullable Object object) {
        boolean before = strict;
        strict = false;
        try {
            return writePOJO(object);
        } finally {
            strict = before;
        }
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
        settle();
        int type = takeScalar();
        if (type >= 0) {
            return mask(type);
        }
        String text = data.length > MOST_BYTES ? "" : new String(data, StandardCharsets.ISO_8859_1);
        if (data.length > MOST_BYTES || !redactor.text(text).equals(text)) {
            changed = true;
            delegate.writeString(TextScanner.MASK);
        } else {
            delegate.writeBinary(variant, data, 0, data.length);
        }
        return this;
    }

    /* There is no telling what a fragment belongs to, so it is good or the event is withheld. */
    @Override
    JsonGenerator fragment(String raw) {
        if (skipping > 0) {
            return this;
        }
        settle();
        if (nextType >= 0 || strict || !redactor.text(raw).equals(raw)) {
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
        settle();
        int type = take();
        if (type >= 0 && redactor.replacement(type).removes()) {
            changed = true;
            return this;
        }
        TokenBuffer buffer = new TokenBuffer(objectWriteContext(), false);
        RedactingJsonGenerator inner = new RedactingJsonGenerator(buffer, redactor, here(), strict);
        inner.list(walk.listed());
        inner.nextType = type;
        if (!RawJson.copy(raw, inner)) {
            // As text, so that it neither breaks the line nor goes unsearched.
            boolean unlisted = strict && !walk.listed();
            if (type >= 0 || unlisted) {
                return hide(type >= 0 ? type : Types.UNLISTED, raw);
            }
            delegate.writeString(redacted(raw));
        } else if (inner.changed) {
            changed = true;
            buffer.serialize(delegate);
        } else {
            delegate.writeRawValue(RawJson.oneLine(raw));
        }
        return this;
    }

    /** Whether anything was written otherwise than it came. */
    boolean changed() {
        return changed;
    }
}
