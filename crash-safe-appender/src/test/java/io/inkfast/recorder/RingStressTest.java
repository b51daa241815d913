package io.inkfast.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLongArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many writers, a ring that comes round again and again, and readers all the while. */
@Timeout(120)
class RingStressTest {

    private static final int WRITERS = 4;
    private static final int EACH = 150_000;

    @Test
    void losesNothingOfTheLastLapAndShowsNothingThatWasNotWritten() throws Exception {
        RingHeader header = Rings.header(6);
        ByteBuffer memory = Rings.memory(header);
        Ring ring = Rings.ring(memory, header);
        AtomicLongArray sums = new AtomicLongArray(WRITERS * EACH + 1);
        AtomicBoolean writing = new AtomicBoolean(true);
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS + 1);
        List<Future<?>> writers = new ArrayList<>();
        for (int w = 0; w < WRITERS; w++) {
            int writer = w;
            writers.add(threads.submit(() -> write(ring, writer, sums)));
        }
        Future<Integer> reader = threads.submit(() -> {
            int reads = 0;
            while (writing.get()) {
                check(Rings.read(memory, header));
                reads++;
            }
            return reads;
        });
        for (Future<?> each : writers) {
            each.get(100, TimeUnit.SECONDS);
        }
        writing.set(false);
        assertThat(reader.get(100, TimeUnit.SECONDS)).isPositive();
        threads.shutdown();

        assertThat(ring.lastEvent()).isEqualTo(WRITERS * EACH);
        RingScan scan = new RingScan(RingSource.of(memory), header);
        List<String> last = Rings.read(scan);
        check(last);
        assertThat(scan.missing()).isZero();
        int whole = 0;
        for (int i = last.size() - 1; i >= 0 && number(last.get(i)) == WRITERS * EACH - whole; i--) {
            // Only what its writer was told is there.
            assertThat(sums.get((int) number(last.get(i))))
                    .isEqualTo(last.get(i).length());
            whole++;
        }
        assertThat(whole).as("of the last lap, without a gap").isGreaterThan(4 * RingFormat.BLOCK / 250);
    }

    private static void write(Ring ring, int writer, AtomicLongArray sums) {
        RecordBuffer buffer = new RecordBuffer();
        for (int i = 0; i < EACH; i++) {
            String content = writer + ":" + i + ":" + "abcdefghij".repeat(i % 17);
            String checked = content + ":" + content.hashCode();
            long number = Rings.append(ring, buffer, checked);
            String shown = number + " " + checked;
            assertThat(sums.getAndSet((int) number, shown.length())).isZero();
        }
    }

    private static long number(String event) {
        return Long.parseLong(event.substring(0, event.indexOf(' ')));
    }

    private static void check(List<String> events) {
        long before = 0;
        for (String event : events) {
            assertThat(number(event)).isGreaterThan(before);
            before = number(event);
            String content = event.substring(event.indexOf(' ') + 1);
            int colon = content.lastIndexOf(':');
            assertThat(content.substring(colon + 1))
                    .isEqualTo(Integer.toString(content.substring(0, colon).hashCode()));
        }
    }
}
