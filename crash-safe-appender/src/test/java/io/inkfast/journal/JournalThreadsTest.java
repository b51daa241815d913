package io.inkfast.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkfast.internal.Ticker;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The end of a journal while its thread that fills spares is at work. */
@Timeout(60)
class JournalThreadsTest {

    private static final int SEGMENT = 4 << 20;
    private static final JournalSettings SETTINGS =
            JournalSettings.defaults().withSizes(SEGMENT, 512 << 10, 8 << 10).withReserve(2L * SEGMENT);

    private final MemoryDirectory disk = new MemoryDirectory();

    private static boolean fills(String operation, String name) {
        return operation.equals("write") && name.endsWith(SegmentFile.UNFINISHED);
    }

    @Test
    void saysThatAThreadMayStillWrite() throws Exception {
        CountDownLatch hangs = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        Journal journal = Journal.open(disk, SETTINGS, new JournalListener() {}, Ticker.SYSTEM, () -> 1);
        disk.fail((operation, name, bytes) -> {
            if (fills(operation, name)) {
                hangs.countDown();
                awaitQuietly(released);
            }
            return bytes;
        });
        journal.start("spares");
        hangs.await();
        assertThat(journal.close(50)).isFalse();
        released.countDown();
    }

    @Test
    void aSpareThatIsBeingFilledIsGivenUp() throws IOException {
        Spares spares = new Spares(disk, SETTINGS, new JournalListener() {});
        int[] blocks = {0};
        disk.fail((operation, name, bytes) -> {
            if (fills(operation, name) && ++blocks[0] == 2) {
                spares.end();
            }
            return bytes;
        });
        assertThat(spares.refill()).isFalse();
        assertThat(blocks[0]).isEqualTo(2);
        assertThat(spares.names()).isEmpty();
        assertThat(disk.list()).isEmpty();
        // Whoever has to have one now still gets it.
        assertThat(disk.content(spares.make())).hasSize(SEGMENT);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
