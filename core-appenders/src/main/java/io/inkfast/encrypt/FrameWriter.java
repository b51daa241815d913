package io.inkfast.encrypt;

import io.inkfast.encrypt.LogFormat.FileHeader;
import io.inkfast.file.FileFormat;
import io.inkfast.internal.Ticker;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/*
 * A session never goes on after the file was opened anew: a frame that is torn was encrypted with this key once already,
 * and may have been read by somebody.
 */
/** The files of an encrypted log, one after another, and the sessions in each. One thread at a time. */
final class FrameWriter implements FileFormat {

    /** What becomes of files that cannot be appended to as they are. */
    interface Report {
        /** The last frame was not complete; its bytes are in another file. */
        void cut(Path file, Path torn, long bytes);

        /** It is damaged, or no encrypted log, and has another name now. */
        void setAside(Path file, Path aside);
    }

    private static final int MOST_SESSIONS = 0xffff;

    private final SessionMaker sessions;
    private final Report report;
    private final Ticker ticker;
    private final LongSupplier millis;
    private final long heartbeatNanos;
    private final boolean anchors;

    private final UUID stream = UUID.randomUUID();
    private UUID nextFile = UUID.randomUUID();
    private @Nullable Path path;
    private @Nullable FrameFile file;
    private @Nullable Session session;

    /* Whether there may be a note of what this file was to begin with. */
    private boolean noted;
    private long discarded;
    private long beatAt;
    private volatile @Nullable LogAnchor anchor;

    /**
     * @param heartbeatNanos after which a frame is written though no event comes; 0 for never
     * @param anchors        whether {@link #anchor} is asked for
     */
    FrameWriter(
            SessionMaker sessions,
            Report report,
            Ticker ticker,
            LongSupplier millis,
            long heartbeatNanos,
            boolean anchors) {
        this.sessions = sessions;
        this.report = report;
        this.ticker = ticker;
        this.millis = millis;
        this.heartbeatNanos = heartbeatNanos;
        this.anchors = anchors;
    }

    @Override
    public byte @Nullable [] begin(Path path, long size, byte[] header) throws IOException {
        session = null;
        FrameFile next;
        KeyBody.Earlier earlier = null;
        KeyBody.Before before = null;
        FrameBuffer out = new FrameBuffer();
        if (size == 0) {
            Successor successor = successor(path);
            next = new FrameFile(
                    successor == null ? new FileHeader(LogFormat.VERSION, nextFile, stream, 0) : successor.header());
            before = successor == null ? null : successor.before();
            nextFile = UUID.randomUUID();
            out.file(next.header());
        } else {
            FrameFile existing = open(path, size);
            if (existing == null) {
                return null;
            }
            next = existing;
            earlier = new KeyBody.Earlier(next.frames() - 1, next.digest(), discarded);
        }
        discarded = 0;
        noted = true;
        this.path = path;
        file = next;
        Session begun = begin(out, next, earlier, before);
        if (header.length > 0) {
            begun.data(out, next, header, 0, header.length, 0, 0, 0);
        }
        return out.toBytes();
    }

    /* Null if it is the first of its log. */
    private @Nullable Successor successor(Path path) {
        FrameFile last = file;
        return last == null ? Successor.of(path) : successor(last);
    }

    private Successor successor(FrameFile last) {
        FileHeader before = last.header();
        return new Successor(
                new FileHeader(LogFormat.VERSION, nextFile, before.stream(), before.sequence() + 1), last.asBefore());
    }

    /* Its first frame is written: a note of it would be wrong for any other file. */
    private void begun() {
        if (noted && path != null) {
            Successor.forget(path);
            noted = false;
        }
    }

