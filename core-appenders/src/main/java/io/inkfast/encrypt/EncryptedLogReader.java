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
    private final LogContents contents;
    private Predicate<FrameHeader> wanted = header -> true;
    private LongConsumer progress = bytes -> {};

    EncryptedLogReader(
            LogSource source, @Nullable FileChannel channel, @Nullable EncryptionKeyset keyset, Rewrapped rewrapped)
            throws IOException {
        this.channel = channel;
        scan = new FrameScan(source);
        sessions = new LogSessions(keyset, rewrapped);
        contents = new LogContents(sessions, check, keyset != null, scan.header());
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
        FileHeader header = contents.file();
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
        if (isNewer()) {
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
            LogFrame frame = contents.take(header, scan.bytes(), scan.start());
            if (frame != null && check.isNew(header.number())) {
                return frame;
            }
        }
    }

    private boolean isNewer() {
        FileHeader file = contents.file();
        return file != null && file.major() != LogFormat.VERSION;
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
        if (contents.file() == null || isNewer()) {
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
        boolean closed = contents.isClosed() && !check.has(Kind.CUT);
        return closed ? LogState.CLOSED : LogState.NOT_CLOSED;
    }

    /** What was read so far; null if it is no encrypted log. */
    public @Nullable LogSummary summary() {
        return contents.summary();
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }
}
