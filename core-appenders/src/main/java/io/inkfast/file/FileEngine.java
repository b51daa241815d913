package io.inkfast.file;

import io.inkfast.internal.Backoff;
import io.inkfast.internal.Storage;
import io.inkfast.internal.Ticker;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/*
 * There is one way out of any failure: close the file, wait, open it again, and see from identity and size how far the
 * last write got. The same file, longer by no more than what was tried: go on at that byte. Anything else: somebody
 * moved, deleted or cut the file, and the event that was under way is written again, whole.
 */
/**
 * Writes chunks of encoded events to a file that rolls, fails, and is moved away. It has one chunk at a time and keeps
 * it until every byte is written. One thread at a time; never waits.
 *
 * @param <E> the event, which only the roller looks at
 */
final class FileEngine<E> {

    private static final int MOST_INTERRUPTS = 100;

    private final OpenFile file;
    private final Roller<E> roller;
    private final Edges edges;
    private final FileReport report;
    private final Ticker ticker;
    private final Backoff backoff = new Backoff(Duration.ofMillis(20), Duration.ofSeconds(1));
    private final Outflow<E> out;
    private boolean truncate;
    private boolean started;

    /* What the policy is told: the file's length with what is admitted to it and not written yet. */
    private long counted;

    /* Whether a new file is due, and the footer of this one has been seen to. */
    private boolean rolling;
    private boolean footed;

    /* Whether the next event is the one that made it roll. */
    private boolean asked;

    /* Whether the format has not been asked yet what comes while nothing else does. */
    private boolean idle;

    private boolean interrupted;

    /* Whether something failed and the file is still to be closed. */
    private boolean broken;

    FileEngine(Storage storage, Roller<E> roller, Edges edges, FileReport report, Ticker ticker, boolean truncate) {
        file = new OpenFile(storage, roller.file(), ticker);
        out = new Outflow<>(file, edges.format());
        this.roller = roller;
        this.edges = edges;
        this.report = report;
        this.ticker = ticker;
        this.truncate = truncate;
    }

    /** Nanoseconds until a retry is due; 0 or less if now. */
    long untilRetry() {
        return backoff.remainingNanos(ticker.nanos());
    }

    /** What it could not write yet, or null. */
    @Nullable
    Chunk<E> pending() {
        return out.chunk();
    }

    /** The length of the file, with what is on its way to it. */
    long length() {
        return counted;
    }

    /** Takes a chunk; whether it is written. If not, the chunk is the engine's until it is. */
    boolean write(Chunk<E> next) {
        if (out.chunk() != null) {
            throw new IllegalStateException("a chunk is under way");
        }
        out.chunk(next);
        next.handed = true;
        return retry();
    }

    /** The next write looks whether the name still is our file, however short ago the last one did. */
    void lookAgain() {
        file.lookAgain();
    }

    /** Goes on, if something is to do and it is time to; whether nothing is left to do. */
    boolean retry() {
        return (!backoff.failing() || backoff.due(ticker.nanos())) && advance();
    }

    /** Goes on, whether it is time to or not. */
    boolean retryNow() {
        return advance();
    }

    /** Whether the thread was interrupted while it wrote; the flag is cleared, so that its next write works. */
    boolean takeInterrupt() {
        boolean was = interrupted;
        interrupted = false;
        return was;
    }

    /** Lets the clock roll the file; and retries. */
    void tick() {
        if (!retry()) {
            return;
        }
        if (roller.dueByClock()) {
            // A file without a byte is not worth an archive, if the next one has the same name.
            rolling = file.size() > 0 || !roller.file().equals(file.path());
            retry();
        } else if (edges.format() != null) {
            idle = true;
            retry();
        }
    }

    /** Rolls now, if the policy can. */
    void rollNow() {
        if (retry()) {
            rolling = roller.forced();
            retry();
        }
    }

    /**
     * Forces what is written to the device; whether that worked. From the first call on, a file is also forced before it
     * is closed. When the device has refused once, false until {@link #writtenAgain}.
     */
    boolean force() {
        try {
            return file.force();
        } catch (IOException | RuntimeException e) {
            fail(e);
            return false;
        }
    }

    /** Events that {@link #force} did not confirm are going to be written once more. */
    void writtenAgain() {
        file.writtenAgain();
    }

    /** One last try, the footer, and the end. What is pending then stays unwritten. */
    void close() {
        if (advance()) {
            try {
                footed = true;
                surround(edges.end(false));
                writeExtra();
            } catch (IOException | RuntimeException | Error e) {
                report.failed(file.path(), e);
            }
        }
        file.close();
    }

