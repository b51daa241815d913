package io.inkfast.net;

import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * A dead letter as a line of JSON, in UTF-8, with a line feed at its end; members in this order, all of them required:
 *
 * <pre>
 * at        when it was refused, ISO-8601 in UTC
 * appender  the name of the appender
 * endpoint  who refused it
 * reason    what that said
 * attempts  how often it was sent
 * id        its event.id
 * time      the event's own time, ISO-8601 in UTC
 * level     its level
 * head      what the protocol put in front, as text
 * event     the encoder's bytes, as text
 * </pre>
 *
 * <p>Where head or event is not UTF-8, {@code headBase64} or {@code eventBase64} stands in its place. Where the appender has a
 * keyset, each run begins with a line {@code {"seal":"..."}}, and each dead letter is a line {@code {"sealed":"..."}}: the
 * line above as a sealed record (see {@link io.inkfast.keys.RecordSeal}), in base64. A line that is not complete is none: a
 * crash has cut it off, and the message was not settled.
 */
final class DeadLetterFormat {

    private static final JsonFactory JSON = new JsonFactory();

    private DeadLetterFormat() {}

    /** The line, without its end. */
    static String line(DeadLetter letter) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            json.writeStringProperty("at", Instant.ofEpochMilli(letter.at()).toString());
            json.writeStringProperty("appender", letter.appender());
            json.writeStringProperty("endpoint", letter.endpoint());
            json.writeStringProperty("reason", letter.why());
            json.writeNumberProperty("attempts", letter.attempts());
            json.writeStringProperty("id", letter.id());
            json.writeStringProperty(
                    "time", Instant.ofEpochMilli(letter.millis()).toString());
            json.writeStringProperty("level", letter.level());
            bytes(json, "head", letter.head());
            bytes(json, "event", letter.body());
            json.writeEndObject();
        }
        return out.toString();
    }

    private static void bytes(JsonGenerator json, String name, byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            json.writeStringProperty(name, text);
        } catch (CharacterCodingException e) {
            json.writeStringProperty(name + "Base64", Base64.getEncoder().encodeToString(bytes));
        }
    }

    /** Null if it is no whole dead letter. */
    static @Nullable DeadLetter read(String line) {
        try {
            Map<String, String> members = members(line);
            byte[] head = bytes(members, "head");
            byte[] body = bytes(members, "event");
            if (head == null || body == null || members.size() != 10) {
                return null;
            }
            return new DeadLetter(
                    Instant.parse(text(members, "at")).toEpochMilli(),
                    text(members, "appender"),
                    text(members, "endpoint"),
                    text(members, "reason"),
                    Integer.parseInt(text(members, "attempts")),
                    text(members, "id"),
                    Instant.parse(text(members, "time")).toEpochMilli(),
                    text(members, "level"),
                    head,
                    body);
        } catch (JacksonException | DateTimeException | ArithmeticException | IllegalArgumentException e) {
            return null;
        }
    }

    private static Map<String, String> members(String line) {
        Map<String, String> members = new HashMap<>();
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), line)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return members;
            }
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = json.currentName();
                if (!json.nextToken().isScalarValue()) {
                    return Map.of();
                }
                members.put(name, json.getString());
            }
            boolean whole = json.currentToken() == JsonToken.END_OBJECT && json.nextToken() == null;
            return whole ? members : Map.of();
        }
    }

    private static byte @Nullable [] bytes(Map<String, String> members, String name) {
        String text = members.get(name);
        if (text != null) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        String base64 = members.get(name + "Base64");
        return base64 == null ? null : Base64.getDecoder().decode(base64);
    }

    private static String text(Map<String, String> members, String name) {
        String text = members.get(name);
        if (text == null) {
            throw new IllegalArgumentException("no [" + name + "]");
        }
        return text;
    }

    /** The line of a sealed record. */
    static String sealed(byte[] record) {
        return "{\"sealed\":\"" + Base64.getEncoder().encodeToString(record) + "\"}";
    }

    /** The sealed record of a line; null if it has none. */
    static byte @Nullable [] sealed(String line) {
        try {
            String base64 = members(line).get("sealed");
            return base64 == null ? null : Base64.getDecoder().decode(base64);
        } catch (JacksonException | IllegalArgumentException e) {
            return null;
        }
    }
}
