package io.inkfast.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkfast.internal.ClosableRing.Offer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClosableRingTest {

    private static final long KEEP = 1;

    private final RingBatch<String> batch = new RingBatch<>(4);

    private static ClosableRing<String> ring(int limit) {
        return new ClosableRing<>(limit, 1000);
    }

    private static Offer offer(ClosableRing<String> ring, String element) {
        return ring.offer(element, 0, 0, ring.limit());
    }

    private List<String> drain(ClosableRing<String> ring) {
        List<String> all = new ArrayList<>();
        do {
            batch.clear();
            ring.drain(batch, 4);
            all.addAll(batch);
            ring.release(batch);
        } while (!batch.isEmpty());
        return all;
    }

    @Nested
    class AtTheLimit {

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3, 5, 7, 8, 100})
        void takesExactlyAsManyAsItsLimit(int limit) {
            ClosableRing<String> ring = ring(limit);
            for (int lap = 0; lap < 5; lap++) {
                for (int i = 0; i < limit; i++) {
                    assertThat(offer(ring, "e" + i)).isEqualTo(Offer.TAKEN);
                }
                assertThat(offer(ring, "one too many")).isEqualTo(Offer.FULL);
                assertThat(ring.size()).isEqualTo(limit);
                assertThat(drain(ring)).hasSize(limit).first().isEqualTo("e0");
            }
        }

        @Test
        void keepsThePartBeyondTheCallersOwnBound() {
            ClosableRing<String> ring = ring(4);
            assertThat(ring.offer("a", 0, 0, 2)).isEqualTo(Offer.TAKEN);
            assertThat(ring.offer("b", 0, 0, 2)).isEqualTo(Offer.TAKEN);
            assertThat(ring.offer("c", 0, 0, 2)).isEqualTo(Offer.FULL);
            assertThat(ring.offer("C", 0, 0, 4)).isEqualTo(Offer.TAKEN);
            assertThat(drain(ring)).containsExactly("a", "b", "C");
        }
    }

    @Nested
    class ByWeight {

        @Test
        void isFullWhenTheWeightIsReached() {
            ClosableRing<String> ring = ring(10);
            assertThat(ring.offer("heavy", 0, 600, 10)).isEqualTo(Offer.TAKEN);
            assertThat(ring.offer("heavy too", 0, 600, 10)).isEqualTo(Offer.FULL);
            assertThat(ring.offer("light", 0, 100, 10)).isEqualTo(Offer.TAKEN);
            assertThat(drain(ring)).containsExactly("heavy", "light");
            assertThat(ring.offer("heavy too", 0, 600, 10)).isEqualTo(Offer.TAKEN);
        }

        @Test
        void takesAnElementHeavierThanItselfWhenItIsEmpty() {
            ClosableRing<String> ring = ring(10);
            assertThat(ring.offer("monster", 0, 1_000_000, 10)).isEqualTo(Offer.TAKEN);
            assertThat(ring.offer("light", 0, 1, 10)).isEqualTo(Offer.FULL);
            assertThat(drain(ring)).containsExactly("monster");
            assertThat(ring.offer("light", 0, 1, 10)).isEqualTo(Offer.TAKEN);
        }

        @Test
        void anEvictedElementGivesItsWeightBack() {
            ClosableRing<String> ring = ring(10);
            ring.offer("heavy", 0, 1000, 10);
            assertThat(ring.evict(KEEP)).isEqualTo("heavy");
            assertThat(ring.offer("heavy too", 0, 1000, 10)).isEqualTo(Offer.TAKEN);
        }
    }

    @Nested
    class WhenClosed {

        @Test
        void takesNothingMoreAndDrainsToTheEnd() {
            ClosableRing<String> ring = ring(4);
            offer(ring, "a");
            offer(ring, "b");
            ring.close();
            assertThat(offer(ring, "c")).isEqualTo(Offer.CLOSED);
            assertThat(ring.isDrained()).isFalse();
            assertThat(drain(ring)).containsExactly("a", "b");
            assertThat(ring.isDrained()).isTrue();
            assertThat(ring.claimed()).isEqualTo(2);
        }

        @Test
        void isClosedRatherThanFull() {
            ClosableRing<String> ring = ring(1);
            offer(ring, "a");
            ring.close();
            assertThat(offer(ring, "b")).isEqualTo(Offer.CLOSED);
        }
    }

    @Nested
    class WhenEvicting {

        @Test
        void givesTheOldestThatMayGo() {
            ClosableRing<String> ring = ring(4);
            ring.offer("keep 1", KEEP, 0, 4);
            ring.offer("a", 0, 0, 4);
            ring.offer("keep 2", KEEP, 0, 4);
            ring.offer("b", 0, 0, 4);
            assertThat(ring.evict(KEEP)).isEqualTo("a");
            assertThat(ring.size()).isEqualTo(3);
            assertThat(offer(ring, "c")).isEqualTo(Offer.TAKEN);
            assertThat(offer(ring, "d")).isEqualTo(Offer.FULL);
            assertThat(ring.evict(KEEP)).isEqualTo("b");
            assertThat(drain(ring)).containsExactly("keep 1", "keep 2", "c");
        }

        @Test
        void givesNothingWhenAllMustStay() {
            ClosableRing<String> ring = ring(2);
            ring.offer("keep 1", KEEP, 0, 2);
            ring.offer("keep 2", KEEP, 0, 2);
            assertThat(ring.evict(KEEP)).isNull();
            assertThat(offer(ring, "c")).isEqualTo(Offer.FULL);
            assertThat(ring.drainedTo())
                    .as("kept elements are still in the queue")
                    .isZero();
            assertThat(drain(ring)).containsExactly("keep 1", "keep 2");
            assertThat(ring.isDrained()).isTrue();
        }

        @Test
        void givesNothingWhenEmpty() {
            assertThat(ring(2).evict(KEEP)).isNull();
        }
    }

    @Nested
    class WhenReplacing {

        @Test
        void replacesOnlyWhatIsStillThere() {
            ClosableRing<String> ring = ring(4);
            offer(ring, "a");
            offer(ring, "b");
            ring.replace(1, 0, String::toUpperCase);
            ring.replace(2, 0, String::toUpperCase);
            assertThat(drain(ring)).containsExactly("a", "B");
            ring.replace(1, 0, String::toUpperCase);
            assertThat(ring.isDrained()).isTrue();
        }
    }

    /** Exact accounting with many threads, in every mode at once. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 64})
    @Timeout(value = 2, unit = TimeUnit.MINUTES)
    void neitherLosesNorDoublesNorReordersUnderLoad(int limit) throws Exception {
        for (int round = 0; round < 20; round++) {
            new Storm(limit, round % 2 == 1).run();
        }
    }

    private static final class Storm {
        private static final int PRODUCERS = 4;
        private static final int EACH = 3000;
        private final ClosableRing<long[]> ring;
        private final boolean evicting;
        private final AtomicLong taken = new AtomicLong();
        private final AtomicLong evicted = new AtomicLong();
        private final AtomicInteger running = new AtomicInteger(PRODUCERS);

        Storm(int limit, boolean evicting) {
            ring = new ClosableRing<>(limit, 1 << 20);
            this.evicting = evicting;
        }

        void run() throws Exception {
            Thread[] producers = new Thread[PRODUCERS];
            for (int i = 0; i < PRODUCERS; i++) {
                int producer = i;
                producers[i] = new Thread(() -> produce(producer));
                producers[i].start();
            }
            Thread replacer = new Thread(this::replace);
            replacer.start();
            long drained = drainUntilClosed();
            for (Thread thread : producers) {
                thread.join();
            }
            replacer.join();
            assertThat(drained + evicted.get()).isEqualTo(taken.get()).isEqualTo(ring.claimed());
            assertThat(ring.size()).isZero();
        }

        private void produce(int producer) {
            for (int i = 0; i < EACH; ) {
                long tag = i % 5 == 0 ? KEEP : 0;
                Offer offer = ring.offer(new long[] {producer, i, tag}, tag, i % 7 == 0 ? 5000 : 1, ring.limit());
                if (offer == Offer.TAKEN) {
                    taken.incrementAndGet();
                    i++;
                } else if (evicting) {
                    long[] out = ring.evict(KEEP);
                    if (out != null) {
                        assertThat(out[2]).isZero();
                        evicted.incrementAndGet();
                    }
                } else {
                    Thread.yield();
                }
            }
            if (running.decrementAndGet() == 0) {
                ring.close();
            }
        }

        private void replace() {
            while (!ring.isClosed()) {
                ring.replace(ring.consumed() + 2, 0, long[]::clone);
            }
        }

        private long drainUntilClosed() {
            ring.consumer(Thread.currentThread());
            RingBatch<long[]> batch = new RingBatch<>(16);
            long[] last = {-1, -1, -1, -1};
            long drained = 0;
            while (!(ring.isClosed() && ring.isDrained())) {
                batch.clear();
                ring.drain(batch, 16);
                for (long[] element : batch) {
                    assertThat(element[1])
                            .as("order of producer %d", element[0])
                            .isGreaterThan(last[(int) element[0]]);
                    if (!evicting) {
                        assertThat(element[1]).isEqualTo(last[(int) element[0]] + 1);
                    }
                    last[(int) element[0]] = element[1];
                }
                drained += batch.size();
                ring.release(batch);
                if (batch.isEmpty()) {
                    ring.park(1_000_000);
                }
            }
            return drained;
        }
    }
}
