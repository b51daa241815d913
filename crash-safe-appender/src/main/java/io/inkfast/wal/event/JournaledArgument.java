package io.inkfast.wal.event;

import net.logstash.logback.argument.StructuredArgument;
import tools.jackson.core.JsonGenerator;

/** What is left of a structured argument that has no name, or several. Immutable. */
final class JournaledArgument implements StructuredArgument {

    private final String text;
    private final Tokens fields;

    JournaledArgument(String text, Tokens fields) {
        this.text = text;
        this.fields = fields;
    }

    @Override
    public void writeTo(JsonGenerator generator) {
        fields.copyMembersTo(generator);
    }

    @Override
    public String toString() {
        return text;
    }
}
