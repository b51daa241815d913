package io.inkfast.net.lumberjack;

import io.inkfast.net.Replies;
import io.inkfast.net.SocketPeer;
import java.io.IOException;

/** Makes numbers of the bytes that come. The reading thread. */
final class Acknowledgements implements SocketPeer.Reader {

    private final Replies<Long> replies;
    private final byte[] frame = new byte[LumberjackFormat.ACK_BYTES];
    private int have;

    Acknowledgements(Replies<Long> replies) {
        this.replies = replies;
    }

    @Override
    public void read(byte[] bytes, int length) throws IOException {
        for (int i = 0; i < length; i++) {
            frame[have++] = bytes[i];
            if (have == frame.length) {
                have = 0;
                replies.add(LumberjackFormat.ack(frame));
            }
        }
    }

    @Override
    public void ended(IOException why) {
        replies.ended(why);
    }
}
