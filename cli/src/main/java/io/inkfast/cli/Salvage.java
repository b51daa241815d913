package io.inkfast.cli;

import io.inkfast.encrypt.EncryptedLogReader;
import io.inkfast.encrypt.LogChain;
import io.inkfast.encrypt.LogFinding;
import io.inkfast.encrypt.LogFrame;
import io.inkfast.encrypt.LogState;
import io.inkfast.encrypt.LogSummary;
import io.inkfast.keys.EncryptionKeyset;
import io.inkfast.keys.KeysetException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/*
 * Where frames are is noted first, since the last one in a file may be its first.
 */
/** All genuine frames of one file, which may be there in several copies. One thread. */
final class Salvage implements AutoCloseable {

    private record Place(EncryptedLogReader reader, long offset) {}

    private final Streams streams;
    private final List<EncryptedLogReader> readers = new ArrayList<>();
    private final SortedMap<Long, List<Place>> places = new TreeMap<>();
    private LogChain.@Nullable Link longest;
    private boolean whole;
    private long frames;
    private long events;

    Salvage(Streams streams) {
        this.streams = streams;
    }

    /** Looks for frames, and says what is wrong. */
    LogState add(Path file, EncryptionKeyset keys) throws KeysetException {
        EncryptedLogReader reader = LogFiles.open(file, keys, streams);
        if (reader == null) {
            return LogState.UNREADABLE;
        }
        readers.add(reader);
        LogState state;
        try {
            for (LogFrame frame = reader.next(); frame != null; frame = reader.next()) {
                note(frame, new Place(reader, reader.offset()));
            }
            state = reader.state();
        } catch (IOException e) {
            streams.say("[" + file + "] " + LogFiles.problem(e));
            state = LogState.UNREADABLE;
        }
        for (LogFinding finding : reader.findings()) {
            streams.say("[" + file + "] " + finding.text());
        }
        whole |= state == LogState.CLOSED;
        LogSummary summary = reader.summary();
        if (summary == null || state == LogState.UNREADABLE) {
            streams.say("[" + file + "] is no encrypted log, or one of a later version");
        } else if (longest == null || longest.summary().frames() < summary.frames()) {
            longest = new LogChain.Link(file.toString(), summary);
        }
        return state;
    }

    /* Copies may have gone on in different ways; then there are different frames of one number. */
    private void note(LogFrame frame, Place place) throws IOException {
        List<Place> same = places.computeIfAbsent(frame.number(), number -> new ArrayList<>(1));
        for (Place other : same) {
            if (Arrays.equals(other.reader.again(other.offset).bytes(), frame.bytes())) {
                return;
            }
        }
        same.add(place);
        streams.progress().at(places.size(), "frames found");
    }

    /** Writes them in the order of their numbers. */
    void write(OutputStream out) throws IOException {
        FrameLines lines = new FrameLines(out, null);
        for (List<Place> same : places.values()) {
            for (Place place : same) {
                LogFrame frame = place.reader.again(place.offset);
                lines.write(frame);
                events += frame.events();
                streams.progress().at(++frames, "frames written");
            }
        }
        lines.end(whole);
    }

    long frames() {
        return frames;
    }

    long events() {
        return events;
    }

    /** What stands between other files. */
    List<LogChain.Link> links() {
        return longest == null ? List.of() : List.of(longest);
    }

    @Override
    public void close() throws IOException {
        for (EncryptedLogReader reader : readers) {
            reader.close();
        }
    }
}
