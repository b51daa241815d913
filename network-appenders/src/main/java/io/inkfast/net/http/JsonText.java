package io.inkfast.net.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.io.JsonStringEncoder;
import tools.jackson.core.json.JsonFactory;

/**
 * An encoder's bytes as one JSON value in one line: an object stays as it is, with spaces for the line ends between its
 * tokens; whatever else it is becomes a string, so that no event can spoil the request that it is in.
 */
final class JsonText {

    private static final JsonFactory JSON = new JsonFactory();

    private JsonText() {}

    /** The value of an encoder's bytes. */
    static void write(ByteArrayOutputStream out, byte[] body) {
        if (isObject(body)) {
            writeLine(out, body);
        } else {
            writeString(out, new String(body, StandardCharsets.UTF_8));
        }
    }

    /** A string, in its quotes. */
    static void writeString(ByteArrayOutputStream out, String text) {
        out.write('"');
        out.writeBytes(JsonStringEncoder.getInstance().quoteAsUTF8(text));
        out.write('"');
    }

    private static boolean isObject(byte[] body) {
        int start = 0;
        while (start < body.length && body[start] <= ' ' && body[start] > 0) {
            start++;
        }
        if (start == body.length || body[start] != '{') {
            return false;
        }
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), body)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            json.skipChildren();
            return json.nextToken() == null;
        } catch (JacksonException e) {
            return false;
        }
    }

    /* In its strings there is no line end. */
    private static void writeLine(ByteArrayOutputStream out, byte[] object) {
        int from = 0;
        for (int i = 0; i < object.length; i++) {
            if (object[i] == '\n' || object[i] == '\r') {
                out.write(object, from, i - from);
                out.write(' ');
                from = i + 1;
            }
        }
        out.write(object, from, object.length - from);
    }
}
