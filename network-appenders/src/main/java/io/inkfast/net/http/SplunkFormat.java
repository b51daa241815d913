package io.inkfast.net.http;

import io.inkfast.net.Answer;
import io.inkfast.net.Batch;
import io.inkfast.net.HttpPeer;
import io.inkfast.net.Message;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Events for Splunk's HTTP Event Collector: "Format events for HTTP Event Collector" and "Troubleshoot HTTP Event Collector"
 * in Getting Data In, https://docs.splunk.com/Documentation/Splunk/latest/Data/FormateventsforHTTPEventCollector. A body is
 * objects one behind another, here with a line feed behind each; what is not configured is not there:
 *
 * <pre>
 * {"time":1700000000.123,"host":"h","source":"s","sourcetype":"t","index":"i","event":{...},"fields":{"event.id":"run-1"}}
 * </pre>
 *
 * <p>{@code time} is the event's own, in seconds; {@code event} is a JSON string if the encoder made no JSON object. The
 * answer is {@code {"text":"...","code":6,"invalid-event-number":3}}, whatever its status. Its code means:
 *
 * <pre>
 * 0, 24, 25          taken: by the input, not by an index, unless indexers acknowledge, which we do not ask for
 * 1, 2, 3, 4, 16     the token is disabled, missing, not in this form, unknown, or not to be in a URL   } denied
 * 7                  the token may not write to that index                                              }
 * 10, 11, 14         the token is one for acknowledgements by indexers                                  }
 * 5, 6, 12, 13, 15   one event is to blame; invalid-event-number counts from 0
 * others             as the status says: 8, 9, 18 and above are of a server that is busy
 * </pre>
 *
 * <p>Splunk has taken the events in front of the one to blame, and none behind it, but its documentation does not say so, and
 * others who speak this protocol take none. So only code 0 acknowledges: all but the one to blame are sent again, and those in
 * front of it may be there twice, under the same {@code event.id}. In code 7 the number counts from 1; we do not need it.
 */
final class SplunkFormat implements HttpFormat {

    private static final JsonFactory JSON = new JsonFactory();
    private static final int NO_CODE = -1;

    private record Said(int code, int number) {}

    private final byte[] constants;

    /** What all events have; null for what the token has. */
    SplunkFormat(@Nullable String host, @Nullable String source, @Nullable String sourcetype, @Nullable String index) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        constant(out, "host", host);
        constant(out, "source", source);
        constant(out, "sourcetype", sourcetype);
        constant(out, "index", index);
        constants = out.toByteArray();
    }

    private static void constant(ByteArrayOutputStream out, String name, @Nullable String value) {
        if (value != null) {
            ascii(out, ",\"" + name + "\":");
            JsonText.writeString(out, value);
        }
    }

    @Override
    public String path() {
        return "/services/collector/event";
    }

    @Override
    public String contentType() {
        return "application/json";
    }

    @Override
    public byte[] body(Batch batch, int from, int to) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = from; i < to; i++) {
            Message message = batch.message(i);
            ascii(out, "{\"time\":" + seconds(message.millis()));
            out.writeBytes(constants);
            ascii(out, ",\"event\":");
            JsonText.write(out, message.body());
            ascii(out, ",\"fields\":{\"event.id\":");
            JsonText.writeString(out, message.id());
            ascii(out, "}}\n");
        }
        return out.toByteArray();
    }

    private static String seconds(long millis) {
        return java.math.BigDecimal.valueOf(millis, 3).toPlainString();
    }

    private static void ascii(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public int named(HttpResponse<byte[]> response, int size) {
        Said said = said(response.body());
        return isOfOneEvent(said.code) && said.number >= 0 && said.number < size ? said.number : NONE;
    }

    @Override
    public Answer read(HttpResponse<byte[]> response, Batch batch) throws IOException {
        int status = response.statusCode();
        int code = said(response.body()).code;
        if (status == 200 && code == NO_CODE) {
            throw new IOException("an answer that is not of an event collector");
        }
        if (status == 200 && (code == 0 || code == 24 || code == 25)) {
            batch.acceptedUpTo(batch.size());
            return Answer.EACH;
        }
        String why = "HTTP " + status + (code == NO_CODE ? "" : ", code " + code + meaning(code));
        if (isOfOneEvent(code)) {
            return Answer.malformed(why).quoting(HttpPeer.quote(response));
        }
        if (!meaning(code).isEmpty()) {
            return Answer.denied(why);
        }
        Answer plain = HttpPeer.refusal(response);
        return new Answer(plain.kind(), why, plain.notBefore(), plain.quote());
    }

    private static boolean isOfOneEvent(int code) {
        return code == 5 || code == 6 || code == 12 || code == 13 || code == 15;
    }

    /* Of what somebody has to mend. */
    private static String meaning(int code) {
        return switch (code) {
            case 1 -> ": the token is disabled";
            case 2 -> ": a token is required";
            case 3, 16 -> ": the authorization is not one of a token";
            case 4 -> ": the token is not known";
            case 7 -> ": the token may not write to the index";
            case 10, 11, 14 -> ": the token wants indexers to acknowledge; use one that does not";
            default -> "";
        };
    }

    private static Said said(byte[] answer) {
        int code = NO_CODE;
        int number = NONE;
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), answer)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return new Said(NO_CODE, NONE);
            }
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = json.currentName();
                boolean isNumber = json.nextToken() == JsonToken.VALUE_NUMBER_INT;
                if (isNumber && name.equals("code")) {
                    code = json.getIntValue();
                } else if (isNumber && name.equals("invalid-event-number")) {
                    number = json.getIntValue();
                } else {
                    json.skipChildren();
                }
            }
        } catch (JacksonException e) {
            return new Said(NO_CODE, NONE);
        }
        return new Said(code, number);
    }
}
