package io.inkfast.file;

import io.inkfast.internal.Backoff;
import io.inkfast.internal.Storage;
import io.inkfast.internal.Ticker;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/*
 * There is one way out of any failure: close the file, wait, open it again, and see from identity and size how far the
 * last write got. The same file, longer by no more than what was tried: go on at that byte. Anything else: somebody
 * moved, deleted or cut the file, and the event that was under way is written again, whole.
 *
 * "expected" is the size the file has if nobody else touches it; "counted" is what the triggering policy is told, which
 * includes events that are admitted to this file and not written yet.
 */
/**
 * Writes chunks of encoded events to a file that rolls, fails, and is moved away. It has one chunk at a time and keeps
 * it until every byte is written. One thread at a time; never waits.
 *
 * @param <E> the event, which only the roller looks at
 */
final class FileEngine<E> {

    private static final int LARGEST_WRITE = 1 << 20;
    private static final byte[] NOTHING = {};
    private static final byte[] NEWLINE = {'\n'};

    /** What surrounds the events; each may be null. */
    record Frame(Supplier<byte @Nullable []> header, Supplier<byte @Nullable []> footer) {}

    private final Storage storage;
    private final Roller<E> roller;
    private final Frame frame;
    private final FileReport report;
    private final Ticker ticker;
    private final Backoff backoff = new Backoff(Duration.ofMillis(20), Duration.ofSeconds(1));
    private ByteBuffer window = ByteBuffer.allocateDirect(2 * Chunk.BYTES);

    private Storage.@Nullable Output out;
    private Path file;
    private @Nullable Object key;
    private long expected;
    private long counted;
    private int inDoubt;

    /* Whether key and expected tell of a file that was left in the middle of something. */
    private boolean known;
    private boolean truncate;
    private boolean started;

    /* Whether the file ends in the middle of a line that nobody will complete. */
    private boolean torn;

    private byte[] extra = NOTHING;
    private int extraDone;
    private boolean rolling;
    private boolean footed;

    /* Whether the next event is the one that made it roll. */
    private boolean asked;

    private @Nullable Chunk<E> chunk;
    private boolean unforced;
    private boolean forceBeforeClose;

    FileEngine(Storage storage, Roller<E> roller, Frame frame, FileReport report, Ticker ticker, boolean truncate) {
        this.storage = storage;
        this.roller = roller;
        this.frame = frame;
        this.report = report;
        this.ticker = ticker;
        this.truncate = truncate;
        file = roller.file();
    }

    /** Whether it has nothing to write and can take a chunk. */
    boolean idle() {
        return chunk == null && !backoff.failing();
    }

    boolean failing() {
        return backoff.failing();
    }

    /** Nanoseconds until a retry is due; 0 or less if now. */
    long untilRetry() {
        return backoff.remainingNanos(ticker.nanos());
    }

    /** What it could not write yet, or null. */
    @Nullable
    Chunk<E> pending() {
        return chunk;
    }

    /** The length of the file, with what is on its way to it. */
    long length() {
        return counted;
    }

    /** Takes a chunk; whether it is written. If not, the chunk is the engine's until it is. */
    boolean write(Chunk<E> next) {
        if (chunk != null) {
            throw new IllegalStateException("a chunk is under way");
        }
        next.since = ticker.nanos();
        chunk = next;
        return retry();
    }

    /** Goes on, if something is to do and it is time to; whether nothing is left to do. */
    boolean retry() {
        return backoff.due(ticker.nanos()) && advance();
    }

    /** Goes on, whether it is time to or not. */
    boolean retryNow() {
        return advance();
    }

    /** Lets the clock roll the file; and retries. */
    void tick() {
        if (idle() && !rolling && roller.ticks() && roller.due(null)) {
            // A file without a byte is not worth an archive, if the next one has the same name.
            rolling = counted > 0 || !roller.file().equals(file);
        }
        retry();
    }

    /** Rolls now, if the policy can. */
    void rollNow() {
        if (idle() && !rolling) {
            rolling = roller.forced();
        }
        retry();
    }

