package io.inkfast.wal.event;

import net.logstash.logback.marker.SingleFieldAppendingMarker;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** What is left of a structured argument or marker of one field. Immutable but for the markers it refers to. */
final class JournaledField extends SingleFieldAppendingMarker {

    /** The name as a marker, of one that is an argument. */
    static final String ARGUMENT = SingleFieldAppendingMarker.MARKER_NAME_PREFIX + "JOURNALED";

    private static final long serialVersionUID = 1L;

    private final String text;
    private final transient Tokens fields;

    JournaledField(String markerName, String fieldName, String text, Tokens fields) {
        super(markerName, fieldName);
        this.text = text;
        this.fields = fields;
    }

    @Override
    public void writeTo(JsonGenerator generator) {
        fields.copyMembersTo(generator);
    }

    /* Never asked for: the field is written as a whole. */
    @Override
    protected void writeFieldValue(JsonGenerator generator) {
        generator.writeString(text);
    }

    @Override
    protected Object getFieldValue() {
        return text;
    }

    @Override
    public String toStringSelf() {
        return text;
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
