package io.inkfast.wal.event;

import net.logstash.logback.marker.LogstashMarker;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** What is left of a marker that writes fields. Immutable but for the markers it refers to. */
final class JournaledMarker extends LogstashMarker {

    private static final long serialVersionUID = 1L;

    private final String text;
    private final transient Tokens fields;

    JournaledMarker(String name, String text, Tokens fields) {
        super(name);
        this.text = text;
        this.fields = fields;
    }

    @Override
    public void writeTo(JsonGenerator generator) {
        fields.copyMembersTo(generator);
    }

    @Override
    protected String toStringSelf() {
        return text;
    }

    /* By name, two with different fields would be one. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
