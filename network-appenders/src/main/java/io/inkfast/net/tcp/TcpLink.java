package io.inkfast.net.tcp;

import io.inkfast.net.Answer;
import io.inkfast.net.Batch;
import io.inkfast.net.Link;
import io.inkfast.net.Message;
import io.inkfast.net.SocketNetworkAppender.Opener;
import io.inkfast.net.SocketPeer;
import java.io.IOException;
import java.util.List;

/** Lines over one connection. It begins with the tail of the one before. */
final class TcpLink implements Link {

    private static final int CHUNK = 64 << 10;

    private final SocketPeer peer;
    private final Tail tail;
    private byte[] buffer = new byte[CHUNK];
    private int size;
    private List<Message> before;

    TcpLink(Opener opener, Tail tail) throws IOException {
        // What a peer says is of no interest; that it says nothing more is.
        peer = opener.open((bytes, length) -> {});
        this.tail = tail;
        before = tail.messages();
    }

    @Override
    public Answer send(Batch batch) throws IOException {
        if (!before.isEmpty()) {
            for (Message message : before) {
                add(message);
            }
            flush();
            before = List.of();
        }
        int written = 0;
        for (int i = 0; i < batch.size(); i++) {
            add(batch.message(i));
            if (size >= CHUNK || i == batch.size() - 1) {
                flush();
                for (; written <= i; written++) {
                    tail.add(batch.message(written));
                    batch.accepted(written);
                }
            }
        }
        return Answer.EACH;
    }

    private void add(Message message) throws IOException {
        byte[] body = message.body();
        int needed = body.length + 1;
        if (size > 0 && size + needed > buffer.length && size >= CHUNK) {
            flush();
        }
        if (size + needed > buffer.length) {
            buffer = java.util.Arrays.copyOf(buffer, Math.max(size + needed, buffer.length * 2));
        }
        System.arraycopy(body, 0, buffer, size, body.length);
        size += needed;
        buffer[size - 1] = '\n';
    }

    private void flush() throws IOException {
        peer.write(buffer, 0, size);
        size = 0;
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
