package io.inkfast.net;

import ch.qos.logback.classic.Level;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Batches for the tests of protocols, and what became of them. */
public final class Batches {

    private Batches() {}

    /** Messages with these bodies, one head, and the ids {@code id-0}, {@code id-1}. */
    public static Batch of(List<String> bodies, String head) {
        List<Message> messages = new ArrayList<>();
        for (String body : bodies) {
            messages.add(new Message(
                    "id-" + messages.size(),
                    0,
                    Level.INFO,
                    head.getBytes(StandardCharsets.UTF_8),
                    body.getBytes(StandardCharsets.UTF_8),
                    0,
                    0));
        }
        return new Batch(messages);
    }

    /** One message: its time, what stands in front of it, and the encoder's bytes. */
    public record Part(long millis, String head, String body) {}

    /** These messages, with the ids {@code id-0}, {@code id-1}. */
    public static Batch of(Part... parts) {
        List<Message> messages = new ArrayList<>();
        for (Part each : parts) {
            messages.add(new Message(
                    "id-" + messages.size(),
                    each.millis(),
                    Level.INFO,
                    each.head().getBytes(StandardCharsets.UTF_8),
                    each.body().getBytes(StandardCharsets.UTF_8),
                    0,
                    0));
        }
        return new Batch(messages);
    }

    public static String fate(Batch batch, int index) {
        return batch.fate(index).name();
    }

    public static String reason(Batch batch, int index) {
        return batch.reason(index);
    }
}
