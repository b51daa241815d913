package io.inkfast.encrypt;

import io.inkfast.encrypt.LogFinding.Kind;
import io.inkfast.encrypt.LogFormat.FileHeader;
import io.inkfast.encrypt.LogFormat.FrameHeader;
import io.inkfast.keys.EncryptionKeyset;
import io.inkfast.keys.KeysetException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads an encrypted log, frame by frame, and checks it. It gives every frame that is genuine, around whatever is damaged,
 * each once, and says in {@link #findings} what is wrong, and where. Reads only; the file may be written meanwhile, and then
 * {@link #next} has more later. One thread.
 *
 * <p>Without a keyset it gives no frames, and checks what the checksums show: damage, missing and misplaced frames, but not
 * what somebody has forged who knows the format.
 *
 * @since 0.1.0
 */
public final class EncryptedLogReader implements AutoCloseable {

    private final @Nullable FileChannel channel;
    private final FrameScan scan;
    private final LogSessions sessions;
    private final LogCheck check = new LogCheck();
    private final boolean hasKeyset;
    private Predicate<FrameHeader> wanted = header -> true;
    private LongConsumer progress = bytes -> {};
    private @Nullable FileHeader file;
    private KeyBody.@Nullable Before before;
    private int session = -1;
    private long events;
    private long firstMillis;
    private long lastMillis;
    private @Nullable Totals last;
    private LogSummary.End end = LogSummary.End.NOT_CLOSED;

    EncryptedLogReader(
            LogSource source, @Nullable FileChannel channel, @Nullable EncryptionKeyset keyset, Rewrapped rewrapped)
            throws IOException {
        this.channel = channel;
        scan = new FrameScan(source);
        sessions = new LogSessions(keyset, rewrapped);
        hasKeyset = keyset != null;
        file = scan.header();
    }

    /**
     * Opens a file.
     *
     * @param keyset null to check without reading
     */
    public static EncryptedLogReader open(Path file, @Nullable EncryptionKeyset keyset) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            return new EncryptedLogReader(LogSource.of(channel), channel, keyset, Rewrapped.read(file));
        } catch (IOException | RuntimeException | Error e) {
            channel.close();
            throw e;
        }
    }

    /**
     * Passes over frames without an event in this time, by their headers only: what only all frames together show is not
     * checked then. Frames in which no event ends are given. Before the first {@link #next}.
     *
     * @param fromMillis milliseconds since 1970
     * @param toMillis   the last one that is wanted
     */
    public void range(long fromMillis, long toMillis) {
        check.skips();
        wanted = header -> header.type() != LogFormat.DATA
                || header.is(LogFormat.HIDDEN)
                || header.events() == 0
                || (header.lastMillis() >= fromMillis && header.firstMillis() <= toMillis);
    }

    /**
     * What the file is known to have held, from elsewhere: if it does not any more, that is found. Anchors of other files are
     * passed over. Before the first {@link #next}.
     */
    public void expect(LogAnchor anchor) {
        FileHeader header = file;
        if (header != null && LogSummary.name(header.file()).equals(anchor.file())) {
            check.anchor(anchor.frames(), anchor.digest());
        }
    }

    /** Is told now and then, by {@link #next}, up to which byte the file was read. Before the first one. */
    public void progress(LongConsumer bytes) {
        progress = bytes;
    }

    /**
     * The next frame that is genuine; null if there is none yet.
     *
     * @throws KeysetException if a KMS cannot be asked
     */
    public @Nullable LogFrame next() throws IOException, KeysetException {
        if (file != null && file.major() != LogFormat.VERSION) {
            return null;
        }
        while (true) {
            FrameScan.Found found = scan.next(wanted);
            FrameHeader header = scan.frame();
            progress.accept(scan.position());
            if (found == FrameScan.Found.END) {
                return null;
            }
            if (found == FrameScan.Found.DAMAGE || header == null) {
                check.damage(header, scan.start(), scan.position());
                continue;
            }
            LogFrame frame = take(header);
            if (frame != null && check.isNew(header.number())) {
                return frame;
            }
        }
    }

    /** Where the frame that {@link #next} gave last begins in the file, bytes. */
    public long offset() {
        return scan.start();
    }

    /**
     * A frame that {@link #next} gave, once more; what is checked stays as it is, and {@link #next} goes on where it was.
     *
     * @param offset what {@link #offset} said of it
     * @throws IOException also if the file is not what it was any more
     */
    public LogFrame again(long offset) throws IOException {
        FrameHeader header = scan.at(offset);
        byte[] plain = header == null || sessions.open(header, scan.bytes()) != LogSessions.Outcome.OPENED
                ? null
                : sessions.plain();
        OpenedSession from = sessions.used();
        if (header == null || plain == null || from == null) {
            throw new IOException("the frame at byte " + offset + " is not what it was any more");
        }
        return from.frame(header, plain);
    }

    private @Nullable LogFrame take(FrameHeader header) throws KeysetException {
        byte[] bytes = scan.bytes();
        LogFrame given = null;
        check.order(header, scan.start());
        switch (header.type()) {
            case LogFormat.KEY -> key(header, Arrays.copyOf(bytes, header.bytes()), header);
            case LogFormat.KEY_COPY -> copy(header, bytes);
            default -> given = sealed(header, bytes);
        }
        count(header);
        check.add(header, bytes, scan.position());
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
            check.find(Kind.FORGED, scan.start(), header.number(), "the copy of the session's key is none");
        } else {
            key(original, keyFrame, header);
        }
    }

    /* A KEY frame, which was found there or as a copy in another frame. */
    private void key(FrameHeader key, byte[] keyFrame, FrameHeader found) throws KeysetException {
        KeyBody body = KeyBody.of(keyFrame, LogFormat.FRAME_HEADER_BYTES, key.bodyBytes());
        if (body == null) {
            check.find(Kind.FORGED, scan.start(), found.number(), "the session's key cannot be read");
            return;
        }
        boolean first = !sessions.isKnown(key.session());
        boolean original = found.type() == LogFormat.KEY;
        if (first && original) {
            check.key(key, body, file, scan.start());
        } else if (original) {
            check.find(Kind.FORGED, scan.start(), key.number(), "session " + key.session() + " begins a second time");
        }
        if (file == null) {
            check.find(Kind.DAMAGED, 0, 0, "the header of the file is damaged");
            file = body.file();
        }
        if (first) {
            if (key.session() != session + 1) {
                check.find(
                        Kind.MISPLACED,
                        scan.start(),
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
                    scan.start(),
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
                check.find(Kind.FORGED, scan.start(), header.number(), "frame " + header.number() + " is not genuine");
            }
            return null;
        }
        byte[] plain = sessions.plain();
        OpenedSession from = sessions.used();
        if (plain == null || from == null) {
            return null;
        }
        for (long wrong : sessions.refuted(header.session())) {
            check.find(Kind.FORGED, scan.start(), wrong, "the key in frame " + wrong + " is not that of its session");
        }
        if (header.type() == LogFormat.DATA) {
            return from.frame(header, plain);
        }
        if (plain.length == Totals.BYTES) {
            Totals totals = Totals.of(plain);
            check.totals(header, totals, scan.start());
            if (header.type() == LogFormat.CLOSE) {
                last = totals;
                end = totals.reason() == Totals.ROLLED ? LogSummary.End.ROLLED : LogSummary.End.STOPPED;
            }
        }
        return null;
    }

    /** What was found so far to be wrong, in order; after the last {@link #next}, all but the end of the file. */
    public List<LogFinding> findings() {
        return check.findings();
    }

    /** What can be said of the file, up to where it was read; notes what is behind the last frame. */
    public LogState state() {
        if (scan.isCutInHeader()) {
            if (!check.has(Kind.CUT)) {
                check.find(Kind.CUT, 0, 0, "the file ends in the middle of its header");
            }
            return LogState.NOT_CLOSED;
        }
        if (file == null || file.major() != LogFormat.VERSION) {
            return LogState.UNREADABLE;
        }
        if (scan.rest() == FrameScan.Rest.CUT && !check.has(Kind.CUT)) {
            check.find(
                    Kind.CUT,
                    scan.start(),
                    check.expected(),
                    "the file ends in the middle of frame " + check.expected());
        } else if (scan.rest() == FrameScan.Rest.DAMAGE && !check.has(Kind.DAMAGED)) {
            check.find(
                    Kind.DAMAGED,
                    scan.start(),
                    check.expected(),
                    "the end of the file, from byte " + scan.start() + " on, is damaged");
        }
        check.missingAnchors(scan.start());
        boolean wrong = check.findings().stream()
                .anyMatch(finding -> finding.kind() != Kind.LOCKED && finding.kind() != Kind.CUT);
        if (wrong) {
            return LogState.DAMAGED;
        }
        if (check.has(Kind.LOCKED)) {
            return LogState.WRONG_KEY;
        }
        boolean closed = end != LogSummary.End.NOT_CLOSED && !check.has(Kind.CUT);
        return closed ? LogState.CLOSED : LogState.NOT_CLOSED;
    }

    /** What was read so far; null if it is no encrypted log. */
    public @Nullable LogSummary summary() {
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

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }
}
