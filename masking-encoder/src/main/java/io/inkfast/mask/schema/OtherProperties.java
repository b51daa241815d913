package io.inkfast.mask.schema;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Context;
import java.util.Map;
import java.util.function.UnaryOperator;
import net.logstash.logback.composite.AbstractJsonProvider;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Properties of the context that stand in no field of the schema. */
final class OtherProperties extends AbstractJsonProvider<ILoggingEvent> {

    private final @Nullable Context properties;
    private final Source source;
    private final UnaryOperator<String> naming;

    OtherProperties(@Nullable Context properties, Source source, UnaryOperator<String> naming) {
        this.properties = properties;
        this.source = source;
        this.naming = naming;
    }

    @Override
    public void writeTo(JsonGenerator generator, ILoggingEvent event) {
        if (properties == null) {
            return;
        }
        for (Map.Entry<String, String> entry : properties.getCopyOfPropertyMap().entrySet()) {
            String value = entry.getValue();
            if (entry.getKey() != null && value != null && !source.shown(event, entry.getKey(), value)) {
                generator.writeName(naming.apply(entry.getKey()));
                generator.writeString(value);
            }
        }
    }
}
