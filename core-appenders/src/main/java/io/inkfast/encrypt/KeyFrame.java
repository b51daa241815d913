package io.inkfast.encrypt;

import io.inkfast.encrypt.LogFormat.FrameHeader;
import org.jspecify.annotations.Nullable;

/** The KEY frame of a session, as it stands in a KEY COPY frame. */
final class KeyFrame {

    private KeyFrame() {}

    /** The whole KEY frame; null if the frame holds none, or that of another session. */
    static byte @Nullable [] ofCopy(FrameHeader copy, byte[] frame) {
        int body = LogFormat.FRAME_HEADER_BYTES;
        byte[] key = new byte[LogFormat.MARKER_BYTES + copy.bodyBytes()];
        LogFormat.little(key).putInt(LogFormat.MARKER);
        System.arraycopy(frame, body, key, LogFormat.MARKER_BYTES, copy.bodyBytes());
        FrameHeader original = key.length < body ? null : FrameHeader.read(key, 0);
        boolean whole = original != null
                && original.type() == LogFormat.KEY
                && original.bytes() == key.length
                && LogFormat.isWhole(key, body, original.bodyBytes());
        return original != null && whole && isCopy(copy, original) ? key : null;
    }

    private static boolean isCopy(FrameHeader copy, FrameHeader original) {
        return copy.equals(new FrameHeader(
                LogFormat.KEY_COPY,
                original.flags(),
                original.session(),
                original.number() + 1,
                original.firstMillis(),
                original.lastMillis(),
                original.events(),
                original.bytes() - LogFormat.MARKER_BYTES,
                original.bytes() - LogFormat.MARKER_BYTES));
    }
}
