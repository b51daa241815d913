package io.inkfast.mask;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.inkfast.component.EventIdentity;
import net.logstash.logback.composite.AbstractJsonProvider;
import tools.jackson.core.JsonGenerator;

/** Writes {@code event.id}. Any thread. */
final class EventIdProvider extends AbstractJsonProvider<ILoggingEvent> {

    static final String NAME = "event.id";

    private final EventIdentity identity;

    EventIdProvider(EventIdentity identity) {
        this.identity = identity;
    }

    @Override
    public void writeTo(JsonGenerator generator, ILoggingEvent event) {
        generator.writeName(NAME);
        generator.writeString(identity.id(event));
    }
}
