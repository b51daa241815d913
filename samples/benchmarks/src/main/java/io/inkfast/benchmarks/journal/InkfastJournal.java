package io.inkfast.benchmarks.journal;

import io.inkfast.internal.SystemDirectory;
import io.inkfast.internal.Ticker;
import io.inkfast.internal.Worker;
import io.inkfast.journal.Cursor;
import io.inkfast.journal.Durability;
import io.inkfast.journal.Journal;
import io.inkfast.journal.JournalListener;
import io.inkfast.journal.JournalSettings;
import io.inkfast.journal.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/** The journal as the write-ahead appender uses it: somebody reads the records and lets them go. */
final class InkfastJournal implements Journals.Way {

    private static final long TIMEOUT_NANOS = 10_000_000_000L;
    private static final long NOTE_EVERY = 50_000;

    private final Journal journal;
    private final Durability durability;
    private final Worker reader;

    InkfastJournal(Path directory, Durability durability) throws IOException {
        this.durability = durability;
        journal = Journal.open(
                new SystemDirectory(directory),
                JournalSettings.defaults(),
                new JournalListener() {},
                Ticker.SYSTEM,
                () -> System.currentTimeMillis() * 1000);
        journal.start("benchmark");
        Cursor cursor = journal.cursor();
        reader = new Worker("benchmark-reader", () -> read(cursor), e -> {});
        reader.start();
    }

    private void read(Cursor cursor) {
        if (!cursor.next()) {
            journal.awaitRecord(cursor.readLsn(), 10_000_000);
        } else if (cursor.lsn() - journal.deliveredLsn() >= NOTE_EVERY) {
            try {
                journal.delivered(cursor.lsn());
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public void append(byte[] record) throws IOException {
        long lsn = journal.append(record, 0, record.length, 0, 4, durability);
        while (lsn == Journal.BUSY) {
            LockSupport.parkNanos(100_000);
            lsn = journal.append(record, 0, record.length, 0, 4, durability);
        }
        if (lsn < 0 || journal.await(lsn, durability, TIMEOUT_NANOS) != Outcome.DONE) {
            throw new IOException("not journalled");
        }
    }

    @Override
    public void close() {
        reader.stop();
        reader.join(1000);
        journal.close(5000);
    }
}
