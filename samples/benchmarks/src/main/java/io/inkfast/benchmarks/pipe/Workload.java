package io.inkfast.benchmarks.pipe;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What one event carries. Every peer writes the same content. */
public enum Workload {
    /** A message with two parameters, and a context of three keys, one of which changes every 16 events. */
    W1,
    /** {@link #W1} and five key-value pairs. */
    W2,
    /** {@link #W2} and an exception of 20 frames. */
    W3,
    /**
     * {@link #W1} whose message also has an e-mail address, a card number and a bearer token, and three pairs with secrets.
     * For peers behind Logback.
     */
    WM;

    /** The workloads without anything to hide. */
    public static final List<Workload> HARMLESS = List.of(W1, W2, W3);

    /** The words around the sequence are what the check of the file looks for. */
    public static final String BEFORE_SEQUENCE = "Handled order ";

    /** The words between the sequence and the number of the producer. */
    public static final String BEFORE_PRODUCER = " of producer ";

    /** The message: sequence, then number of the producer. */
    public static final String MESSAGE =
            BEFORE_SEQUENCE + "{}" + BEFORE_PRODUCER + "{} and sent the confirmation to the warehouse";

    /** The message of {@link #WM}: e-mail, card and token follow. */
    static final String SECRETS_MESSAGE = MESSAGE + " for {}, card {}, Authorization: Bearer {}";

    /** The logger's name. */
    public static final String LOGGER = "com.example.shop.orders.OrderService";

    /** Context keys that stay the same while a producer runs. */
    public static final Map<String, String> CONTEXT = Map.of("tenant", "north-2", "user", "customer-4711");

    /** The context key that is put again every {@link #CONTEXT_EVERY} events. */
    public static final String CHANGING_KEY = "requestId";

    /** A power of two. */
    public static final int CONTEXT_EVERY = 16;

    /** The five pairs of {@link #W2}, in order. */
    public static final List<Map.Entry<String, Object>> PAIRS = List.of(
            Map.entry("warehouse", "hall-7"),
            Map.entry("items", 3),
            Map.entry("total", 149.95),
            Map.entry("express", true),
            Map.entry("carrier", "parcel-post"));

    /** The workload of that name, in any case. */
    public static Workload of(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** Whether events carry {@link #PAIRS}. */
    public boolean hasPairs() {
        return this == W2 || this == W3;
    }

    /** Whether events carry an exception. */
    public boolean hasFailure() {
        return this == W3;
    }

    /** The value of {@link #CHANGING_KEY} from this event on. */
    public static String changingValue(long sequence) {
        return "req-" + sequence / CONTEXT_EVERY;
    }

    /** The exception of {@link #W3}: made once by each source, so that the peers pay for writing it only. */
    static Exception failure() {
        Exception failure = new IllegalStateException("The warehouse did not answer within 2 seconds");
        StackTraceElement[] frames = new StackTraceElement[20];
        for (int i = 0; i < frames.length; i++) {
            frames[i] = new StackTraceElement(
                    "com.example.shop.orders.step" + i % 5 + ".OrderHandler" + i,
                    "handleStep" + i,
                    "OrderHandler" + i + ".java",
                    40 + i);
        }
        failure.setStackTrace(frames);
        return failure;
    }
}