    /**
     * Forces what is written to the device; whether that worked. From the first call on, a file is also forced before it
     * is closed.
     */
    boolean force() {
        forceBeforeClose = true;
        if (!unforced) {
            return true;
        }
        if (out == null) {
            return false;
        }
        try {
            out.force();
            unforced = false;
            return true;
        } catch (IOException | RuntimeException e) {
            fail(e);
            return false;
        }
    }

    /** One last try, the footer, and the end. What is pending then stays unwritten. */
    void close() {
        if (advance() && out != null) {
            try {
                extra(frame.footer().get());
                writeExtra();
            } catch (IOException | RuntimeException | Error e) {
                report.failed(file, e);
            }
        }
        closeQuietly();
    }

    private boolean advance() {
        try {
            while (true) {
                open();
                if (!writeExtra() || !writeChunk()) {
                    continue;
                }
                if (!rolling) {
                    break;
                }
                roll();
            }
        } catch (IOException | RuntimeException | Error e) {
            fail(e);
            return false;
        }
        if (backoff.failing()) {
            backoff.succeeded();
            report.recovered(file);
        }
        return true;
    }

    private void fail(Throwable cause) {
        closeQuietly();
        backoff.failed(ticker.nanos());
        report.failed(file, cause);
    }

    private void closeQuietly() {
        Storage.Output open = out;
        out = null;
        if (open == null) {
            return;
        }
        try {
            if (forceBeforeClose && unforced) {
                open.force();
                unforced = false;
            }
        } catch (IOException | RuntimeException e) {
            // Then sync() goes on saying that it is not durable.
            unforced = true;
        }
        try {
            open.close();
        } catch (IOException | RuntimeException e) {
            // Nothing is buffered on our side: what was written is with the operating system.
            return;
        }
    }

    private void open() throws IOException {
        if (out != null) {
            return;
        }
        Path target = known ? file : roller.file();
        Storage.Output opened = storage.open(target, truncate);
        try {
            Storage.Stat stat = storage.stat(target);
            if (stat == null) {
                throw new IOException("the file vanished while it was opened");
            }
            long gained = stat.size() - expected;
            boolean resumed = known && Objects.equals(key, stat.key()) && gained >= 0 && gained <= inDoubt;
            boolean cut = !resumed && stat.size() > 0 && storage.lastByte(target) != '\n';
            out = opened;
            file = target;
            if (resumed) {
                moveOn((int) gained);
            } else {
                begin(stat, cut);
            }
            truncate = false;
            inDoubt = 0;
        } finally {
            if (out != opened) {
                opened.close();
            }
        }
    }

    /* The file is not the one we left, or the first. */
    private void begin(Storage.Stat stat, boolean cut) {
        key = stat.key();
        expected = stat.size();
        torn = cut;
        if (known) {
            restart(stat.size());
            if (stat.size() == 0 && !rolling) {
                extra(frame.header().get());
            }
            report.replaced(file);
        } else {
            // After a roll the policy counts from zero, even if the old file could not be moved away.
            counted = started ? 0 : stat.size();
            if (!started) {
                roller.length(counted);
            }
            extra(frame.header().get());
        }
        known = true;
        started = true;
    }

    /* Writes again, whole, what was under way, to a file that has so many bytes. */
    private void restart(long size) {
        extra = NOTHING;
        extraDone = 0;
        footed = rolling;
        counted = size;
        if (chunk != null) {
            chunk.restartEvent();
            counted += admittedBytes(chunk) - chunk.done;
        }
        roller.length(counted);
    }

    private int admittedBytes(Chunk<E> current) {
        return current.admitted == 0 ? 0 : current.end(current.admitted - 1);
    }

    /* Sees to it that the name still is our file, and that its end is where we left it. */
    private boolean stillOurs() throws IOException {
        Storage.Stat stat = storage.stat(file);
        if (stat == null || !Objects.equals(stat.key(), key)) {
            closeQuietly();
            inDoubt = -1;
            return false;
        }
        if (stat.size() != expected) {
            boolean midway = extraDone > 0 || (chunk != null && chunk.done > chunk.start(chunk.written));
            torn = stat.size() > 0 && (midway ? storage.lastByte(file) != '\n' : torn);
            counted += stat.size() - expected;
            expected = stat.size();
            if (midway) {
                restart(expected);
            } else {
                roller.length(counted);
            }
        }
        return true;
    }

