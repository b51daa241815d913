package io.inkfast.mask.schema;

import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.List;
import net.logstash.logback.composite.AbstractJsonProvider;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Writes what is found of these keys: at the top of the line, or as an object, which is left out when it is empty. */
final class Fields extends AbstractJsonProvider<ILoggingEvent> {

    private final @Nullable String object;
    private final Source source;
    private final List<Key> keys;

    private Fields(@Nullable String object, Source source, List<Key> keys) {
        this.object = object;
        this.source = source;
        this.keys = keys;
    }

    static Fields top(Source source, List<Key> keys) {
        return new Fields(null, source, keys);
    }

    static Fields object(String name, Source source, List<Key> keys) {
        return new Fields(name, source, keys);
    }

    @Override
    public void writeTo(JsonGenerator generator, ILoggingEvent event) {
        boolean begun = object == null;
        for (Key key : keys) {
            Object value = source.find(event, key);
            if (value != null) {
                if (!begun) {
                    generator.writeName(object);
                    generator.writeStartObject();
                    begun = true;
                }
                generator.writeName(key.name());
                generator.writePOJO(value);
            }
        }
        if (begun && object != null) {
            generator.writeEndObject();
        }
    }
}
