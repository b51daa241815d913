package io.inkfast.net;

import io.inkfast.internal.Settings;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The messages that were written last, up to so many bytes: the peer may not have read them. One thread.
 *
 * @since 0.1.0
 */
public final class Tail {

    private static final long DEFAULT_BYTES = 8L << 20;
    private static final int MOST_REPLAYS = 4;
    private static final int LEAST_PARTS = 1024;
    private static final long MOST_BYTES = 1L << 30;

    private final long maxBytes;
    private final Deque<Message> messages = new ArrayDeque<>();
    private long bytes;
    private final AtomicLong repeated = new AtomicLong();

    /** Of the size in {@code <replayTail>}: 8 MB by default, from 0, for none, to 1 GB. */
    public static Tail read(@Nullable String replayTail, Settings settings) {
        return new Tail(settings.bytes("replayTail", replayTail, DEFAULT_BYTES, 0, MOST_BYTES));
    }

    Tail(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** It was written. */
    void add(Message message) {
        if (maxBytes == 0) {
            return;
        }
        repeated.set(0);
        messages.add(message);
        bytes += message.bytes() + 1L;
        while (bytes > maxBytes && messages.size() > 1) {
            bytes -= messages.removeFirst().bytes() + 1L;
        }
    }

    /** Whether nothing is ever kept; any thread. */
    boolean isNone() {
        return maxBytes == 0;
    }

    /**
     * Whether it may go once more to a new connection although nothing else does: a long one a few times, a short one that
     * costs little very often. Any thread.
     */
    boolean isDue() {
        return repeated.get() < MOST_REPLAYS * maxBytes;
    }

    /** All of them, oldest first, to be written once more. */
    List<Message> replay() {
        repeated.addAndGet(Math.max(bytes, maxBytes / LEAST_PARTS + 1));
        return List.copyOf(messages);
    }
}