    private void extra(byte @Nullable [] bytes) {
        extra = bytes == null ? NOTHING : bytes;
        extraDone = 0;
        if (torn && extra.length > 0) {
            if (extra[extra.length - 1] == '\n' && extra.length > 1) {
                byte[] onItsOwnLine = new byte[extra.length + 1];
                onItsOwnLine[0] = '\n';
                System.arraycopy(extra, 0, onItsOwnLine, 1, extra.length);
                extra = onItsOwnLine;
            }
            torn = false;
        }
        // The policy has begun to count for the next file when a footer ends this one.
        if (!footed) {
            counted += extra.length;
            roller.added(extra.length);
        }
    }

    /* Header, footer, or the end of a torn line; false if the file must be opened first. */
    private boolean writeExtra() throws IOException {
        if (extraDone < extra.length && !stillOurs()) {
            return false;
        }
        while (extraDone < extra.length) {
            put(extra, extraDone, Math.min(extra.length, extraDone + window.capacity()));
        }
        extra = NOTHING;
        extraDone = 0;
        return true;
    }

    /* False if something else must be done first. */
    private boolean writeChunk() throws IOException {
        Chunk<E> current = chunk;
        if (current == null) {
            return true;
        }
        admit(current);
        int end = admittedBytes(current);
        if (current.done < end) {
            if (torn && current.buffer.array()[end - 1] == '\n') {
                extra(NEWLINE);
                return false;
            }
            torn = false;
            if (!stillOurs() || extra.length > 0 || torn) {
                return false;
            }
        }
        while (current.done < end) {
            put(current.buffer.array(), current.done, wholeEvents(current, end));
        }
        count(current);
        if (current.isWritten()) {
            chunk = null;
        }
        return true;
    }

    /* Asks the policy about each event before its bytes join the file. */
    private void admit(Chunk<E> current) {
        while (!rolling && current.admitted < current.count()) {
            int event = current.admitted;
            if (!asked && roller.due(current.event(event))) {
                rolling = true;
                asked = true;
                return;
            }
            asked = false;
            current.admitted++;
            int bytes = current.end(event) - current.start(event);
            counted += bytes;
            roller.added(bytes);
        }
    }

    /* As many whole events as fit into one write; part of one only if it is huge. */
    private int wholeEvents(Chunk<E> current, int end) {
        int from = current.done;
        if (end - from <= window.capacity()) {
            return end;
        }
        int event = current.written;
        while (event < current.admitted && current.end(event) - from <= window.capacity()) {
            event++;
        }
        int whole = event == 0 ? from : current.end(event - 1);
        if (whole > from) {
            return whole;
        }
        int needed = current.end(event) - from;
        if (window.capacity() < needed && window.capacity() < LARGEST_WRITE) {
            window = ByteBuffer.allocateDirect(Math.min(needed, LARGEST_WRITE));
        }
        return from + Math.min(needed, window.capacity());
    }

    private void put(byte[] bytes, int from, int to) throws IOException {
        Storage.Output open = Objects.requireNonNull(out);
        window.clear();
        window.put(bytes, from, to - from);
        window.flip();
        while (window.hasRemaining()) {
            inDoubt = window.remaining();
            int count = open.write(window);
            if (count <= 0) {
                throw new IOException("nothing was written");
            }
            moveOn(count);
            inDoubt = 0;
        }
    }

    /* So many bytes more are in the file. */
    private void moveOn(int bytes) {
        expected += bytes;
        if (bytes > 0) {
            unforced = true;
        }
        if (extraDone < extra.length) {
            extraDone += bytes;
        } else if (chunk != null) {
            chunk.done += bytes;
            count(chunk);
        }
    }

    private void count(Chunk<E> current) {
        int whole = current.complete();
        if (whole > 0) {
            report.written(whole);
        }
    }

    private void roll() throws IOException {
        if (!footed) {
            footed = true;
            extra(frame.footer().get());
            return;
        }
        closeQuietly();
        roller.roll();
        known = false;
        rolling = false;
        footed = false;
        torn = false;
    }
}
