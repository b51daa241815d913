package io.inkfast.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What is on its way to the file, and how far: first what surrounds the events, then the admitted events of a chunk, as
 * they are or as the format makes them. One thread at a time.
 *
 * @param <E> the event
 */
final class Outflow<E> {

    private static final byte[] NOTHING = {};

    private final OpenFile file;
    private final @Nullable FileFormat format;
    private final IntConsumer progress = this::moveOn;

    /* Header, footer, or the end of a torn line. */
    private byte[] extra = NOTHING;
    private int extraDone;

    private @Nullable Chunk<E> chunk;

    /* What the format has made of the chunk's bytes up to there; its position is how far that is written. */
    private @Nullable ByteBuffer sealed;
    private int sealedTo;

    Outflow(OpenFile file, @Nullable FileFormat format) {
        this.file = file;
        this.format = format;
    }

    @Nullable
    Chunk<E> chunk() {
        return chunk;
    }

    void chunk(@Nullable Chunk<E> next) {
        chunk = next;
    }

    /** What comes before any event. */
    void extra(byte[] bytes) {
        extra = bytes;
        extraDone = 0;
    }

    boolean hasExtra() {
        return extraDone < extra.length;
    }

    /** Whether a part of something is in the file. */
    boolean isMidway() {
        boolean frame = sealed != null && sealed.position() > 0;
        return extraDone > 0 || frame || (chunk != null && chunk.isInEvent());
    }

    /** So many bytes more are in the file. Calls nothing of others, so that it happens or does not. */
    void moveOn(int bytes) {
        ByteBuffer frame = sealed;
        if (extraDone < extra.length) {
            extraDone += bytes;
        } else if (frame != null) {
            frame.position(frame.position() + bytes);
        } else if (chunk != null) {
            chunk.done += bytes;
        }
    }

    /** Forgets what is half written: the event will be written again, whole. */
    void restart() {
        extra(NOTHING);
        sealed = null;
        if (chunk != null) {
            chunk.restartEvent();
        }
    }

    void writeExtra() throws IOException {
        while (hasExtra()) {
            file.write(extra, extraDone, Math.min(extra.length, extraDone + file.capacity()), progress);
        }
        extra(NOTHING);
    }

    /** Writes some of the admitted events; how many bytes more they take than they have themselves. */
    int writeEvents(Chunk<E> current) throws IOException {
        FileFormat made = format;
        if (made != null) {
            return writeSealed(current, made);
        }
        file.write(current.buffer.array(), current.done, nextEnd(current), progress);
        return 0;
    }

    /* Whole events, or a part of one that is too long. */
    private int nextEnd(Chunk<E> current) {
        int end = current.wholeEvents(file.capacity());
        if (end == current.done) {
            file.reserve(current.end(current.written) - current.done);
            end = Math.min(current.end(current.written), current.done + file.capacity());
        }
        return end;
    }

    private int writeSealed(Chunk<E> current, FileFormat made) throws IOException {
        ByteBuffer frame = sealed;
        if (frame == null) {
            sealedTo = nextEnd(current);
            int first = current.written;
            int events = current.endingBy(sealedTo) - first;
            int last = Math.max(first, first + events - 1);
            frame = made.seal(
                    current.buffer.array(),
                    current.done,
                    sealedTo,
                    events,
                    current.millis(first),
                    current.millis(last));
            sealed = frame;
        }
        int more = frame.limit() - (sealedTo - current.done);
        file.reserve(frame.remaining());
        while (frame.hasRemaining()) {
            int from = frame.arrayOffset() + frame.position();
            file.write(frame.array(), from, from + Math.min(frame.remaining(), file.capacity()), progress);
        }
        current.done = sealedTo;
        sealed = null;
        return more;
    }
}
