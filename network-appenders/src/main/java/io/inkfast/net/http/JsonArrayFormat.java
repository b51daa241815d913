package io.inkfast.net.http;

import io.inkfast.net.Answer;
import io.inkfast.net.Batch;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;

/**
 * An array of JSON (RFC 8259), {@code application/json}: one element for each event.
 *
 * <pre>
 * [{"@timestamp":"...","message":"one"},{"@timestamp":"...","message":"two"}]
 * </pre>
 *
 * <p>An event that the encoder did not make a JSON object is a JSON string. Any answer from 200 to 299 says that the server
 * has them all.
 */
final class JsonArrayFormat implements HttpFormat {

    @Override
    public String path() {
        return "";
    }

    @Override
    public String contentType() {
        return "application/json";
    }

    @Override
    public byte[] body(Batch batch, int from, int to) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = from; i < to; i++) {
            out.write(i == from ? '[' : ',');
            JsonText.write(out, batch.message(i).body());
        }
        out.write(']');
        return out.toByteArray();
    }

    @Override
    public Answer read(HttpResponse<byte[]> response, Batch batch) {
        return HttpFormat.wholeOrNot(response, batch);
    }
}
