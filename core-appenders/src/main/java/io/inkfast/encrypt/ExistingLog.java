package io.inkfast.encrypt;

import io.inkfast.encrypt.LogFormat.FileHeader;
import io.inkfast.encrypt.LogFormat.FrameHeader;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What a file holds that is going to be appended to, as far as that can be told without a key.
 *
 * @param file    null if it is no encrypted log, or its header is damaged
 * @param tree    over all frames
 * @param session the last one; -1 if there is none
 * @param end     where the last frame ends
 * @param damaged whether something in front of that is not as it was written
 * @param rest    what is behind it
 */
record ExistingLog(
        @Nullable FileHeader file,
        FrameTree tree,
        int session,
        long events,
        long bytes,
        long end,
        boolean damaged,
        FrameScan.Rest rest) {

    static ExistingLog read(LogSource source) throws IOException {
        FrameScan scan = new FrameScan(source);
        FrameTree tree = new FrameTree();
        int session = -1;
        long events = 0;
        long bytes = 0;
        boolean damaged = false;
        FrameScan.Found found = scan.header() == null ? FrameScan.Found.END : scan.next();
        while (found != FrameScan.Found.END) {
            FrameHeader frame = scan.frame();
            if (found == FrameScan.Found.DAMAGE || frame == null) {
                damaged = true;
            } else {
                damaged |= frame.number() != tree.frames();
                tree.add(frame, scan.bytes(), 0, scan.bytes(), LogFormat.FRAME_HEADER_BYTES);
                session = Math.max(session, frame.session());
                events += frame.type() == LogFormat.DATA ? frame.events() : 0;
                bytes += frame.type() == LogFormat.DATA ? frame.plainBytes() : 0;
            }
            found = scan.next();
        }
        return new ExistingLog(scan.header(), tree, session, events, bytes, scan.start(), damaged, scan.rest());
    }
}
