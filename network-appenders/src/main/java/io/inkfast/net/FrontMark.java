package io.inkfast.net;

import java.util.ArrayDeque;

/** Up to where the events of a front are settled, in whatever order they were. Any thread. */
final class FrontMark {

    private final ArrayDeque<Message> open = new ArrayDeque<>();
    private long taken;

    /** A message was put into the queue, or is about to be. */
    synchronized void taken(Message message) {
        open.add(message);
        taken = message.sequence();
    }

    /** It was not, after all; it is the newest one. */
    synchronized void notTaken(Message message) {
        open.removeLast();
        taken = message.sequence() - 1;
    }

    /** An event of this number is done with already: filtered out, or failed. */
    synchronized void done(long sequence) {
        taken = sequence;
    }

    /** The highest number up to which all are settled. */
    synchronized long settled() {
        while (!open.isEmpty() && open.peek().isSettled()) {
            open.poll();
        }
        return open.isEmpty() ? taken : open.peek().sequence() - 1;
    }
}
