package io.inkfast.cli;

import io.inkfast.journal.DirectoryLock;
import io.inkfast.journal.JournalReader;
import io.inkfast.journal.JournalReader.Condition;
import io.inkfast.journal.JournalRemoval;
import io.inkfast.keys.EncryptionKeyset;
import io.inkfast.keys.KeysetException;
import io.inkfast.recovery.DamagedLineException;
import io.inkfast.recovery.EventLines;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/*
 * Its lock is held from before it is read until it is deleted: nobody can have written, or delivered, anything in between.
 */
/** The journal of a write-ahead appender: what its sinks do not have. */
final class LeftJournal implements Leftover {

    private final Path directory;
    private final EventLines lines;
    private final @Nullable EncryptionKeyset keyset;
    private final @Nullable DirectoryLock lock;
    private final @Nullable String locked;
    private final boolean damagedToo;
    private final boolean root;

    private LeftJournal(
            Path directory,
            EventLines lines,
            @Nullable EncryptionKeyset keyset,
            @Nullable DirectoryLock lock,
            @Nullable String locked,
            boolean damagedToo,
            boolean root) {
        this.directory = directory;
        this.lines = lines;
        this.keyset = keyset;
        this.lock = lock;
        this.locked = locked;
        this.damagedToo = damagedToo;
        this.root = root;
    }

    /** To read it. */
    static LeftJournal toKeep(Path directory, EventLines lines, @Nullable EncryptionKeyset keyset) {
        return new LeftJournal(directory, lines, keyset, null, null, false, false);
    }

    /**
     * To read and delete it.
     *
     * @param damagedToo also if something is missing in it
     * @param root       whether the directory itself stays
     */
    static LeftJournal toDelete(
            Path directory, EventLines lines, @Nullable EncryptionKeyset keyset, boolean damagedToo, boolean root) {
        DirectoryLock lock = null;
        String locked = "its process runs";
        try {
            lock = DirectoryLock.take(directory);
        } catch (IOException e) {
            locked = "it cannot be locked: " + e.getClass().getSimpleName();
        }
        return new LeftJournal(directory, lines, keyset, lock, lock == null ? locked : null, damagedToo, root);
    }

    @Override
    public String name() {
        return directory.toString();
    }

    @Override
    public boolean isJournal() {
        return true;
    }

    @Override
    public Found write(OutputStream out, Streams streams) throws IOException, KeysetException {
        JournalReader reader = JournalReader.of(
                directory, done -> streams.progress().at(done, "segments read in [" + directory + "]"));
        long[] damaged = {0};
        long[] written = {0};
        JournalEvents events = new JournalEvents(reader, keyset);
        long found = events.read(reader.deliveredLsn() + 1, (lsn, payload) -> {
            byte[] line;
            try {
                line = lines.line(payload);
            } catch (DamagedLineException e) {
                damaged[0]++;
                return;
            }
            out.write(line);
            streams.progress().at(++written[0], "events of [" + directory + "]");
        });
        Condition condition = reader.condition();
        if (events.locked() > 0) {
            streams.say("[" + directory + "] " + events.sentence());
        }
        damaged[0] += events.locked();
        streams.say(
                "[" + directory + "] " + (found - damaged[0]) + " undelivered events of a journal (" + condition + ")");
        boolean whole = damaged[0] == 0 && (condition == Condition.CLEAN || condition == Condition.TORN);
        return new Found(
                condition.toString(),
                found - damaged[0],
                reader.lostRecords() + damaged[0],
                reader.unreadable().size(),
                events.locked() > 0 ? "its events are encrypted" : kept(whole, reader.isNewer()));
    }

    private @Nullable String kept(boolean whole, boolean newer) {
        if (locked != null) {
            return locked;
        }
        if (newer) {
            return "a later version of Inkfast has written it";
        }
        return whole || damagedToo ? null : "it is damaged; with --damaged it is deleted all the same";
    }

    @Override
    public @Nullable String delete() throws IOException {
        if (lock == null) {
            return "it is not locked";
        }
        JournalRemoval.remove(directory, lock);
        if (!root) {
            lock.closeAndRemove();
        }
        return null;
    }

    @Override
    public void close() {
        if (lock != null) {
            lock.close();
        }
    }
}
