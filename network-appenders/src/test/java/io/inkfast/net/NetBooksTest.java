package io.inkfast.net;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NetBooksTest {

    private final NetBooks books = new NetBooks();

    private String balance() {
        return books.snapshot(0).balance();
    }

    /* A thread that was about to count what it had put into the queue, when the appender stopped. */
    @Test
    void whatIsCountedOnlyAfterTheEndIsDiscardedToo() {
        books.open();
        books.received.increment();
        assertThat(books.close()).isZero();
        books.accepted();
        assertThat(balance()).isEqualTo("received 1 = written 0 + discarded 1");
        books.open();
        assertThat(balance()).isEqualTo("received 1 = written 0 + discarded 1");
    }

    @Test
    void whatWasSentBeforeItWasCountedIsWritten() {
        long run = books.open();
        books.received.increment();
        books.settle(run, 1, 0, 0);
        assertThat(books.close()).isZero();
        books.accepted();
        assertThat(balance()).isEqualTo("received 1 = written 1");
    }
}
