package io.inkfast.mask;

import net.logstash.logback.argument.StructuredArgument;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.util.TokenBuffer;

/** Redacted fields of a structured argument without a name; null if they are withheld. Immutable. */
final class FrozenArgument implements StructuredArgument, Freezer.Frozen {

    private final @Nullable TokenBuffer fields;
    private final String text;

    FrozenArgument(@Nullable TokenBuffer fields, String text) {
        this.fields = fields;
        this.text = text;
    }

    @Override
    public void writeTo(JsonGenerator generator) {
        Freezer.copy(fields, generator);
    }

    @Override
    public String toString() {
        return text;
    }
}
