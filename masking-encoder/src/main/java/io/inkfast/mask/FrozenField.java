package io.inkfast.mask;

import net.logstash.logback.marker.SingleFieldAppendingMarker;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.util.TokenBuffer;

/** A structured argument or marker of one field, redacted; its fields are null if they are withheld. Immutable. */
final class FrozenField extends SingleFieldAppendingMarker implements Freezer.Frozen {

    private static final long serialVersionUID = 1L;

    private final transient NamedArgument named;
    private final transient @Nullable TokenBuffer fields;

    FrozenField(String markerName, NamedArgument named, @Nullable TokenBuffer fields) {
        super(markerName, named.name());
        this.named = named;
        this.fields = fields;
    }

    NamedArgument named() {
        return named;
    }

    @Override
    public void writeTo(JsonGenerator generator) {
        Freezer.copy(fields, generator);
    }

    /* Never asked for: the field is written as a whole. */
    @Override
    protected void writeFieldValue(JsonGenerator generator) {
        generator.writeString(named.text());
    }

    @Override
    protected Object getFieldValue() {
        return named.text();
    }

    @Override
    public String toStringSelf() {
        return named.text();
    }

    /* By name, two with different values would be one. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
