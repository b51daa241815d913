package io.inkfast.cli;

import io.inkfast.encrypt.LogFrame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/*
 * A frame ends where an event ends, unless none ends in it: then it is a part of one that is very long.
 */
/** The lines in frames of one file, as they were encoded; those of a range only, if there is one. One thread. */
final class FrameLines {

    private final OutputStream out;
    private final @Nullable TimeRange range;
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
    private @Nullable LogFrame last;
    private boolean inLine;

    FrameLines(OutputStream out, @Nullable TimeRange range) {
        this.out = out;
        this.range = range;
    }

    void write(LogFrame frame) throws IOException {
        if (range == null) {
            if (inLine && !isNext(frame)) {
                endLine();
            }
            write(frame.bytes(), 0, frame.bytes().length);
        } else if (mayHave(frame, range)) {
            filter(frame, range);
        } else {
            return;
        }
        last = frame;
    }

    /**
     * Nothing more comes of this file.
     *
     * @param whole whether its last line is whole
     */
    void end(boolean whole) throws IOException {
        if (range != null) {
            line(range);
        }
        if (inLine && !whole) {
            endLine();
        }
    }

    private void filter(LogFrame frame, TimeRange within) throws IOException {
        byte[] bytes = frame.bytes();
        if (!isNext(frame)) {
            // The end of the line was passed over: it is of another time.
            begun.reset();
        }
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                begun.write(bytes, start, i + 1 - start);
                start = i + 1;
                line(within);
            }
        }
        begun.write(bytes, start, bytes.length - start);
        if (!isPart(frame)) {
            line(within);
        }
    }

    private void line(TimeRange within) throws IOException {
        byte[] line = begun.toByteArray();
        begun.reset();
        if (!within.excludes(line, 0, line.length)) {
            write(line, 0, line.length);
        }
    }

    private void write(byte[] bytes, int from, int length) throws IOException {
        if (length > 0) {
            out.write(bytes, from, length);
            inLine = bytes[from + length - 1] != '\n';
        }
    }

    /* What comes next is not what should. */
    private void endLine() throws IOException {
        if (isPart(last)) {
            out.write('\n');
        }
        inLine = false;
    }

    private static boolean isPart(@Nullable LogFrame frame) {
        return frame != null && frame.events() == 0;
    }

    /* The frames of a key are in between when a new one is begun. */
    private boolean isNext(LogFrame frame) {
        LogFrame before = last;
        return before != null
                && (frame.number() == before.number() + 1
                        || (frame.session() == before.session() + 1 && frame.number() == before.number() + 3));
    }

    private static boolean mayHave(LogFrame frame, TimeRange range) {
        return frame.events() == 0
                || (frame.lastMillis() >= range.fromMillis() && frame.firstMillis() <= range.toMillis());
    }
}
