package io.inkfast.encrypt;

import java.nio.ByteBuffer;
import java.util.UUID;

/**
 * What a file holds up to a CLOSE or HEARTBEAT frame, which has this as its plain text: frames before it 8 | events 8 |
 * plain bytes 8 | digest over those frames 32 | reason 1 | id of the next file 16.
 *
 * @param events   the sum over the headers of DATA frames
 * @param bytes    the same of their bytes before deflation and encryption
 * @param next     the id that the file after this one will have; all zeros if that is not known
 */
record Totals(long frames, long events, long bytes, byte[] digest, byte reason, UUID next) {

    static final int BYTES = 8 + 8 + 8 + FrameTree.BYTES + 1 + 16;

    /** Of a heartbeat. */
    static final byte GOES_ON = 0;
    /** Another file follows. */
    static final byte ROLLED = 1;
    /** The appender was stopped. */
    static final byte STOPPED = 2;

    static final UUID NO_FILE = new UUID(0, 0);

    byte[] toBytes() {
        ByteBuffer out = LogFormat.little(new byte[BYTES]);
        out.putLong(frames).putLong(events).putLong(bytes).put(digest).put(reason);
        LogFormat.putId(out, next);
        return out.array();
    }

    static Totals of(byte[] bytes) {
        ByteBuffer in = LogFormat.little(bytes);
        long frames = in.getLong();
        long events = in.getLong();
        long plain = in.getLong();
        byte[] digest = new byte[FrameTree.BYTES];
        in.get(digest);
        return new Totals(frames, events, plain, digest, in.get(), LogFormat.id(in));
    }
}
