package io.inkfast.wal;

import io.inkfast.internal.Directory;
import io.inkfast.internal.SystemDirectory;
import io.inkfast.wal.WalDirectory.Taken;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/*
 * A journal over one that was not to be had at start begins with nothing, and degraded; it asks again and again. What was
 * in the directory all the while is another journal, with other numbers, and is left for the next start.
 */
/**
 * The directory of the appender's own journal. One that could not be had at start, or that somebody else has taken since,
 * is one without files; every operation tries to take it, or another. One that was deleted or moved is taken anew when it
 * is listed. Any thread.
 */
final class OwnDirectory implements Directory {

    private final WalDirectory wanted;
    private final OnLocked onLocked;
    private @Nullable Taken taken;
    private volatile @Nullable SystemDirectory directory;
    private boolean closed;

    /** @param taken null if it could not be had */
    OwnDirectory(WalDirectory wanted, OnLocked onLocked, @Nullable Taken taken) {
        this.wanted = wanted;
        this.onLocked = onLocked;
        this.taken = taken;
        directory = taken == null ? null : new SystemDirectory(taken.path());
    }

    @Override
    public List<String> list() throws IOException {
        SystemDirectory known = keep();
        return known == null ? List.of() : known.list();
    }

    private synchronized @Nullable SystemDirectory keep() throws IOException {
        Taken now = taken;
        if (now == null || closed || now.lock().isInPlace()) {
            return directory;
        }
        if (now.lock().renew()) {
            wanted.mark(now.path());
        } else {
            taken = null;
            directory = null;
        }
        return directory;
    }

    @Override
    public Binary create(String name) throws IOException {
        return take().create(name);
    }

    @Override
    public Binary open(String name, Access access) throws IOException {
        return take().open(name, access);
    }

    @Override
    public void rename(String from, String to) throws IOException {
        take().rename(from, to);
    }

    @Override
    public void delete(String name) throws IOException {
        take().delete(name);
    }

    @Override
    public void sync() throws IOException {
        take().sync();
    }

    @Override
    public Directory child(String name) {
        throw new UnsupportedOperationException("a journal has no directories in it");
    }

    private SystemDirectory take() throws IOException {
        SystemDirectory known = directory;
        return known == null ? takeNow() : known;
    }

    private synchronized SystemDirectory takeNow() throws IOException {
        SystemDirectory known = directory;
        if (known != null) {
            return known;
        }
        if (closed) {
            throw new IOException("closed");
        }
        Taken now = wanted.unused(onLocked);
        taken = now;
        known = new SystemDirectory(now.path());
        directory = known;
        return known;
    }

    /** Gives it back. */
    synchronized void close() {
        closed = true;
        if (taken != null) {
            taken.lock().close();
        }
    }
}
