package io.inkfast.net;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConcurrencyTest {

    private final Concurrency concurrency = new Concurrency(8);

    private void taken(int times, long nanos) {
        for (int i = 0; i < times; i++) {
            concurrency.taken(nanos);
        }
    }

    @Test
    void beginsWithOneAndAddsOneWithEachRoundThatWentWell() {
        assertThat(concurrency.now()).isEqualTo(1);
        taken(3, 1000);
        assertThat(concurrency.now()).isEqualTo(4);
    }

    @Test
    void isNeverMoreThanAllowed() {
        taken(100, 1000);
        assertThat(concurrency.now()).isEqualTo(8);
    }

    @Test
    void isATenthLessWhenThePeerHasTooMuchToDoButNeverNone() {
        taken(100, 1000);
        concurrency.refused();
        assertThat(concurrency.now()).isEqualTo(7);
        for (int i = 0; i < 100; i++) {
            concurrency.refused();
        }
        assertThat(concurrency.now()).isEqualTo(1);
    }

    @Test
    void isATenthLessWhenAnswersTakeMuchLongerThanBefore() {
        taken(100, 1000);
        concurrency.taken(10_000);
        assertThat(concurrency.now()).isEqualTo(7);
    }

    @Test
    void anotherPaceIsThePaceAfterAWhile() {
        taken(100, 1000);
        taken(30, 10_000);
        assertThat(concurrency.now()).isEqualTo(8);
    }
}
