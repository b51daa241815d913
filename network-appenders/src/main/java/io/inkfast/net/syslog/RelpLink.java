package io.inkfast.net.syslog;

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
 * Answers come one by one, mostly in order; at most a window of requests is without one. When the connection breaks, the peer
 * may have taken that many, and they are sent again.
 */
/** A RELP session over one connection. */
final class RelpLink implements Link {

    private static final int OK = 200;

    private final SocketPeer peer;
    private final Replies<RelpFormat.Frame> replies = new Replies<>();
    private final Outgoing out = new Outgoing();
    private final int window;
    private final Duration answerLimit;
    private int number = 1;
    private boolean idle;

    /**
     * @param window      how many requests may be without an answer
     * @param answerLimit how long the peer may say nothing
     */
    RelpLink(Opener opener, int window, Duration answerLimit) throws IOException {
        this.window = window;
        this.answerLimit = answerLimit;
        peer = opener.open(new RelpReader(replies));
        try {
            open();
        } catch (IOException | RuntimeException e) {
            peer.close();
            throw e;
        }
    }

    private void open() throws IOException {
        RelpFormat.open(number, out);
        out.askOf(peer);
        RelpFormat.Frame answer = replies.take(answerLimit);
        if (answer.number() != number || answer.status() != OK) {
            throw new IOException("the peer does not open a RELP session: status " + answer.status());
        }
        number = RelpFormat.after(number);
        idle = true;
    }

    @Override
    public Answer send(Batch batch) throws IOException {
        idle = false;
        int first = number;
        int sent = 0;
        int answered = 0;
        boolean[] done = new boolean[batch.size()];
        while (answered < batch.size()) {
            while (sent < batch.size() && sent - answered < window && !out.isFull()) {
                RelpFormat.syslog(number, batch.message(sent++), out);
                number = RelpFormat.after(number);
            }
            if (out.size() > 0) {
                out.askOf(peer);
            }
            boolean room = sent < batch.size() && sent - answered < window;
            RelpFormat.Frame answer = room ? replies.poll() : replies.take(answerLimit);
            while (answer != null) {
                int index = Math.floorMod(answer.number() - first, RelpFormat.LAST_NUMBER);
                if (index >= sent || done[index]) {
                    throw new IOException("the peer answers what it was not asked");
                }
                done[index] = true;
                answered++;
                say(answer, index, batch);
                answer = replies.poll();
            }
        }
        idle = true;
        return Answer.EACH;
    }

    private static void say(RelpFormat.Frame answer, int index, Batch batch) throws IOException {
        int status = answer.status();
        if (status == 0) {
            throw new IOException("the peer does not speak RELP");
        }
        if (status == OK) {
            batch.accepted(index);
        } else {
            batch.again(index, "RELP status " + status);
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

    /* A session in which nothing is open may be ended as the protocol wants it; there is room for that in the kernel. */
    @Override
    public void close() {
        if (idle && peer.isOpen()) {
            RelpFormat.close(number, out);
            out.askOf(peer);
        }
        peer.close();
    }
}
