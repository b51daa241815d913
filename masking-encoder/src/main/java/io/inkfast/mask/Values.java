package io.inkfast.mask;

import io.inkfast.mask.scan.Types;
import org.jspecify.annotations.Nullable;

/**
 * Decides what is seen of the values of an event, by their names and by the policy. The one place for that, whether the event
 * is looked at part by part or replaced as a whole. One thread at a time.
 */
final class Values {

    private final Redactor redactor;

    Values(Redactor redactor) {
        this.redactor = redactor;
    }

    /**
     * What a value is hidden as; -1 if it is only searched.
     *
     * @param name null for a value that stands by itself
     */
    int type(@Nullable String name, @Nullable Object value) {
        if (value == null || "".equals(value)) {
            return -1;
        }
        int type = redactor.type(name);
        boolean harmless = type == Types.UNLISTED ? Safe.is(value) : value instanceof Boolean && type < Types.UNLISTED;
        return harmless ? -1 : type;
    }

    /** Whether values under this name go together with it. */
    boolean removes(@Nullable String name) {
        int type = redactor.type(name);
        return type >= 0 && type != Types.UNLISTED && redactor.replacement(type).removes();
    }

    /** Whether exceptions are shown without what they say of themselves. */
    boolean classOnly() {
        return redactor.classOnly() || redactor.policy().strict();
    }

    /** What is seen of a text that an exception says of itself; the frames around it are code. */
    @Nullable
    String exceptionText(@Nullable String text) {
        if (text == null || redactor.classOnly()) {
            return null;
        }
        return redactor.policy().strict() ? redactor.shown(Types.UNLISTED, text) : redactor.text(text);
    }
}
