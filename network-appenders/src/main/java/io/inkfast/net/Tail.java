package io.inkfast.net.tcp;

import io.inkfast.net.Message;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The messages that were written last, up to so many bytes: the peer may not have read them. One thread. */
final class Tail {

    private final long maxBytes;
    private final Deque<Message> messages = new ArrayDeque<>();
    private long bytes;

    Tail(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** It was written. */
    void add(Message message) {
        if (maxBytes == 0) {
            return;
        }
        messages.add(message);
        bytes += message.bytes() + 1L;
        while (bytes > maxBytes && messages.size() > 1) {
            bytes -= messages.removeFirst().bytes() + 1L;
        }
    }

    /** All of them, oldest first. */
    List<Message> messages() {
        return List.copyOf(messages);
    }
}
