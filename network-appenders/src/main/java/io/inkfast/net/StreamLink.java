package io.inkfast.net;

import io.inkfast.internal.Ticker;
import io.inkfast.net.SocketNetworkAppender.Opener;
import java.io.IOException;
import java.util.List;

/**
 * Messages one after the other over one connection, in a protocol that acknowledges nothing. It begins with the tail of the
 * connection before.
 *
 * @since 0.1.0
 */
public final class StreamLink implements Link {

    /** How one message is told from the next. */
    @FunctionalInterface
    public interface Framing {
        /** Adds the message, with what stands around it. */
        void add(Message message, Outgoing out);
    }

    private static final long QUIET_NANOS = 30_000_000_000L;

    private final SocketPeer peer;
    private final Tail tail;
    private final Framing framing;
    private final Ticker ticker;
    private final Outgoing out = new Outgoing();
    private List<Message> before;
    private volatile boolean wrote;
    private volatile long wroteAt;

    /** Connects. */
    public StreamLink(Opener opener, Tail tail, Framing framing) throws IOException {
        this(opener, tail, framing, Ticker.SYSTEM);
    }

    StreamLink(Opener opener, Tail tail, Framing framing, Ticker ticker) throws IOException {
        // What a peer says is of no interest; that it says nothing more is.
        peer = opener.open((bytes, length) -> {});
        this.tail = tail;
        this.framing = framing;
        this.ticker = ticker;
        before = tail.replay();
    }

    @Override
    public Answer send(Batch batch) throws IOException {
        wrote = true;
        try {
            write(batch);
        } finally {
            // A peer that reads slowly may have made it wait for long.
            wroteAt = ticker.nanos();
        }
        return Answer.EACH;
    }

    private void write(Batch batch) throws IOException {
        if (!before.isEmpty()) {
            for (Message message : before) {
                framing.add(message, out);
                if (out.isFull()) {
                    out.writeTo(peer);
                }
            }
            out.writeTo(peer);
            before = List.of();
        }
        int written = 0;
        for (int i = 0; i < batch.size(); i++) {
            framing.add(batch.message(i), out);
            if (out.isFull() || i == batch.size() - 1) {
                out.writeTo(peer);
                for (; written <= i; written++) {
                    tail.add(batch.message(written));
                    batch.sent(written);
                }
            }
        }
    }

    /*
     * A connection that breaks soon has lost something, however often. Who closes one properly has read it all, if it was
     * quiet for long; else he may be a proxy without a server. Where it cannot be told the same is not sent for ever.
     */
    @Override
    public boolean owes() {
        boolean lately = ticker.nanos() - wroteAt < QUIET_NANOS;
        if (!wrote || tail.isNone()) {
            return false;
        }
        return peer.isBroken() ? lately || tail.isDue() : lately && tail.isDue();
    }

    @Override
    public boolean isAlive() {
        return peer.isOpen();
    }

    @Override
    public void abort() {
        peer.close();
    }

    @Override
    public void close() {
        peer.close();
    }
}
