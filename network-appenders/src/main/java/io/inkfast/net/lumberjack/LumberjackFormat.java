package io.inkfast.net.lumberjack;

import io.inkfast.net.Batch;
import io.inkfast.net.Outgoing;
import java.io.IOException;
import java.util.zip.Deflater;

/**
 * Lumberjack, version 2, as the beats input of Logstash reads it. Numbers are unsigned and have four bytes, the highest
 * first. A window, and what is answered to it:
 *
 * <pre>
 * '2' 'W'  count                       so many events follow, as
 * '2' 'J'  sequence  length  bytes     an event: a JSON object; the first of a window has sequence 1; or
 * '2' 'C'  length  bytes               frames of events, compressed in the format of zlib
 *
 * '2' 'A'  sequence                    all up to that one are taken; 0: none more, but the peer is at work
 * </pre>
 *
 * <p>The peer may answer a window in several steps, and says 0 while that takes long. See {@code PROTOCOL.md} of the library
 * go-lumber, and the sources of logstash-input-beats.
 */
final class LumberjackFormat {

    static final int ACK_BYTES = 6;

    private static final int VERSION = '2';
    private static final int CHUNK = 8192;

    private LumberjackFormat() {}

    /**
     * Adds a window.
     *
     * @param level of compression, 1 to 9; 0 for none
     * @param frames used in between where something is compressed; empty before and after
     */
    static void window(Batch batch, int from, int to, int level, Outgoing frames, Outgoing out) {
        out.put(VERSION);
        out.put('W');
        out.putInt(to - from);
        if (level == 0) {
            events(batch, from, to, out);
            return;
        }
        events(batch, from, to, frames);
        byte[] compressed = deflate(frames.toBytes(), level);
        frames.clear();
        out.put(VERSION);
        out.put('C');
        out.putInt(compressed.length);
        out.put(compressed);
    }

    private static void events(Batch batch, int from, int to, Outgoing out) {
        for (int i = from; i < to; i++) {
            byte[] event = batch.message(i).body();
            out.put(VERSION);
            out.put('J');
            out.putInt(i - from + 1);
            out.putInt(event.length);
            out.put(event);
        }
    }

    private static byte[] deflate(byte[] bytes, int level) {
        Outgoing out = new Outgoing();
        Deflater deflater = new Deflater(level);
        try {
            deflater.setInput(bytes);
            deflater.finish();
            byte[] chunk = new byte[CHUNK];
            while (!deflater.finished()) {
                out.put(chunk, 0, deflater.deflate(chunk));
            }
            return out.toBytes();
        } finally {
            deflater.end();
        }
    }

    /**
     * Reads an acknowledgement of {@link #ACK_BYTES} bytes.
     *
     * @return the sequence
     * @throws IOException if it is none
     */
    static long ack(byte[] bytes) throws IOException {
        if (bytes[0] != VERSION || bytes[1] != 'A') {
            throw new IOException("the peer does not speak Lumberjack 2");
        }
        long sequence = 0;
        for (int i = 2; i < ACK_BYTES; i++) {
            sequence = (sequence << 8) | (bytes[i] & 0xff);
        }
        return sequence;
    }
}