    /* Null if the file had to be repaired. */
    private @Nullable FrameFile open(Path path, long size) throws IOException {
        ExistingLog found;
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            found = ExistingLog.read(LogSource.of(channel));
        }
        FileHeader header = found.file();
        boolean begun = found.tree().frames() > 0;
        if (!begun && (size < LogFormat.HEADER_BYTES || found.rest() == FrameScan.Rest.CUT)) {
            // Nothing can be read of what was to be its first frame.
            report.cut(path, LogRepair.cut(path, 0), size);
            return null;
        }
        if (header == null || !begun || !isUsable(header, found)) {
            report.setAside(path, LogRepair.setAside(path, "damaged"));
            file = header == null ? file : new FrameFile(header, found);
            return null;
        }
        if (found.rest() != FrameScan.Rest.NOTHING) {
            report.cut(path, LogRepair.cut(path, found.end()), size - found.end());
            discarded = size - found.end();
            return null;
        }
        return new FrameFile(header, found);
    }

    private static boolean isUsable(FileHeader header, ExistingLog found) {
        return header.major() == LogFormat.VERSION && !found.damaged() && found.session() < MOST_SESSIONS;
    }

    private Session begin(
            FrameBuffer out, FrameFile in, KeyBody.@Nullable Earlier earlier, KeyBody.@Nullable Before before)
            throws IOException {
        Session begun = sessions.begin(out, in, earlier, before, millis.getAsLong(), ticker.nanos());
        session = begun;
        beatAt = ticker.nanos();
        return begun;
    }

    @Override
    public ByteBuffer seal(byte[] bytes, int from, int to, int events, long firstMillis, long lastMillis)
            throws IOException {
        begun();
        FrameFile in = current();
        Session now = session(in);
        FrameBuffer out = now.buffer();
        if (now.isSpent(ticker.nanos()) && in.session() < MOST_SESSIONS) {
            now = begin(out, in, new KeyBody.Earlier(in.frames() - 1, in.digest(), 0), null);
        }
        now.data(out, in, bytes, from, to - from, events, firstMillis, lastMillis);
        return out.toBuffer();
    }

    @Override
    public byte[] idle() throws IOException {
        begun();
        FrameFile in = file;
        Session now = session;
        FrameBuffer out = new FrameBuffer();
        long nanos = ticker.nanos();
        LogAnchor known = anchor;
        if (in != null && anchors && (known == null || known.frames() != in.frames() || !in.is(known))) {
            anchor = LogAnchor.of(in.header().stream(), in.header().file(), in.frames(), in.digest());
        }
        if (in != null && now != null && heartbeatNanos > 0 && nanos - beatAt >= heartbeatNanos) {
            beatAt = nanos;
            now.totals(out, in, LogFormat.HEARTBEAT, Totals.GOES_ON, Totals.NO_FILE, millis.getAsLong());
        }
        return out.toBytes();
    }

    @Override
    public byte[] end(boolean rolled, byte[] footer) throws IOException {
        begun();
        FrameFile in = file;
        Session now = session;
        FrameBuffer out = new FrameBuffer();
        if (in != null && now != null) {
            if (footer.length > 0) {
                now.data(out, in, footer, 0, footer.length, 0, 0, 0);
            }
            byte reason = rolled ? Totals.ROLLED : Totals.STOPPED;
            now.totals(out, in, LogFormat.CLOSE, reason, rolled ? nextFile : Totals.NO_FILE, millis.getAsLong());
            in.ended(reason);
            session = null;
            if (rolled && path != null) {
                successor(in).note(path);
            }
        }
        return out.toBytes();
    }

    /** What the file held when {@link #idle} was called last; null if that is not known yet. Any thread. */
    @Nullable
    LogAnchor anchor() {
        return anchor;
    }

    private FrameFile current() throws IOException {
        FrameFile in = file;
        if (in == null) {
            throw new IOException("no file was begun");
        }
        return in;
    }

    private Session session(FrameFile in) throws IOException {
        Session now = session;
        if (now == null) {
            throw new IOException("no session was begun in [" + in.header().file() + "]");
        }
        return now;
    }
}
