package io.inkfast.encrypt;

import io.inkfast.encrypt.LogFinding.Kind;
import io.inkfast.encrypt.LogFormat.FileHeader;
import io.inkfast.encrypt.LogFormat.FrameHeader;
import io.inkfast.internal.FileStorage;
import io.inkfast.internal.SystemDirectory;
import io.inkfast.keys.EncryptionKeyset;
import io.inkfast.keys.KeysetException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Wraps the keys of a log's sessions for another keyset, in a file beside it, {@code <file>.key}, which {@link
 * EncryptedLogReader#open} reads. The log itself is not touched, and its frames are not decrypted. Sessions that are begun
 * later are not in it. One thread.
 *
 * @since 0.1.0
 */
public final class LogRewrapper {

    private static final String PENDING = ".new";

    private static final class Key {
        final KeyBody body;
        final byte[] secret;

        Key(KeyBody body, byte[] secret) {
            this.body = body;
            this.secret = secret;
        }
    }

    private final Path log;
    private final Map<Integer, Key> keys = new TreeMap<>();
    private final Set<Integer> seen = new TreeSet<>();
    private final Set<Integer> locked = new TreeSet<>();
    private final List<LogFinding> findings = new ArrayList<>();
    private final Rewrapped.Lines lines = new Rewrapped.Lines();
    private LogState state = LogState.CLOSED;

    private LogRewrapper(Path log) {
        this.log = log;
    }

    /**
     * Opens the keys of all sessions and wraps them again; writes nothing yet.
     *
     * @param from what opens them: as they were wrapped when the log was written, or in {@code <file>.key}
     * @param to   what is to open them
     * @throws KeysetException if a KMS cannot be asked
     */
    public static LogRewrapper of(Path log, EncryptionKeyset from, EncryptionKeyset to)
            throws IOException, KeysetException {
        LogRewrapper made = new LogRewrapper(log);
        try (FileChannel channel = FileChannel.open(log, StandardOpenOption.READ)) {
            made.read(new FrameScan(LogSource.of(channel)), from, Rewrapped.read(log));
            made.conclude();
            if (made.findings.stream().allMatch(finding -> finding.kind() == Kind.DAMAGED)) {
                made.wrap(to);
            }
        } finally {
            made.keys.values().forEach(key -> Arrays.fill(key.secret, (byte) 0));
        }
        return made;
    }

    private void read(FrameScan scan, EncryptionKeyset from, Rewrapped rewrapped) throws IOException, KeysetException {
        FileHeader file = scan.header();
        FrameScan.Found found = scan.next(this::isKey);
        while (found != FrameScan.Found.END) {
            FrameHeader header = scan.frame();
            if (found == FrameScan.Found.FRAME && header != null) {
                seen.add(header.session());
                byte[] frame = header.type() == LogFormat.KEY ? scan.bytes() : KeyFrame.ofCopy(header, scan.bytes());
                FrameHeader key = frame == null ? null : FrameHeader.read(frame, 0);
                KeyBody body = frame == null || key == null
                        ? null
                        : KeyBody.of(frame, LogFormat.FRAME_HEADER_BYTES, key.bodyBytes());
                if (body != null) {
                    file = file == null ? body.file() : file;
                    take(header, body, rewrapped.unwrap(from, body, header.session()), scan.start());
                }
            }
            found = scan.next(this::isKey);
        }
        if (file == null || file.major() != LogFormat.VERSION) {
            state = LogState.UNREADABLE;
        }
    }

    private boolean isKey(FrameHeader header) {
        seen.add(header.session());
        return header.isClear();
    }

    private void take(FrameHeader header, KeyBody body, byte @Nullable [] secret, long offset) {
        Key known = keys.get(header.session());
        if (secret == null) {
            locked.add(header.session());
        } else if (known == null) {
            keys.put(header.session(), new Key(body, secret));
        } else if (!MessageDigest.isEqual(known.secret, secret)) {
            find(Kind.FORGED, offset, header.number(), "session " + header.session() + " has two keys that differ");
        }
    }

    private void conclude() {
        for (int session : seen) {
            if (keys.containsKey(session)) {
                continue;
            }
            if (locked.contains(session)) {
                find(Kind.LOCKED, 0, 0, "session " + session + " is not opened by the keyset");
            } else {
                find(Kind.DAMAGED, 0, 0, "the key of session " + session + " is damaged: nobody can open it");
            }
        }
        boolean refused = findings.stream().anyMatch(finding -> finding.kind() == Kind.LOCKED);
        if (state != LogState.UNREADABLE) {
            state = refused ? LogState.WRONG_KEY : findings.isEmpty() ? LogState.CLOSED : LogState.DAMAGED;
        }
    }

    private void find(Kind kind, long offset, long frame, String text) {
        findings.add(new LogFinding(kind, offset, frame, text));
    }

    private void wrap(EncryptionKeyset to) throws KeysetException {
        for (Map.Entry<Integer, Key> entry : keys.entrySet()) {
            int session = entry.getKey();
            KeyBody body = entry.getValue().body;
            byte[] wrapped = to.wrap(entry.getValue().secret, SessionKeys.context(body.file(), session));
            lines.add(body, session, to.mode().number(), to.primaryKeyId(), wrapped);
        }
    }

    /** How many sessions were opened. */
    public int sessions() {
        return keys.size();
    }

    /** What is wrong, in the order of sessions. */
    public List<LogFinding> findings() {
        return List.copyOf(findings);
    }

    /**
     * {@link LogState#CLOSED} if every session was opened; {@link LogState#WRONG_KEY} if the keyset does not open one, and
     * then {@link #write} does nothing; {@link LogState#DAMAGED} if nobody can open one, or if one has two keys, and then {@link
     * #write} does nothing either; {@link LogState#UNREADABLE} if it is no encrypted log.
     */
    public LogState state() {
        return state;
    }

    /** Where {@link #write} writes. */
    public Path file() {
        return Rewrapped.beside(log);
    }

    /**
     * Writes {@code <file>.key}, whole, on the disk, with the log's permissions; over an older one. Nothing if there is no
     * session that was opened.
     *
     * @return whether it was written
     * @throws IOException also if somebody else is writing it
     */
    public boolean write() throws IOException {
        String text = lines.text();
        if (text == null) {
            return false;
        }
        Path file = file().toAbsolutePath();
        Path pending = file.resolveSibling(file.getFileName() + PENDING);
        SystemDirectory directory = new SystemDirectory(Objects.requireNonNull(file.getParent()));
        FileChannel out = FileChannel.open(
                pending,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                FileStorage.mode("rw-------"));
        try (out) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            PosixFileAttributeView view = Files.getFileAttributeView(pending, PosixFileAttributeView.class);
            if (view != null) {
                view.setPermissions(Files.getPosixFilePermissions(log));
            }
            out.force(true);
        } catch (IOException | RuntimeException | Error e) {
            Files.deleteIfExists(pending);
            throw e;
        }
        directory.rename(pending.toString(), file.toString());
        directory.sync();
        return true;
    }
}
