package io.inkfast.encrypt;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.core.rolling.RollingPolicyBase;
import io.inkfast.component.EncryptedAtRest;
import io.inkfast.file.BatchingFileAppender;
import io.inkfast.file.FileStructure;
import io.inkfast.internal.Settings;
import io.inkfast.internal.Ticker;
import io.inkfast.keys.EncryptionKeyset;
import io.inkfast.keys.KeysetException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes events to a file that only the holder of a key can read, and that shows when somebody has changed, removed, repeated
 * or moved a part of it; plain or rolling, as {@link BatchingFileAppender} does. {@code inkfast decrypt}, {@code verify} and
 * {@code salvage} read such files, and so does {@link EncryptedLogReader}.
 *
 * <p>Behind an asynchronous front each batch is encrypted as one frame. Attached to a logger, events wait for each other, for
 * {@code flushInterval} at most; then a crash costs what had not waited so long, below {@code flushLevel}. Every time the file
 * is opened a key of its own is made, which the keyset wraps: of a public keyset, the host can write and not read.
 *
 * <p>Any thread may log. Settings are read in {@link #start}; a wrong one, or a missing key, is reported, and then the
 * appender stays stopped: nothing is written in clear.
 *
 * @since 0.1.0
 */
public final class EncryptedFileAppender extends BatchingFileAppender implements EncryptedAtRest {

    private final EncryptionSettings texts = new EncryptionSettings();
    private volatile @Nullable Anchors anchors;
    private volatile boolean warms;

    /** Called by Logback. */
    public EncryptedFileAppender() {
        // Nothing to do before start().
    }

    /**
     * The keys that wrap the keys of files: {@code file:PATH} or {@code env:NAME} of a Tink keyset, of AEAD or of HPKE public
     * keys, with {@code ?kms=URI} behind it if it is encrypted; or {@code kms:URI}. Required.
     */
    public void setKeyset(String keyset) {
        texts.keyset = keyset;
    }

    /** How frames are encrypted: {@link Suite}; default {@code AES256_GCM}. */
    public void setSuite(String suite) {
        texts.suite = suite;
    }

    /**
     * Whether frames are deflated before they are encrypted; default false: the length of a frame then tells something of what
     * is in it, to somebody who can have text of his own logged beside a secret.
     */
    public void setCompress(String compress) {
        texts.compress = compress;
    }

    /** Whether the times of events and their number are encrypted, too; default false: one can seek by time without a key. */
    public void setHideMetadata(String hideMetadata) {
        texts.hideMetadata = hideMetadata;
    }

    /** From this level on a call returns when the event is in the file, without a front; a level or OFF, default ERROR. */
    public void setFlushLevel(String flushLevel) {
        texts.flushLevel = flushLevel;
    }

    /** How long events below wait for others, without a front; default 200 milliseconds, from 1 millisecond to 1 minute. */
    public void setFlushInterval(String flushInterval) {
        texts.flushInterval = flushInterval;
    }

    /**
     * How often a frame is written that says how much there is, also when nothing is logged, so that a missing end shows;
     * default 10 seconds, from 1 second to 1 day; 0 seconds for never.
     */
    public void setHeartbeat(String heartbeat) {
        texts.heartbeat = heartbeat;
    }

    /**
     * The name of a logger that gets, at level INFO, what the file holds by now: number of frames and digest, see {@link
     * LogAnchor}. Let it lead to an appender that somebody who can change this file cannot change: {@code inkfast verify
     * --anchors} compares. None by default.
     */
    public void setAnchorLogger(String name) {
        texts.anchorLogger = name;
    }

    /**
     * How often the logger of {@link #setAnchorLogger} is told, as long as there are frames that it has not been told of;
     * default 1 minute, from 1 second to 1 day.
     */
    public void setAnchorInterval(String interval) {
        texts.anchorInterval = interval;
    }

    @Override
    protected @Nullable FileStructure structure(Consumer<String> problem) {
        Settings settings = new Settings();
        EncryptionSettings.Values values = texts.read(settings);
        if (getRollingPolicy() instanceof RollingPolicyBase policy && isCompressing(policy.getFileNamePattern())) {
            settings.problem("<fileNamePattern> [" + policy.getFileNamePattern() + "] asks for compression, which has"
                    + " nothing to do on encrypted bytes; leave the ending out, and say <compress>true</compress>");
        }
        settings.problems().forEach(problem);
        if (!settings.problems().isEmpty()) {
            return null;
        }
        try {
            EncryptionKeyset keyset = EncryptionKeyset.read("<keyset>", values.keyset());
            // Whether there is all it takes shows now, and not when the file begins.
            keyset.wrap(new byte[SessionKeys.SECRET_BYTES], new byte[0]);
            keyset.warnings().forEach(this::addWarn);
            SessionMaker sessions = new SessionMaker(keyset, values.suite(), values.compress(), values.hideMetadata());
            FrameWriter format = new FrameWriter(
                    sessions,
                    new Repairs(),
                    Ticker.SYSTEM,
                    System::currentTimeMillis,
                    values.heartbeat().toNanos(),
                    values.anchorLogger() != null);
            warms = values.suite() == Suite.AES256_GCM;
            anchors = values.anchorLogger() == null
                    ? null
                    : new Anchors(values.anchorLogger(), values.anchorInterval().toNanos(), format, Ticker.SYSTEM);
            return new FileStructure(format, values.flushInterval(), values.flushLevel());
        } catch (KeysetException e) {
            problem.accept(e.getMessage());
            return null;
        }
    }

    @Override
    protected void ticked() {
        if (warms) {
            warms = false;
            WarmUp.gcm();
        }
        Anchors known = anchors;
        if (known != null && getContext() instanceof LoggerContext context) {
            known.log(context);
        }
    }

    @Override
    public boolean encrypts() {
        return true;
    }

    private static boolean isCompressing(@Nullable String pattern) {
        String lower = pattern == null ? "" : pattern.toLowerCase(Locale.ROOT);
        return lower.endsWith(".gz") || lower.endsWith(".zip") || lower.endsWith(".xz");
    }

    private final class Repairs implements FrameWriter.Report {

        @Override
        public void cut(Path file, Path torn, long bytes) {
            addWarn("[" + file + "] ended in the middle of a frame, as a crash leaves it; its last " + bytes
                    + " bytes are in [" + torn + "] now");
        }

        @Override
        public void setAside(Path file, Path aside) {
            addWarn("[" + file + "] is damaged, or no encrypted log; it is kept as [" + aside
                    + "], and a new file is begun");
        }
    }
}
