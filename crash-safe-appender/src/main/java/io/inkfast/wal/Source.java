package io.inkfast.wal;

import io.inkfast.journal.Cursor;
import io.inkfast.journal.Journal;

/**
 * A journal that is read: the appender's own, or one that a process left behind.
 *
 * @param release gives the directory back, when nobody reads or writes there any more
 * @param own     whether events are still added to it
 */
record Source(Journal journal, Cursor cursor, Runnable release, boolean own) {

    /** Whether an event was journalled by an earlier run. */
    boolean isRecovered(long lsn) {
        return !own || lsn < journal.firstLsn();
    }

    void close(long timeoutMillis) {
        cursor.close();
        journal.close(timeoutMillis);
        release.run();
    }
}
