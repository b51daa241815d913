package io.inkfast.net.http;

import io.inkfast.net.Answer;
import io.inkfast.net.Batch;
import io.inkfast.net.HttpPeer;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How events stand in a request, and what an answer means. No state; any thread. */
interface HttpFormat {

    /** No event was named. */
    int NONE = -1;

    /** Where the server takes events, if the URL has no path; empty if there is no such place. */
    String path();

    String contentType();

    /** What the body will need and only the event knows; null if nothing. */
    default byte @Nullable [] head(Instant time, String level, String id) {
        return null;
    }

    /** The body of a request with these messages of the batch. */
    byte[] body(Batch batch, int from, int to);

    /**
     * Which message of the request the server names as the one to blame; {@link #NONE} if it names none. It is only a hint: the
     * message is sent alone before it is believed.
     *
     * @param size how many the request had
     */
    default int named(HttpResponse<byte[]> response, int size) {
        return NONE;
    }

    /** Tells the batch what the answer to all of it says. */
    Answer read(HttpResponse<byte[]> response, Batch batch) throws IOException;

    /** A server that takes a request whole or not at all. */
    static Answer wholeOrNot(HttpResponse<byte[]> response, Batch batch) {
        int status = response.statusCode();
        if (status < 200 || status >= 300) {
            return HttpPeer.refusal(response);
        }
        batch.acceptedUpTo(batch.size());
        return Answer.EACH;
    }
}
