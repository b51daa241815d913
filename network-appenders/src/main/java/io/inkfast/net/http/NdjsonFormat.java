package io.inkfast.net.http;

import io.inkfast.net.Answer;
import io.inkfast.net.Batch;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;

/**
 * Lines of JSON, {@code application/x-ndjson}, as of https://github.com/ndjson/ndjson-spec: one value for each event, and a
 * line feed behind each.
 *
 * <pre>
 * {"@timestamp":"...","message":"one"}
 * {"@timestamp":"...","message":"two"}
 * </pre>
 *
 * <p>An event that the encoder did not make a JSON object is a JSON string. Any answer from 200 to 299 says that the server
 * has them all.
 */
final class NdjsonFormat implements HttpFormat {

    @Override
    public String path() {
        return "";
    }

    @Override
    public String contentType() {
        return "application/x-ndjson";
    }

    @Override
    public byte[] body(Batch batch, int from, int to) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = from; i < to; i++) {
            JsonText.write(out, batch.message(i).body());
            out.write('\n');
        }
        return out.toByteArray();
    }

    @Override
    public Answer read(HttpResponse<byte[]> response, Batch batch) {
        return HttpFormat.wholeOrNot(response, batch);
    }
}
