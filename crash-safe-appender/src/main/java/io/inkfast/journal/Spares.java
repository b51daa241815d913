package io.inkfast.journal;

import io.inkfast.internal.Directory;
import io.inkfast.internal.Directory.Access;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/*
 * A spare is made at once for one that was taken. When the segment before it is delivered, it would come too late: so a few
 * more are kept, and in the long run none is filled, which would have the disk write everything twice.
 */
/**
 * Files that are filled already: the next segments, and the reserve for a full disk. One thread takes them, another fills
 * new ones, a third gives back what it needs no more; the lock is not held while a file is filled.
 */
final class Spares {

    private static final int FILL_BYTES = 1 << 20;

    private final Directory directory;
    private final int segmentBytes;
    private final int wanted;
    private final int most;
    private final JournalListener listener;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<String> names = new ArrayDeque<>();
    private long nextNumber;
    private boolean failing;
    private boolean begun;
    private volatile boolean inReserve;
    private volatile boolean ended;
    private volatile Runnable taken = () -> {};

    /** Takes over the spares in the directory; deletes those that are too many, of another size, or unfinished. */
    Spares(Directory directory, JournalSettings settings, JournalListener listener) throws IOException {
        this.directory = directory;
        this.listener = listener;
        segmentBytes = settings.segmentBytes();
        wanted = settings.spares();
        most = wanted + settings.moreSpares();
        for (String name : directory.list()) {
            if (SegmentFile.isUnfinishedSpare(name)) {
                directory.delete(name);
            } else if (SegmentFile.isSpare(name)) {
                nextNumber = Math.max(nextNumber, SegmentFile.spareNumber(name) + 1);
                adopt(name);
            }
        }
    }

    private void adopt(String name) throws IOException {
        Directory.Binary file = directory.open(name, Access.READ);
        long size;
        try {
            size = file.size();
        } finally {
            file.close();
        }
        if (size == segmentBytes && names.size() < most) {
            names.add(name);
        } else {
            directory.delete(name);
        }
    }

    /** Whether none can be made at the moment, and what is written comes from the reserve. */
    boolean inReserve() {
        return inReserve;
    }

    /** Whom to tell when one was taken: whether another can be made shows whether this is the reserve. */
    void whenTaken(Runnable then) {
        taken = then;
    }

    /** One of them; null if there is none. */
    @Nullable
    String take() {
        String spare;
        boolean entered;
        lock.lock();
        try {
            boolean complete = names.size() >= wanted;
            spare = names.poll();
            begun |= complete && spare != null;
            entered = spare != null && failing && enter();
        } finally {
            lock.unlock();
        }
        tellEntered(entered);
        taken.run();
        return spare;
    }

    /** One that was taken and not used. */
    void putBack(String name) {
        lock.lock();
        try {
            names.addFirst(name);
        } finally {
            lock.unlock();
        }
    }

    /** Their names. */
    List<String> names() {
        lock.lock();
        try {
            return new ArrayList<>(names);
        } finally {
            lock.unlock();
        }
    }

    /** Somebody has deleted some. */
    void forget(List<String> gone) {
        lock.lock();
        try {
            names.removeAll(gone);
        } finally {
            lock.unlock();
        }
    }

    /** A new one, for who has to have it now. */
    String make() throws IOException {
        String name = nextName();
        fill(name, () -> false);
        return name;
    }

    /** No more are filled, and the one that is being filled is given up. */
    void end() {
        ended = true;
    }

    /** Makes one if one is missing; false if there are enough. */
    boolean refill() throws IOException {
        if (isComplete()) {
            failing(false);
            return false;
        }
        String name = nextName();
        try {
            if (!fill(name, () -> ended)) {
                return false;
            }
            directory.sync();
        } catch (IOException e) {
            failing(true);
            throw e;
        }
        lock.lock();
        try {
            names.add(name);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Takes a file that is needed no more; false if there are enough, or it has another size. */
    boolean giveBack(String file, long bytes) throws IOException {
        if (bytes != segmentBytes || has(most)) {
            return false;
        }
        String name = nextName();
        directory.rename(file, name);
        lock.lock();
        try {
            names.add(name);
        } finally {
            lock.unlock();
        }
        if (isComplete()) {
            failing(false);
        }
        return true;
    }

    private boolean isComplete() {
        return has(wanted);
    }

    private boolean has(int count) {
        lock.lock();
        try {
            return names.size() >= count;
        } finally {
            lock.unlock();
        }
    }

    /* The first one that was taken is part of the reserve, too, if no other can be made for it. */
    private void failing(boolean now) {
        boolean left;
        boolean entered;
        lock.lock();
        try {
            failing = now;
            entered = now && begun && enter();
            left = !now && inReserve;
            inReserve &= now;
            begun &= now;
        } finally {
            lock.unlock();
        }
        tellEntered(entered);
        if (left) {
            listener.reserveLeft();
        }
    }

    private boolean enter() {
        boolean entered = !inReserve;
        inReserve = true;
        return entered;
    }

    private void tellEntered(boolean entered) {
        if (entered) {
            listener.reserveEntered("no new segment can be made");
        }
    }

    private String nextName() {
        lock.lock();
        try {
            return SegmentFile.spareName(nextNumber++);
        } finally {
            lock.unlock();
        }
    }

    /* Really written: a file that only has a size cannot be written to when the disk is full. */
    private boolean fill(String name, BooleanSupplier givesUp) throws IOException {
        String unfinished = name + SegmentFile.UNFINISHED;
        directory.delete(unfinished);
        Directory.Binary file = directory.create(unfinished);
        boolean whole = false;
        try {
            whole = fill(file, givesUp);
        } finally {
            file.close();
            if (!whole) {
                directory.delete(unfinished);
            }
        }
        if (whole) {
            directory.rename(unfinished, name);
        }
        return whole;
    }

    private boolean fill(Directory.Binary file, BooleanSupplier givesUp) throws IOException {
        ByteBuffer zeros = ByteBuffer.allocateDirect(Math.min(FILL_BYTES, segmentBytes));
        for (long at = 0; at < segmentBytes; at += zeros.limit()) {
            if (givesUp.getAsBoolean()) {
                return false;
            }
            zeros.clear().limit((int) Math.min(zeros.capacity(), segmentBytes - at));
            SegmentFile.write(file, zeros, at);
        }
        file.force();
        return true;
    }
}
