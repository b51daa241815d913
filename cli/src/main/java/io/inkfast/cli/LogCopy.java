package io.inkfast.cli;

import io.inkfast.encrypt.EncryptedLogReader;
import io.inkfast.encrypt.LogFinding;
import io.inkfast.encrypt.LogFinding.Kind;
import io.inkfast.encrypt.LogFrame;
import io.inkfast.encrypt.LogState;
import io.inkfast.keys.KeysetException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes what is in a file, up to the first thing that is wrong, and says what that is. One thread. */
final class LogCopy {

    private final EncryptedLogReader reader;
    private final String name;
    private final FrameLines lines;
    private final Streams streams;
    private int said;
    private boolean stopped;
    private boolean unreadable;
    private long frames;

    LogCopy(EncryptedLogReader reader, String name, FrameLines lines, Streams streams) {
        this.reader = reader;
        this.name = name;
        this.lines = lines;
        this.streams = streams;
    }

    /** Writes what there is by now; false if nothing is written any more, because something is wrong. */
    boolean more() throws IOException, KeysetException {
        while (!stopped) {
            LogFrame frame = next();
            if (unreadable) {
                stopped = true;
            } else if (isWrong()) {
                stopped = true;
                streams.say("[" + name + "] is not written from there on; inkfast salvage gives all that is genuine");
            } else if (frame == null) {
                return true;
            } else {
                lines.write(frame);
                streams.dumping().at(++frames, "frames of " + name);
            }
        }
        return false;
    }

    private @Nullable LogFrame next() throws IOException, KeysetException {
        try {
            return reader.next();
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            streams.say("[" + name + "] " + LogFiles.problem(e));
            unreadable = true;
            return null;
        }
    }

    /** Nothing is going to be added to the file. */
    LogState end() throws IOException {
        LogState state = unreadable ? LogState.UNREADABLE : reader.state();
        lines.end(state == LogState.CLOSED);
        if (unreadable) {
            return state;
        }
        isWrong();
        if (state == LogState.UNREADABLE) {
            streams.say("[" + name + "] is no encrypted log, or one of a later version");
        }
        return state;
    }

    /* Says what is new. */
    private boolean isWrong() {
        List<LogFinding> findings = reader.findings();
        boolean wrong = false;
        for (LogFinding finding : findings.subList(said, findings.size())) {
            streams.say("[" + name + "] " + finding.text());
            wrong |= finding.kind() != Kind.LOCKED && finding.kind() != Kind.CUT;
        }
        said = findings.size();
        return wrong;
    }
}
