package io.inkfast.encrypt;

import java.nio.ByteBuffer;
import java.util.UUID;

/**
 * What a file holds up to a CLOSE or HEARTBEAT frame, which has this as its plain text:
 *
 * <pre>
 *  0  8  frames before it
 *  8  8  events: the sum over the headers of DATA frames, so 0 where they are hidden
 * 16  8  the sum over the same of their bytes before deflation and encryption
 * 24 32  digest over those frames
 * 56  1  reason: 0 the file goes on, of HEARTBEAT; 1 rolled, 2 stopped, of CLOSE
 * 57 16  id that the file after this one will have; zeros if that is not known
 * </pre>
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
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
        byte[] plain = new byte[BYTES];
        ByteBuffer out = LogFormat.little(plain);
        out.putLong(frames).putLong(events).putLong(bytes).put(digest).put(reason);
        LogFormat.putId(out, next);
        return plain;
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
