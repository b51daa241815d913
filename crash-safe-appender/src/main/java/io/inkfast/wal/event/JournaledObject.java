package io.inkfast.wal.event;

import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JacksonSerializable;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.jsontype.TypeSerializer;

/** What is left of an object: how it printed itself, and its JSON. Immutable. */
final class JournaledObject implements JacksonSerializable {

    private final String text;
    private final Tokens json;

    JournaledObject(String text, Tokens json) {
        this.text = text;
        this.json = json;
    }

    @Override
    public void serialize(JsonGenerator generator, SerializationContext context) {
        json.copyTo(generator);
    }

    @Override
    public void serializeWithType(JsonGenerator generator, SerializationContext context, TypeSerializer types) {
        serialize(generator, context);
    }

    @Override
    public String toString() {
        return text;
    }
}
