package io.inkfast.mask;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.inkfast.mask.scan.TextScanner;
import io.inkfast.mask.scan.Types;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import net.logstash.logback.argument.StructuredArgument;
import net.logstash.logback.marker.LogstashMarker;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;
import org.slf4j.helpers.BasicMarkerFactory;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JacksonSerializable;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.jsontype.TypeSerializer;
import tools.jackson.databind.util.TokenBuffer;

/**
 * What profile strict lets be seen of the objects of an event: they are written through a generator that hides each value
 * whose nearest name was not declared harmless. One thread, as the event.
 */
@SuppressWarnings("deprecation") // References of markers are on their way out, and printed until then.
final class Unlisted {

    private static final int DEEPEST = 16;

    private final BasicMarkerFactory factory = new BasicMarkerFactory();
    private final Redactor redactor;

    Unlisted(Redactor redactor) {
        this.redactor = redactor;
    }

    /** Of an argument that stands by itself. */
    @Nullable
    Object argument(@Nullable Object argument) {
        if (argument instanceof StructuredArgument structured) {
            return new Argument(structured, redactor);
        }
        return argument == null || Safe.is(argument) ? argument : redactor.shown(Types.UNLISTED, argument);
    }

    /** Of a key-value whose name is not sensitive. */
    KeyValuePair pair(KeyValuePair pair) {
        Object value = pair.value;
        if (value == null || Safe.is(value)) {
            return pair;
        }
        boolean listed = pair.key != null && redactor.name(pair.key).listed();
        if (value instanceof JacksonSerializable || (Freezer.mayChange(value) && !(value instanceof CharSequence))) {
            return new KeyValuePair(pair.key, new Value(value, listed, redactor));
        }
        return listed ? pair : new KeyValuePair(pair.key, redactor.shown(Types.UNLISTED, value));
    }

    @Nullable
    List<Marker> markers(ILoggingEvent event) {
        List<Marker> markers = event.getMarkerList();
        if (markers == null) {
            return null;
        }
        List<Marker> seen = new ArrayList<>(markers.size());
        for (Marker marker : markers) {
            seen.add(marker(marker, 0));
        }
        return seen;
    }

    /* With the markers that it refers to, which may have fields where it has none. */
    private Marker marker(Marker original, int depth) {
        boolean plain = !(original instanceof LogstashMarker);
        if (plain && !original.hasReferences()) {
            return original;
        }
        Marker seen = original instanceof LogstashMarker fields
                ? new Fields(fields, redactor)
                : factory.getDetachedMarker(original.getName());
        for (Iterator<Marker> references = original.iterator(); references.hasNext() && depth <= DEEPEST; ) {
            seen.add(marker(references.next(), depth + 1));
        }
        return seen;
    }

    /* Writes the fields that the body writes into an object of its own. */
    private static void fields(JsonGenerator to, Redactor redactor, Freezer.Body body) {
        TokenBuffer buffer = new TokenBuffer(to.objectWriteContext(), false);
        RedactingJsonGenerator strict = RedactingJsonGenerator.part(buffer, redactor, true);
        strict.writeStartObject();
        body.write(strict);
        strict.writeEndObject();
        Freezer.copy(buffer, to);
    }

    private record Argument(StructuredArgument original, Redactor redactor) implements StructuredArgument {

        @Override
        public void writeTo(JsonGenerator generator) {
            fields(generator, redactor, original::writeTo);
        }

        @Override
        public String toString() {
            return TextScanner.MASK;
        }
    }

    private record Value(Object original, boolean listed, Redactor redactor) implements JacksonSerializable {

        @Override
        public void serialize(JsonGenerator generator, SerializationContext context) {
            TokenBuffer buffer = context.bufferForValueConversion();
            RedactingJsonGenerator strict = RedactingJsonGenerator.part(buffer, redactor, true);
            strict.list(listed);
            context.writeValue(strict, original);
            buffer.serialize(generator);
        }

        @Override
        public void serializeWithType(JsonGenerator generator, SerializationContext context, TypeSerializer types) {
            serialize(generator, context);
        }

        @Override
        public String toString() {
            return TextScanner.MASK;
        }
    }

    /** A marker that writes fields, and the markers it refers to. */
    private static final class Fields extends LogstashMarker {

        private static final long serialVersionUID = 1L;

        private final transient LogstashMarker original;
        private final transient Redactor redactor;

        Fields(LogstashMarker original, Redactor redactor) {
            super(original.getName());
            this.original = original;
            this.redactor = redactor;
        }

        @Override
        public void writeTo(JsonGenerator generator) {
            fields(generator, redactor, original::writeTo);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }
}
