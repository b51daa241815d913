package io.inkfast.mask.schema;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import net.logstash.logback.composite.AbstractJsonProvider;
import net.logstash.logback.composite.JsonProvider;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** The exception of an event: its class, its message, and the stack trace as the provider behind writes it. */
final class Failure extends AbstractJsonProvider<ILoggingEvent> {

    private final @Nullable String object;
    private final String type;
    private final String message;
    private final JsonProvider<ILoggingEvent> stackTrace;

    private Failure(@Nullable String object, String type, String message, JsonProvider<ILoggingEvent> stackTrace) {
        this.object = object;
        this.type = type;
        this.message = message;
        this.stackTrace = stackTrace;
    }

    static Failure top(String type, String message, JsonProvider<ILoggingEvent> stackTrace) {
        return new Failure(null, type, message, stackTrace);
    }

    static Failure object(String name, JsonProvider<ILoggingEvent> stackTrace) {
        return new Failure(name, "type", "message", stackTrace);
    }

    @Override
    public void writeTo(JsonGenerator generator, ILoggingEvent event) {
        IThrowableProxy thrown = event.getThrowableProxy();
        if (thrown == null) {
            return;
        }
        if (object != null) {
            generator.writeName(object);
            generator.writeStartObject();
        }
        generator.writeName(type);
        generator.writeString(thrown.getClassName());
        if (thrown.getMessage() != null) {
            generator.writeName(message);
            generator.writeString(thrown.getMessage());
        }
        stackTrace.writeTo(generator, event);
        if (object != null) {
            generator.writeEndObject();
        }
    }
}
