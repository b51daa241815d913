package io.inkfast.mask.schema;

import ch.qos.logback.classic.spi.ILoggingEvent;
import net.logstash.logback.composite.AbstractJsonProvider;
import net.logstash.logback.composite.JsonProvider;
import tools.jackson.core.JsonGenerator;

/** The component that logs, if the event or the context names it; else the logger. */
final class Component extends AbstractJsonProvider<ILoggingEvent> {

    static final Key NAME = Key.anywhere("component");

    private final Source source;
    private final String name;
    private final JsonProvider<ILoggingEvent> logger;

    Component(Source source, String name, JsonProvider<ILoggingEvent> logger) {
        this.source = source;
        this.name = name;
        this.logger = logger;
    }

    @Override
    public void writeTo(JsonGenerator generator, ILoggingEvent event) {
        Object component = source.find(event, NAME);
        if (component == null) {
            logger.writeTo(generator, event);
        } else {
            generator.writeName(name);
            generator.writePOJO(component);
        }
    }
}