    private boolean advance() {
        int interrupts = 0;
        boolean done = false;
        while (!done) {
            try {
                done = step();
            } catch (ClosedByInterruptException e) {
                // The channel is gone and nothing else: no reason to wait, unless it happens again and again.
                interrupted |= Thread.interrupted();
                file.close();
                if (++interrupts > MOST_INTERRUPTS) {
                    fail(e);
                    return false;
                }
            } catch (IOException | RuntimeException | Error e) {
                broken = true;
                fail(e);
                return false;
            }
        }
        if (backoff.failing()) {
            backoff.succeeded();
            report.recovered(file.path());
        }
        return true;
    }

    /* Whether nothing is left to do. */
    private boolean step() throws IOException {
        if (broken) {
            // There was not even stack left to close it.
            file.close();
            broken = false;
        }
        count();
        if (!open() || !writeExtra() || !writeChunk()) {
            return false;
        }
        if (rolling) {
            roll();
            return false;
        }
        if (idle) {
            idle = false;
            surround(edges.idle());
            return false;
        }
        return true;
    }

    private void fail(Throwable cause) {
        file.close();
        broken = false;
        count();
        backoff.failed(ticker.nanos());
        report.failed(file.path(), cause);
    }

    /* False if it is to be opened once more. */
    private boolean open() throws IOException {
        if (file.isOpen()) {
            return true;
        }
        OpenFile.Found found = file.open(file.isKnown() ? file.path() : roller.file(), truncate);
        truncate = false;
        if (found == OpenFile.Found.RESUMED) {
            out.moveOn(file.gained());
            return true;
        }
        edges.torn(file.endsInLine());
        if (found == OpenFile.Found.OTHER) {
            restart();
            report.replaced(file.path());
        } else {
            // After a roll the policy counts from zero, even if the old file could not be moved away.
            counted = started ? 0 : file.size();
            if (!started) {
                roller.length(counted);
            }
            started = true;
        }
        return begin(found == OpenFile.Found.FIRST || file.size() == 0);
    }

    private boolean begin(boolean first) throws IOException {
        if (rolling) {
            return true;
        }
        byte[] beginning = edges.beginning(file.path(), file.size(), first);
        if (beginning == null) {
            file.close();
            file.forget();
            started = false;
            return false;
        }
        surround(beginning);
        return true;
    }

    /* Writes again, whole, what was under way. */
    private void restart() {
        out.restart();
        footed = rolling;
        counted = file.size();
        Chunk<E> chunk = out.chunk();
        if (chunk != null) {
            counted += chunk.admittedBytes() - chunk.done;
        }
        roller.length(counted);
    }

    /* Whether the file is open and, if somebody has changed it, we have come to terms with that. */
    private boolean isOurs() throws IOException {
        long before = file.size();
        boolean midway = out.isMidway();
        OpenFile.Change change = file.check(midway);
        if (change == OpenFile.Change.SIZE && edges.format() != null) {
            file.disown();
            return false;
        }
        if (change == OpenFile.Change.SIZE) {
            edges.torn(midway ? file.endsInLine() : edges.isTorn() && file.size() > 0);
            if (midway) {
                restart();
            } else {
                counted += file.size() - before;
                roller.length(counted);
            }
        }
        return change != OpenFile.Change.GONE;
    }

    private void surround(byte[] bytes) {
        out.extra(bytes);
        // The policy has begun to count for the next file when a footer ends this one.
        if (!footed) {
            counted += bytes.length;
            roller.added(bytes.length);
        }
    }

    /* False if the file must be opened first. */
    private boolean writeExtra() throws IOException {
        if (out.hasExtra() && !isOurs()) {
            return false;
        }
        out.writeExtra();
        return true;
    }

    /* False if something else must be done first. */
    private boolean writeChunk() throws IOException {
        Chunk<E> current = out.chunk();
        if (current == null) {
            return true;
        }
        admit(current);
        int end = current.admittedBytes();
        if (current.done < end) {
            byte[] before = edges.before(current.buffer.array()[end - 1]);
            if (before.length > 0) {
                surround(before);
                return false;
            }
            if (!isOurs() || edges.isTorn()) {
                return false;
            }
        }
        while (current.done < end) {
            int more = out.writeEvents(current);
            if (more != 0) {
                counted += more;
                roller.length(counted);
            }
            count();
        }
        count();
        if (current.isWritten()) {
            out.chunk(null);
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

    private void count() {
        Chunk<E> current = out.chunk();
        int whole = current == null ? 0 : current.complete();
        if (current != null && whole > 0) {
            report.written(whole);
            current.reported();
        }
    }

    private void roll() throws IOException {
        if (!footed) {
            footed = true;
            surround(edges.end(true));
            return;
        }
        file.close();
        roller.roll();
        file.forget();
        rolling = false;
        footed = false;
        edges.torn(false);
    }
}
