package io.inkfast.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PassedTest {

    private final Passed passed = new Passed();

    @Test
    void hasNothingAtFirst() {
        assertThat(passed.contains(1)).isFalse();
        assertThat(passed.floor(7)).isEqualTo(7);
    }

    @Test
    void saysWhichRecordIsTheNewestInFrontOfAGap() {
        passed.add(5, 9);
        assertThat(passed.floor(9)).isEqualTo(4);
        assertThat(passed.floor(7)).isEqualTo(4);
        assertThat(passed.floor(10)).isEqualTo(10);
        assertThat(passed.floor(4)).isEqualTo(4);
    }

    @Test
    void isASet() {
        Random random = new Random(1);
        TreeSet<Long> model = new TreeSet<>();
        long next = 1;
        for (int i = 0; i < 200; i++) {
            long from = next + random.nextInt(3);
            long to = from + random.nextInt(5);
            passed.add(from, to);
            for (long lsn = from; lsn <= to; lsn++) {
                model.add(lsn);
            }
            // Two threads add theirs in another order.
            next = to + 1 - (random.nextInt(4) == 0 ? 2 : 0);
        }
        for (long lsn = 0; lsn < next + 5; lsn++) {
            assertThat(passed.contains(lsn)).as("%d", lsn).isEqualTo(model.contains(lsn));
        }
    }

    @Test
    void forgetsWhatWasLongAgo() {
        for (int i = 0; i < 1000; i++) {
            passed.add(10 * i, 10 * i);
        }
        assertThat(passed.contains(9990)).isTrue();
        assertThat(passed.contains(0)).isFalse();
    }
}
