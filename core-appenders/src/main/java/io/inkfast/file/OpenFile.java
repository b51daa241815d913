package io.inkfast.file;

import io.inkfast.internal.Storage;
import io.inkfast.internal.Ticker;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The file that is written to: which one it is, and what size it has if nobody else touches it. By these it is found out,
 * after a failure, how far the last write got, and whether another program has moved, deleted or cut the file. One thread
 * at a time.
 */
final class OpenFile {

    /** A line up to this size is written at once. */
    static final int LARGEST_WRITE = 1 << 20;

    /** What an open file turned out to be. */
    enum Found {
        /** A file of which nothing was known. */
        FIRST,
        /** The one that was left, longer by no more than what was tried last. */
        RESUMED,
        /** Another one, or the one that was left after somebody has changed it. */
        OTHER
    }

    /** What became of the file since the last write. */
    enum Change {
        NONE,
        SIZE,
        GONE
    }

    /* Asking the file system costs as much as a write, so callers' single events do not each ask. */
    private static final long CHECK_NANOS = 1_000_000;

    private final Storage storage;
    private final Ticker ticker;
    private ByteBuffer window = ByteBuffer.allocateDirect(2 * Chunk.BYTES);
    private Storage.@Nullable Output out;
    private Path path;
    private @Nullable Object key;
    private boolean known;
    private long size;

    /* How much the write that failed may have written; -1 if the file is not ours any more. */
    private int inDoubt;
    private int gained;
    private boolean endsInLine;
    private boolean unforced;
    private boolean forceBeforeClose;

    /* Whether the device did not confirm what was written: a second force would succeed, and prove nothing. */
    private boolean refused;
    private long checkedAt;

    OpenFile(Storage storage, Path path, Ticker ticker) {
        this.storage = storage;
        this.ticker = ticker;
        this.path = path;
    }

    boolean isOpen() {
        return out != null;
    }

    /** Whether something is known of the file at {@link #path}, so that it is the one to open again. */
    boolean isKnown() {
        return known;
    }

    Path path() {
        return path;
    }

    long size() {
        return size;
    }

    /** How much a resumed file is longer than was known. */
    int gained() {
        return gained;
    }

    /** Whether a file that was found ends in the middle of a line. */
    boolean endsInLine() {
        return endsInLine;
    }

    /** Opens the file and finds out what it is. Nothing is known of it afterwards that was not before, if this fails. */
    Found open(Path target, boolean truncate) throws IOException {
        Storage.Output opened = storage.open(target, truncate);
        try {
            Storage.Stat stat = storage.stat(target);
            if (stat == null) {
                throw new IOException("the file vanished while it was opened");
            }
            long more = stat.size() - size;
            boolean resumed = known && Objects.equals(key, stat.key()) && more >= 0 && more <= inDoubt;
            endsInLine = !resumed && stat.size() > 0 && storage.lastByte(target) != '\n';
            Found found = resumed ? Found.RESUMED : known ? Found.OTHER : Found.FIRST;
            gained = resumed ? (int) more : 0;
            refused |= unforced && forceBeforeClose && !resumed;
            unforced = resumed && (unforced || gained > 0);
            path = target;
            key = stat.key();
            size = stat.size();
            known = true;
            inDoubt = 0;
            checkedAt = ticker.nanos();
            out = opened;
            return found;
        } finally {
            if (out != opened) {
                opened.close();
            }
        }
    }

    /**
     * Looks whether the name still is our file, and its end is where we left it; closes it if it is gone. Within a
     * millisecond it looks once, unless an event is half written.
     */
    Change check(boolean midway) throws IOException {
        long now = ticker.nanos();
        if (!midway && now - checkedAt < CHECK_NANOS) {
            return Change.NONE;
        }
        checkedAt = now;
        Storage.Stat stat = storage.stat(path);
        if (stat == null || !Objects.equals(stat.key(), key)) {
            disown();
            return Change.GONE;
        }
        if (stat.size() == size) {
            return Change.NONE;
        }
        endsInLine = midway && stat.size() > 0 && storage.lastByte(path) != '\n';
        size = stat.size();
        return Change.SIZE;
    }

    /** Closes it; when it is opened again, it is not taken for the file that was left. */
    void disown() {
        close();
        inDoubt = -1;
    }

    /** The next {@link #check} looks. */
    void lookAgain() {
        checkedAt = ticker.nanos() - CHECK_NANOS;
    }

    /** How many bytes go into one write. */
    int capacity() {
        return window.capacity();
    }

    /** Makes room for a write of so many bytes, within reason. */
    void reserve(int bytes) {
        if (bytes > window.capacity() && window.capacity() < LARGEST_WRITE) {
            window = ByteBuffer.allocateDirect(Math.min(bytes, LARGEST_WRITE));
        }
    }

    /** Writes all of these bytes, at most {@link #capacity}; tells of each piece that is in the file. */
    void write(byte[] bytes, int from, int to, IntConsumer progress) throws IOException {
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
            unforced = true;
            // Either both happen or none: the progress calls nothing.
            progress.accept(count);
            size += count;
            inDoubt = 0;
        }
    }

    /**
     * Forces what is written to the device. From now on a file is also forced before it is closed. Once the device has
     * refused, no more is confirmed until {@link #writtenAgain}.
     */
    boolean force() throws IOException {
        forceBeforeClose = true;
        if (refused) {
            return false;
        }
        if (!unforced) {
            return true;
        }
        if (out == null) {
            return false;
        }
        try {
            out.force();
        } catch (IOException | RuntimeException e) {
            refused = !(e instanceof ClosedChannelException);
            throw e;
        }
        unforced = false;
        return true;
    }

    /** What the device has not confirmed is going to be written once more. */
    void writtenAgain() {
        refused = false;
    }

    /** Never fails: what was written is with the operating system already. */
    void close() {
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
        } catch (ClosedChannelException e) {
            // An interrupt has closed it; it can still be forced when it is open again.
            unforced = true;
        } catch (IOException | RuntimeException e) {
            refused = true;
        }
        try {
            open.close();
        } catch (IOException | RuntimeException e) {
            // Nothing is buffered on our side.
            return;
        }
    }

    /** The next file is another one. */
    void forget() {
        known = false;
    }
}
