package io.inkfast.mask;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.inkfast.component.EventIdentity;
import io.inkfast.mask.schema.Schema;
import java.util.List;
import net.logstash.logback.composite.AbstractJsonProvider;
import tools.jackson.core.JsonGenerator;

/**
 * Writes {@code event.id}, and its parts where they have a field of their own: a query can ask how many numbers of a run are
 * there, and which is the highest. Any thread.
 */
final class EventIdProvider extends AbstractJsonProvider<ILoggingEvent> {

    static final String ID = "event.id";
    static final String SEQUENCE = "event.sequence";
    static final String RUN = "service.ephemeral_id";

    private final EventIdentity identity;
    private final boolean ecs;

    EventIdProvider(EventIdentity identity, Schema schema) {
        this.identity = identity;
        ecs = schema == Schema.ECS;
    }

    /** What it writes. */
    List<String> names() {
        return ecs ? List.of(ID, RUN) : List.of(ID, SEQUENCE);
    }

    @Override
    public void writeTo(JsonGenerator generator, ILoggingEvent event) {
        generator.writeName(ID);
        generator.writeString(identity.id(event));
        if (ecs) {
            // The number is among what ECS lines begin with; the name for what changes with each start is ECS's own.
            generator.writeName(RUN);
            generator.writeString(identity.runId(event));
        } else {
            generator.writeName(SEQUENCE);
            generator.writeNumber(event.getSequenceNumber());
        }
    }

    /** The same without Jackson; not for ECS. */
    DirectPart direct() {
        return new DirectEventId(identity);
    }
}
