package io.inkfast.async;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.inkfast.component.Accounting;
import io.inkfast.component.BatchAppender;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BatchSinkTest {

    private final Scripted appender = new Scripted();
    private final List<String> failed = new ArrayList<>();
    private final BatchSink sink =
            new BatchSink(appender, (event, from, reason) -> failed.add(event.getMessage() + ": " + reason));
    private final Sink.OwnEvents own = new Sink.OwnEvents() {
        @Override
        public void delivering(int index) {}

        @Override
        public void deliveringAll() {}
    };

    @BeforeEach
    void open() {
        appender.start();
        sink.open();
    }

    private boolean deliver(LongPredicate waiting, String... messages) {
        List<ILoggingEvent> events = new ArrayList<>();
        for (String message : messages) {
            LoggingEvent event = new LoggingEvent();
            event.setMessage(message);
            events.add(event);
        }
        return sink.deliver(events, own, waiting);
    }

    private static boolean never(long nanos) {
        throw new AssertionError("waits");
    }

    @Test
    void offersAgainWhatWasNotTaken() {
        appender.takes = List.of(1, 0, 2);
        int[] waits = {0};
        assertThat(deliver(nanos -> waits[0]++ == 0, "a", "b", "c")).isTrue();
        assertThat(appender.got).containsExactly("1 a", "2 b", "3 c");
    }

    @Test
    void anEventAtWhichTheAppenderThrowsIsNotWaitedFor() {
        appender.takes = List.of(-1);
        assertThat(deliver(BatchSinkTest::never, "bad")).isTrue();
        assertThat(failed).containsExactly("bad: java.lang.IllegalStateException");
        appender.takes = List.of(1);
        assertThat(deliver(BatchSinkTest::never, "good")).isTrue();
        assertThat(appender.got).containsExactly("2 good");
    }

    @Test
    void whatAStoppedAppenderDidNotSettleHasFailed() {
        appender.takes = List.of(2);
        appender.settles = false;
        appender.stopsAfterTaking = true;
        assertThat(deliver(BatchSinkTest::never, "a", "b")).isTrue();
        assertThat(failed).containsExactly("a: stopped", "b: stopped");
    }

    @Test
    void whatAnAppenderHadNotSettledWhenItWasStartedAnewIsOfferedAgain() {
        appender.takes = List.of(2);
        assertThat(deliver(BatchSinkTest::never, "a", "b")).isTrue();
        appender.takes = List.of(2, 1, 3);
        appender.settles = false;
        appender.startsAnewAfter = 2;
        assertThat(deliver(BatchSinkTest::never, "c", "d", "e")).isTrue();
        assertThat(appender.got).containsExactly("1 a", "2 b", "3 c", "4 d", "5 e", "3 c", "4 d", "5 e");
        assertThat(failed).isEmpty();
    }

    @Test
    void anAppenderThatIsNotStartedFailsEachEventOnce() {
        appender.stop();
        appender.takes = List.of(2);
        assertThat(deliver(BatchSinkTest::never, "a", "b")).isTrue();
        assertThat(failed).containsExactly("a: not started", "b: not started");
    }

    @Test
    void givesUpWhenToldTo() {
        appender.takes = List.of(0);
        assertThat(deliver(nanos -> false, "a")).isFalse();
    }

    /** Takes as many as the script says; -1 throws. */
    private static final class Scripted extends AppenderBase<ILoggingEvent> implements BatchAppender {
        private final List<String> got = new ArrayList<>();
        private List<Integer> takes = List.of();
        private int call;
        private boolean settles = true;
        private boolean stopsAfterTaking;
        private int startsAnewAfter = -1;
        private int starts;
        private long settled;

        @Override
        public int append(List<ILoggingEvent> events, long firstSequence) {
            int take = takes.get(call++);
            if (call == takes.size()) {
                call = 0;
            }
            if (take < 0) {
                throw new IllegalStateException("scripted");
            }
            for (int i = 0; i < take; i++) {
                got.add(firstSequence + i + " " + events.get(i).getMessage());
            }
            settled = settles ? firstSequence + take - 1 : settled;
            if (stopsAfterTaking) {
                stop();
            }
            if (--startsAnewAfter == 0) {
                starts++;
                settled = 0;
                settles = true;
            }
            return take;
        }

        @Override
        public int starts() {
            return starts;
        }

        @Override
        public long settled() {
            return settled;
        }

        @Override
        public long sync(long sequence, Duration limit) {
            return settled;
        }

        @Override
        public Accounting accounting() {
            return new Accounting(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        }

        @Override
        protected void append(ILoggingEvent event) {
            throw new UnsupportedOperationException("a batch sink gets batches");
        }
    }
}
