package io.inkfast.cli;

import io.inkfast.encrypt.EncryptedLogReader;
import io.inkfast.encrypt.LogState;
import io.inkfast.encrypt.LogSummary;
import io.inkfast.keys.EncryptionKeyset;
import io.inkfast.keys.KeysetException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Writes what is in a file and what is added to it, and to the files that take its name, until it is interrupted. */
final class LogFollow {

    private static final long POLL_MILLIS = 200;

    private final Path file;
    private final EncryptionKeyset keyset;
    private final @Nullable TimeRange range;
    private final OutputStream out;
    private final Streams streams;
    private LogState worst = LogState.CLOSED;
    private @Nullable LogSummary before;

    LogFollow(Path file, EncryptionKeyset keyset, @Nullable TimeRange range, OutputStream out, Streams streams) {
        this.file = file;
        this.keyset = keyset;
        this.range = range;
        this.out = out;
        this.streams = streams;
    }

    /** Returns when the thread is interrupted, or something is wrong. */
    LogState run() throws IOException, KeysetException {
        boolean goesOn = true;
        while (goesOn) {
            try (EncryptedLogReader reader = EncryptedLogReader.open(file, keyset)) {
                goesOn = follow(reader);
            } catch (NoSuchFileException e) {
                // Rolled once more; or it never was there.
                goesOn = before != null && pause();
                if (before == null) {
                    streams.say("[" + file + "] " + LogFiles.problem(e));
                    return LogState.UNREADABLE;
                }
            }
        }
        out.flush();
        return worst;
    }

    /* True if another file is to be followed. */
    private boolean follow(EncryptedLogReader reader) throws IOException, KeysetException {
        LogSummary begins = reader.summary();
        if (begins == null && reader.state() == LogState.NOT_CLOSED) {
            // Its header is not there yet.
            return pause();
        }
        if (begins != null) {
            sayWhatWasMissed(begins);
        }
        if (range != null) {
            reader.range(range.fromMillis(), range.toMillis());
        }
        LogCopy copy = new LogCopy(reader, file.toString(), new FrameLines(out, range), streams);
        boolean rolled = begins != null && copyUntilRolled(copy, begins);
        worst = LogFiles.worse(worst, copy.end());
        before = reader.summary();
        return rolled;
    }

    private boolean copyUntilRolled(LogCopy copy, LogSummary begins) throws IOException, KeysetException {
        try {
            while (copy.more()) {
                out.flush();
                if (isRolled(begins)) {
                    // What was written in between.
                    return copy.more();
                }
                if (!pause()) {
                    return false;
                }
            }
            return false;
        } catch (ClosedByInterruptException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static boolean pause() {
        try {
            Thread.sleep(POLL_MILLIS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean isRolled(LogSummary begins) {
        try (EncryptedLogReader now = EncryptedLogReader.open(file, null)) {
            LogSummary there = now.summary();
            return there != null && !there.file().equals(begins.file());
        } catch (IOException e) {
            // It has another name now, and nothing has this one yet.
            return false;
        }
    }

    private void sayWhatWasMissed(LogSummary begins) {
        LogSummary last = before;
        if (last != null && last.stream().equals(begins.stream()) && begins.sequence() > last.sequence() + 1) {
            streams.say("[" + file + "] was rolled more than once in a moment: "
                    + (begins.sequence() - last.sequence() - 1) + " files were not shown");
        }
    }
}
