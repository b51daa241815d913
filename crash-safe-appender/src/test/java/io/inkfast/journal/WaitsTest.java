package io.inkfast.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkfast.internal.Ticker;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WaitsTest {

    /* Nobody may need it: who has to be woken by somebody and is not would wait so long. */
    private static final long AN_HOUR = 3_600_000_000_000L;

    private final Waits waits = new Waits(new Passed());

    @Test
    void wakesEverybodyWhoseRecordIsThere() throws Exception {
        List<Future<Outcome>> done = waiting(1, 40);
        List<Future<Outcome>> later = waiting(41, 43);
        waits.settle(0, 40);
        assertOutcomes(done, Outcome.DONE);
        waits.settle(50, 50);
        assertOutcomes(later, Outcome.DONE);
        assertThat(waits.isEmpty()).isTrue();
    }

    @Test
    void wakesThoseThatWouldHaveBeenWokenByOneThatGaveUp() throws Exception {
        List<Future<Outcome>> done = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            done.addAll(waiting(1, 1));
            Waits.Waiter givesUp = waits.enlist(1, true);
            assertThat(givesUp.leave(Outcome.UNKNOWN)).isEqualTo(Outcome.UNKNOWN);
        }
        waits.settle(0, 1);
        assertOutcomes(done, Outcome.DONE);
    }

    @Test
    void tellsEverybodyElseWhenItWillNotComeToThat() throws Exception {
        List<Future<Outcome>> done = waiting(1, 10);
        List<Future<Outcome>> not = waiting(11, 20);
        waits.fail(10);
        assertOutcomes(done, Outcome.DONE);
        assertOutcomes(not, Outcome.NOT_JOURNALLED);
    }

    @Test
    void forgetsNobodyWhileOthersGiveUpAndComeAgain() throws Exception {
        int threads = 16;
        int rounds = 2000;
        AtomicLong wanted = new AtomicLong();
        CountDownLatch ended = new CountDownLatch(threads);
        List<Future<Boolean>> results = new ArrayList<>();
        ExecutorService callers = Executors.newFixedThreadPool(threads);
        try {
            for (int t = 0; t < threads; t++) {
                boolean patient = t % 2 == 0;
                results.add(callers.submit(() -> {
                    boolean right = true;
                    for (int i = 0; i < rounds; i++) {
                        Waits.Waiter waiter = waits.enlist(wanted.incrementAndGet(), true);
                        long limit = patient ? AN_HOUR : 20_000;
                        Outcome outcome = waiter.await(Ticker.SYSTEM, Ticker.SYSTEM.nanos() + limit);
                        right &= outcome == Outcome.DONE || (!patient && outcome == Outcome.UNKNOWN);
                    }
                    ended.countDown();
                    return right;
                }));
            }
            while (ended.getCount() > 0) {
                waits.settle(0, wanted.get());
                Thread.yield();
            }
            for (Future<Boolean> result : results) {
                assertThat(result.get()).isTrue();
            }
        } finally {
            callers.shutdownNow();
        }
    }

    /* A thread for each record, that has gone to sleep. */
    private List<Future<Outcome>> waiting(long firstLsn, long lastLsn) throws InterruptedException {
        List<Future<Outcome>> outcomes = new ArrayList<>();
        for (long lsn = firstLsn; lsn <= lastLsn; lsn++) {
            long wanted = lsn;
            ExecutorService caller = Executors.newSingleThreadExecutor();
            CountDownLatch enlisted = new CountDownLatch(1);
            outcomes.add(caller.submit(() -> {
                Waits.Waiter waiter = waits.enlist(wanted, true);
                enlisted.countDown();
                return waiter.await(Ticker.SYSTEM, Ticker.SYSTEM.nanos() + AN_HOUR);
            }));
            caller.shutdown();
            enlisted.await();
        }
        return outcomes;
    }

    private static void assertOutcomes(List<Future<Outcome>> results, Outcome outcome) throws Exception {
        for (Future<Outcome> result : results) {
            assertThat(result.get()).isEqualTo(outcome);
        }
    }
}
