package io.inkfast.mask;

import io.inkfast.mask.scan.TextScanner;
import java.net.InetAddress;
import java.net.URI;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalAmount;
import java.util.Currency;
import java.util.Locale;
import java.util.UUID;
import net.logstash.logback.argument.StructuredArgument;
import net.logstash.logback.marker.SingleFieldAppendingMarker;
import org.jspecify.annotations.Nullable;
import org.slf4j.helpers.MessageFormatter;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JacksonSerializable;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.jsontype.TypeSerializer;
import tools.jackson.databind.util.TokenBuffer;

/** Renders values as they are now, redacted. One thread. */
final class Freezer {

    private static final String WITHHELD = "[withheld]";
    private static final String MARKER = SingleFieldAppendingMarker.MARKER_NAME_PREFIX + "FROZEN";

    private final @Nullable Redactor redactor;
    private final @Nullable ObjectMapper mapper;
    private final boolean withheld;

    /** Whether only what was declared harmless is kept. */
    private final boolean strict;

    /** With a redactor that is to be given back. */
    Freezer(@Nullable Policy policy, @Nullable ObjectMapper mapper) {
        this.withheld = policy == null || mapper == null;
        this.redactor =
                policy == null || policy.off() ? null : policy.redactors().take(policy);
        this.mapper = mapper;
        this.strict = false;
    }

    /** With a redactor that is used for more than this, for what is not redacted again. */
    Freezer(Redactor redactor, ObjectMapper mapper) {
        this.withheld = false;
        this.strict = redactor.policy().strict();
        this.redactor = redactor;
        this.mapper = mapper;
    }

    void giveBack() {
        if (redactor != null) {
            redactor.policy().redactors().giveBack(redactor);
        }
    }

    /** Whether a later rendering could differ from one of now. Types of the JDK that cannot change are known. */
    static boolean mayChange(@Nullable Object value) {
        if (value instanceof SafeValue safe) {
            return mayChange(safe.value);
        }
        return !(value == null
                || value instanceof String
                || (value instanceof Number && value.getClass().getName().startsWith("java.") && !atomic(value))
                || value instanceof Boolean
                || value instanceof Character
                || value instanceof Enum<?>
                || value instanceof UUID
                || value instanceof URI
                || value instanceof Locale
                || value instanceof Currency
                || value instanceof Class<?>
                || value instanceof InetAddress
                || value instanceof Throwable
                || value instanceof Frozen
                || ((value instanceof TemporalAccessor || value instanceof TemporalAmount)
                        && value.getClass().getName().startsWith("java.time.")));
    }

    /** Whether it is a rendering of this class, perhaps by another policy. */
    static boolean isFrozen(Object value) {
        return value instanceof Frozen;
    }

    private static boolean atomic(Object number) {
        return number.getClass().getName().startsWith("java.util.concurrent.");
    }

    boolean sensitive(String name) {
        return redactor != null && redactor.name(name).sensitive();
    }

    /** The value's JSON and text as of now. */
    Object value(@Nullable Object value) {
        return value(value, false);
    }

    /**
     * The same for a value with a name.
     *
     * @param listed whether the name was declared harmless
     */
    Object value(@Nullable Object value, boolean listed) {
        // What the parts of a text are called cannot be told.
        boolean hidden = strict && value != null && !Safe.is(value) && !(listed && !mayChange(value));
        String text = hidden ? TextScanner.MASK : text(value);
        FrozenValue frozen = new FrozenValue(buffered(generator -> generator.writePOJO(value), listed), text);
        return value != null && Safe.is(value) ? Safe.of(frozen) : frozen;
    }

    /** The fields that a structured argument writes as of now, with a text that it prints from now on. */
    Object structured(StructuredArgument argument, String text) {
        TokenBuffer fields = fields(argument::writeTo);
        NamedArgument named = NamedArgument.of(argument);
        if (named == null || redactor == null) {
            return new FrozenArgument(fields, text);
        }
        return field(named, text, redactor.policy(), redactor, fields);
    }

    private static FrozenField field(
            NamedArgument named, String text, @Nullable Policy hiddenBy, Redactor own, @Nullable TokenBuffer fields) {
        String name = own.name(named.name()).shown();
        return new FrozenField(MARKER, new NamedArgument(name, text, hiddenBy), fields);
    }

    /** The fields that a structured argument writes, and what it prints, as of now. */
    Object structured(StructuredArgument argument) {
        TokenBuffer fields = fields(argument::writeTo);
        Redactor own = redactor;
        try {
            NamedArgument named = NamedArgument.of(argument);
            if (named == null) {
                return new FrozenArgument(fields, strict ? TextScanner.MASK : text(argument));
            }
            if (own == null) {
                return new FrozenField(MARKER, new NamedArgument(named.name(), text(argument), null), fields);
            }
            int type = own.type(named.name());
            String text = type < 0 ? text(argument) : named.shown(type, own);
            return field(named, text, type < 0 ? null : own.policy(), own, fields);
        } catch (RuntimeException | StackOverflowError | LinkageError e) {
            return new FrozenArgument(fields, WITHHELD);
        }
    }

    /** What is written into an object by {@code body}, as of now; null if it is withheld. */
    @Nullable
    TokenBuffer fields(Body body) {
        return buffered(
                generator -> {
                    generator.writeStartObject();
                    body.write(generator);
                    generator.writeEndObject();
                },
                false);
    }

    /** Writes what {@link #fields} kept into another object. */
    static void copy(@Nullable TokenBuffer fields, JsonGenerator generator) {
        if (fields == null) {
            return;
        }
        try (var parser = fields.asParser()) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                generator.writeName(parser.currentName());
                parser.nextToken();
                generator.copyCurrentStructureExact(parser);
            }
        }
    }

    private String text(@Nullable Object value) {
        if (withheld) {
            return WITHHELD;
        }
        try {
            String text = printed(value);
            return redactor == null ? text : redactor.text(text);
        } catch (RuntimeException | StackOverflowError | LinkageError e) {
            return WITHHELD;
        }
    }

    /* As a message has it: arrays with their elements. */
    static String printed(@Nullable Object value) {
        return value != null && value.getClass().isArray()
                ? MessageFormatter.arrayFormat("{}", new Object[] {value}).getMessage()
                : String.valueOf(value);
    }

    /** Writes JSON. */
    interface Body {
        void write(JsonGenerator generator);
    }

    private @Nullable TokenBuffer buffered(Body body, boolean listed) {
        ObjectMapper own = mapper;
        if (withheld || own == null) {
            return null;
        }
        try {
            TokenBuffer buffer = own._serializationContext().bufferForValueConversion();
            if (redactor == null) {
                body.write(buffer);
            } else {
                RedactingJsonGenerator redacting = RedactingJsonGenerator.part(buffer, redactor, strict);
                redacting.list(listed);
                body.write(redacting);
            }
            return buffer;
        } catch (RuntimeException | StackOverflowError | LinkageError e) {
            return null;
        }
    }

    /** Marks what is frozen already. */
    interface Frozen {}

    /** Redacted JSON of a value; null if it is withheld. */
    private static final class FrozenValue implements JacksonSerializable, Frozen {

        private final @Nullable TokenBuffer json;
        private final String text;

        FrozenValue(@Nullable TokenBuffer json, String text) {
            this.json = json;
            this.text = text;
        }

        @Override
        public void serialize(JsonGenerator generator, SerializationContext context) {
            if (json == null) {
                generator.writeString(WITHHELD);
            } else {
                json.serialize(generator);
            }
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
}
