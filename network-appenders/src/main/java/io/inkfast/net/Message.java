package io.inkfast.net;

import ch.qos.logback.classic.Level;
import org.jspecify.annotations.Nullable;

/**
 * One event as it is sent: redacted, encoded once, with the id that it keeps through every retry. Any thread may read it.
 *
 * @since 0.1.0
 */
public final class Message {

    /* The object, two arrays, the id, its place in the queue. */
    private static final long OVERHEAD_BYTES = 192;

    private static final byte[] NONE = {};

    private final String id;
    private final long millis;
    private final Level level;
    private final byte @Nullable [] head;
    private final byte[] body;
    private final long sequence;
    private final long takenNanos;
    private int attempts;
    private volatile boolean settled;

    /**
     * @param millis     the event's own time, since 1970
     * @param head       what the protocol puts in front of the body; null if it puts nothing there
     * @param body       the encoder's bytes, without the line end
     * @param sequence   the number that a front gave it; 0 if it comes from a logger
     * @param takenNanos when it was taken, on the engine's ticker
     */
    Message(String id, long millis, Level level, byte @Nullable [] head, byte[] body, long sequence, long takenNanos) {
        this.id = id;
        this.millis = millis;
        this.level = level;
        this.head = head;
        this.body = body;
        this.sequence = sequence;
        this.takenNanos = takenNanos;
    }

    /** The event's {@code event.id}. */
    public String id() {
        return id;
    }

    /** The event's own time, in milliseconds since 1970. */
    public long millis() {
        return millis;
    }

    /** The event's level. */
    public Level level() {
        return level;
    }

    /** What the protocol puts in front of the body; empty if nothing. Not to be changed. */
    public byte[] head() {
        return head == null ? NONE : head;
    }

    /** The encoder's bytes, without the line end. Not to be changed. */
    public byte[] body() {
        return body;
    }

    /** Of head and body. */
    public int bytes() {
        return head().length + body.length;
    }

    /** How many bytes it keeps on the heap, about. */
    long weight() {
        return OVERHEAD_BYTES + bytes();
    }

    long sequence() {
        return sequence;
    }

    long takenNanos() {
        return takenNanos;
    }

    /** How often it was sent; the sender's thread. */
    int attempts() {
        return attempts;
    }

    void attempted() {
        attempts++;
    }

    boolean isSettled() {
        return settled;
    }

    void settle() {
        settled = true;
    }
}
