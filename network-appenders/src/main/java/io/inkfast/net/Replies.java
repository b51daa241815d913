package io.inkfast.net;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * What a peer answers over one connection. The thread that reads adds, the one that sends takes.
 *
 * @since 0.1.0
 */
public final class Replies<R> {

    private static final int MOST = 1 << 16;

    private final Queue<R> waiting = new ArrayDeque<>();
    private @Nullable IOException end;

    /** None yet. */
    public Replies() {}

    /**
     * The reading thread's.
     *
     * @throws IOException if the peer answers more than it was asked
     */
    public synchronized void add(R reply) throws IOException {
        if (waiting.size() == MOST) {
            throw new IOException("the peer answers more than it was asked");
        }
        waiting.add(reply);
        notifyAll();
    }

    /** Nothing will come any more; any thread. */
    public synchronized void ended(IOException why) {
        end = why;
        notifyAll();
    }

    /** The next one, if it is there. */
    public synchronized @Nullable R poll() {
        return waiting.poll();
    }

    /**
     * The next one.
     *
     * @throws IOException if the connection has ended, or nothing has come in this time
     */
    public synchronized R take(Duration limit) throws IOException {
        long deadline = System.nanoTime() + limit.toNanos();
        R reply = waiting.poll();
        while (reply == null) {
            if (end != null) {
                throw new IOException(end.getMessage(), end);
            }
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                throw new SocketTimeoutException("no acknowledgement in " + limit.toMillis() + " ms");
            }
            try {
                wait(left / 1_000_000 + 1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted");
            }
            reply = waiting.poll();
        }
        return reply;
    }
}
