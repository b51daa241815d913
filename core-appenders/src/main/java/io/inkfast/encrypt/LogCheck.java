package io.inkfast.encrypt;

import io.inkfast.encrypt.LogFinding.Kind;
import io.inkfast.encrypt.LogFormat.FileHeader;
import io.inkfast.encrypt.LogFormat.FrameHeader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whether the frames of a file are all there, each once and in order; and what is found to be wrong. One thread. */
final class LogCheck {

    private final List<LogFinding> findings = new ArrayList<>();
    private final FrameTree tree = new FrameTree();
    private final BitSet given = new BitSet();
    private final Map<Long, String> anchors = new HashMap<>();
    private long expected;
    private boolean intact = true;
    private boolean skips;
    private boolean behindDamage;

    /** Frames are passed over: what only all of them show is not looked at. */
    void skips() {
        skips = true;
        intact = false;
    }

    /** A frame whose checksums are right. */
    void order(FrameHeader header, long offset) {
        long number = header.number();
        if (number > expected && !skips && !behindDamage) {
            String which = number - 1 == expected ? "frame " + expected : "frames " + expected + " to " + (number - 1);
            find(Kind.MISSING, offset, expected, which + " should be here");
        } else if (number < expected) {
            find(
                    Kind.MISPLACED,
                    offset,
                    number,
                    "frame " + number + " should not be here, behind frame " + (expected - 1));
        }
        behindDamage = false;
        expected = Math.max(expected, number + 1);
    }

    /** The same frame, when all has been said of it and of those before. */
    void add(FrameHeader header, byte[] frame, long end) {
        tree.add(header, frame, 0, frame, LogFormat.FRAME_HEADER_BYTES);
        String anchored = anchors.remove(tree.frames());
        if (anchored != null && !anchored.equals(LogSummary.name(tree.root()))) {
            find(
                    Kind.FORGED,
                    end,
                    header.number(),
                    "the first " + tree.frames() + " frames are not those that were anchored");
        }
    }

    /** What the file is known to have held. */
    void anchor(long frames, String digest) {
        anchors.put(frames, digest);
    }

    /** At the end of the file: what is anchored and not there. */
    void missingAnchors(long end) {
        if (!anchors.isEmpty() && !skips) {
            long most = Collections.max(anchors.keySet());
            anchors.clear();
            find(Kind.MISSING, end, tree.frames(), most + " frames were anchored, and " + tree.frames() + " are there");
        }
    }

    /** Bytes that are no frame, or one whose checksum is wrong. */
    void damage(@Nullable FrameHeader header, long from, long to) {
        long number = header == null ? expected : header.number();
        find(Kind.DAMAGED, from, number, "bytes " + from + " to " + (to - 1) + " are damaged");
        expected = Math.max(expected, number + (header == null ? 0 : 1));
        behindDamage = header == null;
    }

    void find(Kind kind, long offset, long frame, String text) {
        intact &= kind == Kind.LOCKED || kind == Kind.CUT;
        findings.add(new LogFinding(kind, offset, frame, text));
    }

    /** What a KEY frame says of its file and of the frames before it. */
    void key(FrameHeader header, KeyBody body, @Nullable FileHeader file, long offset) {
        if (file != null && !file.equals(body.file())) {
            find(Kind.FORGED, offset, header.number(), "the session belongs to another file");
        }
        KeyBody.Earlier earlier = body.sessions();
        if (header.session() == 0 && header.number() == 0) {
            return;
        }
        if (earlier == null || earlier.lastFrame() != header.number() - 1) {
            find(Kind.FORGED, offset, header.number(), "the session does not follow what is in front of it");
        } else if (intact && !Arrays.equals(earlier.digest(), tree.root())) {
            find(Kind.FORGED, offset, header.number(), "frames in front of the session are not those that were there");
        }
    }

    /** What a HEARTBEAT or CLOSE frame says of the frames before it. */
    void totals(FrameHeader header, Totals totals, long offset) {
        boolean same = totals.frames() == header.number() && Arrays.equals(totals.digest(), tree.root());
        if (intact && !same) {
            find(Kind.FORGED, offset, header.number(), "frames in front of this one are not those that were there");
        }
    }

    /** Whether a frame is given for the first time. */
    boolean isNew(long number) {
        if (number > Integer.MAX_VALUE || given.get((int) number)) {
            return number > Integer.MAX_VALUE;
        }
        given.set((int) number);
        return true;
    }

    /** The number of the next frame. */
    long expected() {
        return expected;
    }

    long frames() {
        return tree.frames();
    }

    byte[] digest() {
        return tree.root();
    }

    List<LogFinding> findings() {
        return List.copyOf(findings);
    }

    boolean has(Kind kind) {
        return findings.stream().anyMatch(finding -> finding.kind() == kind);
    }
}
