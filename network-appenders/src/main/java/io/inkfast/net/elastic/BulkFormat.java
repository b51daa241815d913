package io.inkfast.net.elastic;

import io.inkfast.net.Batch;
import io.inkfast.net.Message;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.io.JsonStringEncoder;
import tools.jackson.core.json.JsonFactory;

/**
 * The bulk API of Elasticsearch 7 to 9 and OpenSearch 2 and 3. A request is, for each event, a line that names index and id
 * and a line that is the document:
 *
 * <pre>
 * {"create":{"_index":"logs-app-default","_id":"0mfb2k8x9a1b2c3d-17"}}
 * {"@timestamp":"...", ...}
 * </pre>
 *
 * <p>The answer to a request with status 200 has an item for each, in the same order: {@code {"items":[{"create":{"status":
 * 201}}, ...]}}. What an item says is told by its status alone; types of errors have other names in each product:
 *
 * <pre>
 * 2xx            the document is stored
 * 409            a document of that id is stored already
 * 429, 5xx       the server cannot now
 * 401, 403, 404  the server does not let us, or lacks the index
 * other 4xx      the server never will
 * </pre>
 */
final class BulkFormat {

    private static final JsonFactory JSON = new JsonFactory();

    private BulkFormat() {}

    /** The line that goes in front of the document, without its end. */
    static byte[] action(String index, String id) {
        JsonStringEncoder encoder = JsonStringEncoder.getInstance();
        return ("{\"create\":{\"_index\":\"" + new String(encoder.quoteAsCharArray(index)) + "\",\"_id\":\""
                        + new String(encoder.quoteAsCharArray(id)) + "\"}}")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** The body of a request. */
    static byte[] body(Batch batch) {
        ByteArrayOutputStream out =
                new ByteArrayOutputStream((int) Math.min(1 << 30, batch.bytes() + 2L * batch.size()));
        for (int i = 0; i < batch.size(); i++) {
            Message message = batch.message(i);
            out.writeBytes(message.head());
            out.write('\n');
            writeLine(out, message.body());
            out.write('\n');
        }
        return out.toByteArray();
    }

    /* A line feed between the tokens of a document would end its line; in its texts there is none. */
    private static void writeLine(ByteArrayOutputStream out, byte[] document) {
        int from = 0;
        for (int i = 0; i < document.length; i++) {
            if (document[i] == '\n' || document[i] == '\r') {
                out.write(document, from, i - from);
                out.write(' ');
                from = i + 1;
            }
        }
        out.write(document, from, document.length - from);
    }

    /**
     * Tells the batch what the answer says of each message.
     *
     * @throws IOException if it is not such an answer, or has too few items
     */
    static void read(byte[] answer, Batch batch) throws IOException {
        int items = 0;
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), answer)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                boolean isItems = json.currentName().equals("items");
                json.nextToken();
                if (!isItems) {
                    json.skipChildren();
                    continue;
                }
                while (json.nextToken() == JsonToken.START_OBJECT) {
                    item(json, batch, items++);
                }
            }
        } catch (JacksonException e) {
            throw new IOException("an answer that is not JSON", e);
        }
        if (items != batch.size()) {
            throw new IOException("an answer of " + items + " items to " + batch.size() + " documents");
        }
    }

    /* {"create":{"status":400,"error":{"type":"...","reason":"..."}}} */
    private static void item(JsonParser json, Batch batch, int index) throws IOException {
        int status = 0;
        String error = "";
        json.nextToken();
        json.nextToken();
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            if (name.equals("status")) {
                status = json.getIntValue();
            } else if (name.equals("error") && value == JsonToken.START_OBJECT) {
                error = error(json);
            } else {
                json.skipChildren();
            }
        }
        json.nextToken();
        if (index < batch.size()) {
            say(batch, index, status, error);
        }
    }

    private static String error(JsonParser json) {
        String type = "";
        String reason = "";
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            if (name.equals("type") && value == JsonToken.VALUE_STRING) {
                type = json.getString();
            } else if (name.equals("reason") && value == JsonToken.VALUE_STRING) {
                reason = json.getString();
            } else {
                json.skipChildren();
            }
        }
        return reason.isEmpty() ? type : type + ": " + reason;
    }

    private static void say(Batch batch, int index, int status, String error) throws IOException {
        if (status >= 200 && status < 300) {
            batch.accepted(index);
        } else if (status == 409) {
            batch.duplicate(index);
        } else if (status == 429 || status >= 500 || status == 408) {
            batch.again(index, "item status " + status);
        } else if (status == 401 || status == 403 || status == 404) {
            batch.again(index, "item status " + status + (status == 404 ? ", there is no such index" : ""));
        } else if (status >= 400) {
            batch.refused(index, status + " " + error);
        } else {
            throw new IOException("an item with status " + status);
        }
    }
}
