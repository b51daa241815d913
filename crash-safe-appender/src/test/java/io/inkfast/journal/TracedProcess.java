package io.inkfast.journal;

import io.inkfast.internal.SystemDirectory;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A process whose one thread journals records and has each confirmed, reads them, and notes them as delivered; on standard
 * output it says what it was promised.
 */
final class TracedProcess {

    static final JournalSettings SETTINGS =
            JournalSettings.defaults().withSizes(16 << 10, 256 << 10, 8 << 10).withReserve(32 << 10);

    /** Then an LSN: it is on the device. */
    static final String ACKED = "acked";

    /** Then an LSN: it is not. */
    static final String REFUSED = "refused";

    /** Then an LSN: up to there it may be noted as delivered. */
    static final String DELIVERING = "delivering";

    private TracedProcess() {}

    /** Arguments: directory, number of records. */
    @SuppressWarnings("resource") // it is the process's
    public static void main(String[] arguments) throws IOException {
        FileOutputStream out = new FileOutputStream(FileDescriptor.out);
        // A clock that goes on whenever it is looked at: no pause after a failure takes time.
        AtomicLong clock = new AtomicLong();
        Journal journal = Journal.open(
                new SystemDirectory(Path.of(arguments[0])),
                SETTINGS,
                new JournalListener() {},
                () -> clock.addAndGet(10_000_000),
                () -> 1);
        Cursor cursor = journal.cursor();
        for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
            byte[] text = text(i).getBytes(StandardCharsets.US_ASCII);
            long lsn = journal.append(text, 0, text.length, 1, 4, Durability.DISK);
            do {
                journal.syncNow();
                journal.step();
            } while (journal.isDegraded());
            say(out, (journal.durableLsn() >= lsn ? ACKED : REFUSED) + " " + lsn);
            journal.keep();
            if (i % 10 == 9) {
                deliver(journal, cursor, out);
            }
        }
        journal.close(1000);
    }

    /** Of the record with that number, from 0. */
    static String text(int record) {
        return "record " + record + " " + "x".repeat(record * 37 % 900);
    }

    private static void deliver(Journal journal, Cursor cursor, FileOutputStream out) throws IOException {
        // A little less than what came, so that more and more is waiting.
        int read = 0;
        while (read < 8 && cursor.next()) {
            read++;
        }
        if (read > 0) {
            say(out, DELIVERING + " " + cursor.lsn());
            try {
                journal.delivered(cursor.lsn());
            } catch (IOException e) {
                // Then it is delivered again.
                return;
            }
        }
    }

    /** The LSNs of what was promised, and is not delivered, of what a process has said; its last line may be cut off. */
    static Set<Long> promised(String said) {
        long delivered = delivering(said);
        Set<Long> promised = new TreeSet<>();
        for (String line : whole(said)) {
            String[] words = line.split(" ");
            if (words[0].equals(ACKED) && Long.parseLong(words[1]) > delivered) {
                promised.add(Long.parseLong(words[1]));
            }
        }
        return promised;
    }

    /** Up to which LSN it may have noted that all is delivered; 0 if none is. */
    static long delivering(String said) {
        long delivered = 0;
        for (String line : whole(said)) {
            String[] words = line.split(" ");
            if (words[0].equals(DELIVERING)) {
                delivered = Long.parseLong(words[1]);
            }
        }
        return delivered;
    }

    private static String[] whole(String said) {
        return said.substring(0, said.lastIndexOf('\n') + 1).split("\n");
    }

    private static void say(FileOutputStream out, String line) throws IOException {
        out.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
    }
}
