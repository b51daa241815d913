package io.inkfast.wal;

import io.inkfast.journal.Cursor;
import io.inkfast.journal.Journal;
import io.inkfast.keys.RecordOpener;

/**
 * A journal that is read: the appender's own, or one that a process left behind.
 *
 * @param place where it lies, which is ours
 * @param own   whether events are still added to it
 * @param opener opens the records that are sealed
 */
record Source(Journal journal, Cursor cursor, Place place, boolean own, RecordOpener opener) {

    private static final long CLOSE_MILLIS = 1000;

    /** A directory that is kept from others. */
    interface Place {

        /** Gives it back, when nobody reads or writes there any more. */
        void release();

        /** The same, and takes away what is left there: everything was delivered. */
        default void discard() {
            release();
        }
    }

    /** How many events had not been delivered that an earlier run has journalled. */
    long waiting() {
        return journal.undelivered();
    }

    /** Whether some of those cannot be opened. */
    boolean isLocked() {
        return waiting() > 0 && !opener.missingKeys().isEmpty();
    }

    /** Which keys that takes, in words. */
    String missingKeys() {
        return "key " + String.join(", key ", opener.missingKeys());
    }

    /** Whether an event was journalled by an earlier run. */
    boolean isRecovered(long lsn) {
        return !own || lsn < journal.firstLsn();
    }

    void close() {
        cursor.close();
        journal.close(CLOSE_MILLIS);
        place.release();
    }

    /** After everything was read. Where some of it may not be safe yet, it stays, and is delivered again at the next start. */
    void closeDrained() {
        boolean all = journal.deliveredLsn() >= cursor.readLsn();
        cursor.close();
        if (journal.close(CLOSE_MILLIS) && all) {
            place.discard();
        } else {
            place.release();
        }
    }
}
