package io.inkfast.mask.schema;

import ch.qos.logback.classic.spi.ILoggingEvent;
import net.logstash.logback.composite.AbstractJsonProvider;
import tools.jackson.core.JsonGenerator;

/*
 * Events know the name of their thread, but not its id. Behind an asynchronous front this runs on another thread, whose id
 * would be a lie.
 */
/** {@code thread}: the name of the thread that logged, and its id if it is this one. */
final class CallingThread extends AbstractJsonProvider<ILoggingEvent> {

    @Override
    @SuppressWarnings("deprecation") // threadId() is of Java 19
    public void writeTo(JsonGenerator generator, ILoggingEvent event) {
        String name = event.getThreadName();
        Thread current = Thread.currentThread();
        generator.writeName("thread");
        generator.writeStartObject();
        if (name != null) {
            generator.writeName("name");
            generator.writeString(name);
        }
        if (current.getName().equals(name)) {
            generator.writeName("id");
            generator.writeNumber(current.getId());
        }
        generator.writeEndObject();
    }
}
