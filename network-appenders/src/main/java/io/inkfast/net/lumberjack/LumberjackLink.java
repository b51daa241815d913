package io.inkfast.net.lumberjack;

import io.inkfast.net.Answer;
import io.inkfast.net.Batch;
import io.inkfast.net.Link;
import io.inkfast.net.Outgoing;
import io.inkfast.net.Replies;
import io.inkfast.net.SocketNetworkAppender.Opener;
import io.inkfast.net.SocketPeer;
import java.io.IOException;
import java.time.Duration;

/*
 * One window is under way at a time: a peer that dies has at most that many events twice. A new connection begins with a small
 * one, since the peer may have died of the last.
 */
/** Windows over one connection. */
final class LumberjackLink implements Link {

    private static final int FIRST_WINDOW = 32;

    private final SocketPeer peer;
    private final Replies<Long> replies = new Replies<>();
    private final Outgoing out = new Outgoing();
    private final Outgoing frames = new Outgoing();
    private final Limits limits;
    private int window;

    /**
     * @param window how many events are under way at most
     * @param level  of compression; 0 for none
     * @param answer how long the peer may say nothing
     */
    record Limits(int window, int level, Duration answer) {}

    LumberjackLink(Opener opener, Limits limits) throws IOException {
        this.limits = limits;
        window = Math.min(FIRST_WINDOW, limits.window());
        peer = opener.open(new Acknowledgements(replies));
    }

    @Override
    public Answer send(Batch batch) throws IOException {
        int from = 0;
        while (from < batch.size()) {
            int to = Math.min(batch.size(), from + window);
            quiet();
            LumberjackFormat.window(batch, from, to, limits.level(), frames, out);
            out.askOf(peer);
            acknowledged(batch, from, to);
            from = to;
            window = Math.min(limits.window(), window * 2);
        }
        return Answer.EACH;
    }

    private void acknowledged(Batch batch, int from, int to) throws IOException {
        long taken = 0;
        while (taken < to - from) {
            long next = replies.take(limits.answer());
            if (next == 0) {
                // It is at work: the time begins anew.
                continue;
            }
            if (next <= taken || next > to - from) {
                throw new IOException("the peer acknowledged event " + next + " of a window of " + (to - from));
            }
            batch.acceptedUpTo(from + (int) next);
            taken = next;
        }
    }

    /* A peer at work may have said so once more after all was taken; a number would count for the next window. */
    private void quiet() throws IOException {
        Long idle = replies.poll();
        while (idle != null) {
            if (idle != 0) {
                throw new IOException("the peer acknowledged event " + idle + ", and no window is under way");
            }
            idle = replies.poll();
        }
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
