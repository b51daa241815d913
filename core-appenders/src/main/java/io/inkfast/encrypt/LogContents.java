package io.inkfast.encrypt;

import io.inkfast.encrypt.LogFinding.Kind;
import io.inkfast.encrypt.LogFormat.FileHeader;
import io.inkfast.encrypt.LogFormat.FrameHeader;
import io.inkfast.keys.KeysetException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What the frames of a file hold, frame by frame in their order, and what they say of the file. One thread. */
final class LogContents {

    private final LogSessions sessions;
    private final LogCheck check;
    private final boolean hasKeyset;
    private @Nullable FileHeader file;
    private KeyBody.@Nullable Before before;
    private int session = -1;
    private long start;
    private long events;
    private long firstMillis;
    private long lastMillis;
    private @Nullable Totals last;
    private LogSummary.End end = LogSummary.End.NOT_CLOSED;

    /** @param file its header; null if it is damaged: then that of the first session counts */
    LogContents(LogSessions sessions, LogCheck check, boolean hasKeyset, @Nullable FileHeader file) {
        this.sessions = sessions;
        this.check = check;
        this.hasKeyset = hasKeyset;
        this.file = file;
    }

    /** Null if it is not known. */
    @Nullable
    FileHeader file() {
        return file;
    }

    boolean isClosed() {
        return end != LogSummary.End.NOT_CLOSED;
    }

    /** A whole frame of the file: what it holds, if it is DATA and genuine. */
    @Nullable
    LogFrame take(FrameHeader header, byte[] bytes, long at) throws KeysetException {
        start = at;
        LogFrame given = null;
        check.order(header, start);
        switch (header.type()) {
            case LogFormat.KEY -> key(header, Arrays.copyOf(bytes, header.bytes()), header);
            case LogFormat.KEY_COPY -> copy(header, bytes);
            default -> given = sealed(header, bytes);
        }
        count(header);
        check.add(header, bytes, start + header.bytes());
        return given;
    }

    private void count(FrameHeader header) {
        if (header.type() == LogFormat.DATA && header.events() > 0) {
            events += header.events();
            firstMillis = firstMillis == 0 ? header.firstMillis() : firstMillis;
            lastMillis = header.lastMillis();
        }
    }

    private void copy(FrameHeader header, byte[] bytes) throws KeysetException {
        byte[] keyFrame = KeyFrame.ofCopy(header, bytes);
        FrameHeader original = keyFrame == null ? null : FrameHeader.read(keyFrame, 0);
        if (keyFrame == null || original == null) {
            check.find(Kind.FORGED, start, header.number(), "the copy of the session's key is none");
        } else {
            key(original, keyFrame, header);
        }
    }

    /* A KEY frame, which was found there or as a copy in another frame. */
    private void key(FrameHeader key, byte[] keyFrame, FrameHeader found) throws KeysetException {
        KeyBody body = KeyBody.of(keyFrame, LogFormat.FRAME_HEADER_BYTES, key.bodyBytes());
        if (body == null) {
            check.find(Kind.FORGED, start, found.number(), "the session's key cannot be read");
            return;
        }
        boolean first = !sessions.isKnown(key.session());
        boolean original = found.type() == LogFormat.KEY;
        if (first && original) {
            check.key(key, body, file, start);
        } else if (original) {
            check.find(Kind.FORGED, start, key.number(), "session " + key.session() + " begins a second time");
        }
        if (file == null) {
            check.find(Kind.DAMAGED, 0, 0, "the header of the file is damaged");
            file = body.file();
        }
        if (first) {
            if (key.session() != session + 1) {
                check.find(
                        Kind.MISPLACED,
                        start,
                        found.number(),
                        "session " + key.session() + " does not follow session " + session);
            }
            session = Math.max(session, key.session());
            end = LogSummary.End.NOT_CLOSED;
            before = key.session() == 0 ? body.before() : before;
        }
        boolean opens = sessions.add(key.session(), found.number(), keyFrame, body);
        if (!opens && first) {
            check.find(
                    Kind.LOCKED,
                    start,
                    found.number(),
                    "session " + key.session() + " needs key " + Integer.toHexString(body.keyId())
                            + ", which the keyset does not have");
        }
    }

    private @Nullable LogFrame sealed(FrameHeader header, byte[] bytes) {
        if (!hasKeyset) {
            end = header.type() == LogFormat.CLOSE ? LogSummary.End.STOPPED : end;
            return null;
        }
        LogSessions.Outcome outcome = sessions.open(header, bytes);
        if (outcome != LogSessions.Outcome.OPENED) {
            if (outcome == LogSessions.Outcome.FORGED) {
                check.find(Kind.FORGED, start, header.number(), "frame " + header.number() + " is not genuine");
            }
            return null;
        }
        byte[] plain = sessions.plain();
        OpenedSession from = sessions.used();
        if (plain == null || from == null) {
            return null;
        }
        for (long wrong : sessions.refuted(header.session())) {
            check.find(Kind.FORGED, start, wrong, "the key in frame " + wrong + " is not that of its session");
        }
        if (header.type() == LogFormat.DATA) {
            return from.frame(header, plain);
        }
        if (plain.length == Totals.BYTES) {
            Totals totals = Totals.of(plain);
            check.totals(header, totals, start);
            if (header.type() == LogFormat.CLOSE) {
                last = totals;
                end = totals.reason() == Totals.ROLLED ? LogSummary.End.ROLLED : LogSummary.End.STOPPED;
            }
        }
        return null;
    }

    /** What was read so far; null if it is no encrypted log. */
    @Nullable
    LogSummary summary() {
        FileHeader header = file;
        if (header == null) {
            return null;
        }
        KeyBody.Before earlier = before;
        Totals totals = last;
        return new LogSummary(
                LogSummary.name(header.file()),
                LogSummary.name(header.stream()),
                header.sequence(),
                check.frames(),
                LogSummary.name(check.digest()),
                session + 1,
                events,
                firstMillis,
                lastMillis,
                end,
                end != LogSummary.End.ROLLED || totals == null ? null : LogSummary.name(totals.next()),
                earlier == null
                        ? null
                        : new LogSummary.Predecessor(
                                LogSummary.name(earlier.file()),
                                earlier.sequence(),
                                earlier.frames(),
                                LogSummary.name(earlier.digest())));
    }
}
