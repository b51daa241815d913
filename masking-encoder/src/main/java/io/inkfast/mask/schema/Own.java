package io.inkfast.mask.schema;

import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.List;
import net.logstash.logback.composite.AbstractJsonProvider;
import net.logstash.logback.composite.JsonProvider;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Writes names that belong to the schema, so that no data can take them. */
public final class Own extends AbstractJsonProvider<ILoggingEvent> {

    private final JsonProvider<ILoggingEvent> writer;
    private final List<@Nullable String> names;

    Own(JsonProvider<ILoggingEvent> writer, List<@Nullable String> names) {
        this.writer = writer;
        this.names = names;
    }

    /** Those it may write at the top of a line. */
    public List<@Nullable String> names() {
        return names;
    }

    @Override
    public void writeTo(JsonGenerator generator, ILoggingEvent event) {
        writer.writeTo(generator, event);
    }
}
