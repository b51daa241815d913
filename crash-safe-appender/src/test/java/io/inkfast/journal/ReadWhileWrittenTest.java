package io.inkfast.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkfast.internal.SystemDirectory;
import io.inkfast.internal.Ticker;
import io.inkfast.testing.Torture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A journal that is looked at from outside while it is written, and while its segments come and go. */
@Tag(Torture.TAG)
@Timeout(1800)
class ReadWhileWrittenTest {

    private static final JournalSettings SETTINGS =
            JournalSettings.defaults().withSizes(32 << 10, 256 << 10, 16 << 10).withReserve(64 << 10);

    @TempDir
    Path directory;

    @Test
    void isNeverTakenForADamagedOne() throws Exception {
        int wanted = Torture.times(200, 1_000, 100_000);
        Journal journal = Journal.open(
                new SystemDirectory(directory), SETTINGS, new JournalListener() {}, Ticker.SYSTEM, () -> 1);
        journal.start("read");
        AtomicBoolean enough = new AtomicBoolean();
        AtomicReference<IOException> failure = new AtomicReference<>();
        Thread writer = new Thread(() -> {
            Cursor cursor = journal.cursor();
            try {
                for (int i = 0; !enough.get(); i++) {
                    JournalTest.append(journal, JournalTest.text(i), Durability.OS);
                    if (i % 100 == 99) {
                        journal.sync(10_000_000_000L);
                        JournalTest.rest(cursor);
                        journal.delivered(cursor.lsn());
                    }
                }
            } catch (IOException e) {
                failure.set(e);
            }
            cursor.close();
        });
        writer.start();
        try {
            for (int i = 0; i < wanted; i++) {
                JournalReader reader = JournalReader.of(directory);
                assertThat(reader.lost()).as("%d", i).isEmpty();
                assertThat(reader.unreadable()).as("%d", i).isEmpty();
                reader.events(0, (lsn, payload) -> assertThat(payload).isNotEmpty());
            }
        } finally {
            enough.set(true);
            writer.join();
            journal.close(10_000);
        }
        assertThat(failure.get()).isNull();
        assertThat(journal.durableLsn()).isGreaterThan(wanted);
    }
}
