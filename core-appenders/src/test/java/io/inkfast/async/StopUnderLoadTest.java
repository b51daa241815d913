package io.inkfast.async;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.AppenderBase;
import io.inkfast.component.Accounting;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every call that began before stop() is delivered; counted by the test, outside the appender. */
class StopUnderLoadTest {

    private static final int PRODUCERS = 24;
    private static final int CYCLES = Integer.getInteger("inkfast.stopCycles", 60);
    private static final int MOST_CALLS = 1 << 22;
    private static final int MOST_BEFORE_STOP = 20_000;

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void everyCallThatBeganBeforeStopIsDelivered() throws Exception {
        for (int cycle = 0; cycle < CYCLES; cycle++) {
            new Cycle(cycle).run();
        }
    }

    private static final class Cycle {
        private final int number;
        private final LoggerContext context = new LoggerContext();
        private final AsyncBatchingAppender front = new AsyncBatchingAppender();
        private final AtomicLong began = new AtomicLong();
        private final AtomicLongArray delivered = new AtomicLongArray(MOST_CALLS / 64);
        private final AtomicBoolean halt = new AtomicBoolean();

        Cycle(int number) {
            this.number = number;
        }

        void run() throws Exception {
            context.setMDCAdapter(new LogbackMDCAdapter());
            Noting sink = new Noting();
            sink.setContext(context);
            sink.setName("SINK");
            sink.start();
            front.setContext(context);
            front.setName("ASYNC");
            front.setQueueSize(number % 2 == 0 ? "16" : "8192");
            front.addAppender(sink);
            front.start();
            Logger logger = context.getLogger("load");
            logger.addAppender(front);
            Thread[] producers = new Thread[PRODUCERS];
            for (int i = 0; i < PRODUCERS; i++) {
                producers[i] = new Thread(() -> produce(logger));
                producers[i].start();
            }
            long enough = ThreadLocalRandom.current().nextLong(MOST_BEFORE_STOP);
            while (began.get() < enough) {
                Thread.yield();
            }
            long before = began.get();
            front.stop();
            halt.set(true);
            for (Thread producer : producers) {
                producer.join();
            }
            for (long call = 1; call <= before; call++) {
                assertThat(isDelivered(call))
                        .as(
                                "cycle %d: call %d of %d; %s",
                                number, call, before, front.accounting().balance())
                        .isTrue();
            }
            Accounting books = front.accounting();
            assertThat(books.received()).as("calls").isEqualTo(began.get());
            assertThat(books.balanced()).as(books.balance()).isTrue();
            assertThat(books.queued() + books.dropped() + books.failed() + books.discarded())
                    .as("cycle %d: %s", number, books.balance())
                    .isZero();
            assertThat(books.written()).as("written").isEqualTo(sink.count.get());
            context.stop();
        }

        private void produce(Logger logger) {
            while (!halt.get()) {
                long call = began.incrementAndGet();
                if (call >= MOST_CALLS) {
                    throw new AssertionError("more calls than the test can note");
                }
                logger.info("{}", call);
            }
        }

        private boolean isDelivered(long call) {
            return (delivered.get((int) (call / 64)) & 1L << (call % 64)) != 0;
        }

        private final class Noting extends AppenderBase<ILoggingEvent> {
            private final AtomicLong count = new AtomicLong();

            @Override
            protected void append(ILoggingEvent event) {
                long call = (Long) event.getArgumentArray()[0];
                int word = (int) (call / 64);
                delivered.set(word, delivered.get(word) | 1L << (call % 64));
                count.incrementAndGet();
            }
        }
    }
}
