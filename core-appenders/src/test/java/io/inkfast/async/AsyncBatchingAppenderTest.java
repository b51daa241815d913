package io.inkfast.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import ch.qos.logback.core.status.Status;
import io.inkfast.component.Accounting;
import io.inkfast.testing.CountingSink;
import io.inkfast.testing.StoppedHealth;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
class AsyncBatchingAppenderTest {

    private final LoggerContext context = new LoggerContext();
    private final CountingSink sink = new CountingSink();
    private final AsyncBatchingAppender front = new AsyncBatchingAppender();
    private final Logger logger = context.getLogger("test");

    @BeforeEach
    void prepare() {
        context.setMDCAdapter(new LogbackMDCAdapter());
        logger.setLevel(Level.TRACE);
        sink.setContext(context);
        sink.setName("SINK");
        sink.start();
        front.setContext(context);
        front.setName("ASYNC");
        front.addAppender(sink);
        front.setReservePercent("0");
        logger.addAppender(front);
    }

    @AfterEach
    void booksBalance() {
        sink.release();
        front.stop();
        Accounting books = front.accounting();
        assertThat(books.balanced()).as(books.balance()).isTrue();
        assertThat(books.queued()).as(books.balance()).isZero();
        context.stop();
    }

    /** One event is in the worker's hands, so the next ones fill the queue. */
    private void startHeld() throws InterruptedException {
        front.setMaxBatchSize("1");
        front.setEncodeAhead("false");
        front.start();
        sink.hold();
        logger.info("in hand");
        sink.awaitHeld();
    }

    private List<String> errors() {
        return context.getStatusManager().getCopyOfStatusList().stream()
                .filter(status -> status.getLevel() == Status.ERROR)
                .map(Status::getMessage)
                .toList();
    }

    private static Thread start(Runnable task) {
        Thread thread = new Thread(task);
        thread.start();
        return thread;
    }

    @Nested
    class Running {

        @Test
        void deliversInOrderAndCounts() {
            front.start();
            IntStream.range(0, 10_000).forEach(i -> logger.info("{}", i));
            assertThat(front.flush(Duration.ofSeconds(20))).isTrue();
            assertThat(sink.messages())
                    .containsExactlyElementsOf(
                            IntStream.range(0, 10_000).mapToObj(String::valueOf).toList());
            assertThat(front.accounting().balance()).isEqualTo("received 10000 = written 10000");
            assertThat(front.health().healthy()).isTrue();
        }

        @Test
        void flushWaitsForWhatCameBeforeItWhileOthersGoOn() throws Exception {
            front.start();
            Thread other = start(() -> {
                while (!Thread.interrupted()) {
                    logger.info("noise");
                }
            });
            for (int i = 0; i < 50; i++) {
                logger.info("mine {}", i);
                assertThat(front.flush(Duration.ofSeconds(20))).isTrue();
                assertThat(sink.messages()).contains("mine " + i);
                if (sink.messages().size() > 100_000) {
                    break;
                }
            }
            other.interrupt();
            other.join();
        }

        @Test
        void filteredEventsAreCounted() {
            front.addFilter(new Filter<>() {
                @Override
                public FilterReply decide(ILoggingEvent event) {
                    return event.getMessage().startsWith("no") ? FilterReply.DENY : FilterReply.NEUTRAL;
                }
            });
            front.start();
            logger.info("yes");
            logger.info("no");
            front.stop();
            assertThat(front.accounting().balance()).isEqualTo("received 2 = written 1 + filtered 1");
        }

        @Test
        void aThrowingFilterCostsOneEvent() {
            front.addFilter(new Filter<>() {
                @Override
                public FilterReply decide(ILoggingEvent event) {
                    if (event.getMessage().equals("bad")) {
                        throw new IllegalStateException("secret");
                    }
                    return FilterReply.NEUTRAL;
                }
            });
            front.start();
            logger.info("good");
            logger.info("bad");
            logger.info("good again");
            front.stop();
            assertThat(sink.messages()).containsExactly("good", "good again");
            assertThat(front.accounting().balance()).isEqualTo("received 3 = written 2 + failed 1");
            assertThat(errors())
                    .containsExactly("appender [ASYNC] could not take an event: java.lang.IllegalStateException");
        }

        @Test
        void startsAgainAfterStop() {
            for (int i = 0; i < 3; i++) {
                sink.start();
                front.start();
                logger.info("run {}", i);
                front.stop();
            }
            assertThat(sink.messages()).containsExactly("run 0", "run 1", "run 2");
            assertThat(front.accounting().balance()).isEqualTo("received 3 = written 3");
        }

        @Test
        void rejectsAfterStop() {
            front.start();
            front.stop();
            logger.info("late");
            assertThat(front.accounting().balance()).isEqualTo("received 1 = written 0 + rejected 1");
        }

        @Test
        void itsHealthSaysSinceWhenItIsNotRunning() {
            front.start();
            StoppedHealth.check(new AsyncBatchingAppender(), front);
        }

        @Test
        void stopIsSaidWithTheBalance() {
            front.start();
            logger.info("one");
            front.stop();
            front.stop();
            assertThat(context.getStatusManager().getCopyOfStatusList().stream().map(Status::getMessage))
                    .containsOnlyOnce("appender [ASYNC] is stopped; received 1 = written 1");
        }

        @Test
        void capturesCallerDataWhenAsked() {
            front.setIncludeCallerData("true");
            List<String> methods = new ArrayList<>();
            sink.onEvent(event -> methods.add(event.getCallerData()[0].getMethodName()));
            front.start();
            logger.info("here");
            front.stop();
            assertThat(methods).containsExactly("capturesCallerDataWhenAsked");
        }

        @Test
        void numbersEventsOnTheCallersThread() {
            List<Long> numbers = new ArrayList<>();
            sink.onEvent(event -> numbers.add(event.getSequenceNumber()));
            front.start();
            logger.info("a");
            logger.info("b");
            front.stop();
            assertThat(numbers).containsExactly(1L, 2L);
        }
    }

    @Nested
    class WhatAnEventSays {

        @Test
        void isFixedAtTheCall() throws Exception {
            List<String> arguments = new ArrayList<>();
            sink.onEvent(event -> {
                if (event.getArgumentArray() != null) {
                    arguments.add(Arrays.deepToString(event.getArgumentArray()));
                }
                if (event.getKeyValuePairs() != null) {
                    arguments.add(event.getKeyValuePairs().toString());
                }
            });
            startHeld();
            List<Object> list = new ArrayList<>(List.of("a"));
            Map<String, Object> map = new TreeMap<>(Map.of("k", list));
            int[] numbers = {1, 2};
            Object[] nested = {list};
            Date date = new Date(0);
            StringBuilder text = new StringBuilder("text");
            logger.info("{} {} {} {} {} {}", list, map, numbers, nested, date, text);
            logger.atInfo().addKeyValue("list", list).log("kv");
            list.add("b");
            map.put("x", "y");
            numbers[0] = 9;
            nested[0] = "z";
            date.setTime(1);
            text.append("!");
            sink.release();
            front.stop();
            assertThat(arguments.get(0)).isEqualTo("[[a], {k=[a]}, [1, 2], [[a]], " + new Date(0) + ", text]");
            assertThat(arguments.get(1)).isEqualTo("[list=\"[a]\"]");
        }

        @Test
        void survivesStructuresThatContainThemselvesOrThrow() {
            List<Object> self = new ArrayList<>();
            self.add(self);
            Map<String, Object> throwing = new TreeMap<>() {
                @Override
                public void forEach(java.util.function.BiConsumer<? super String, ? super Object> action) {
                    throw new IllegalStateException("no");
                }
            };
            front.start();
            logger.atInfo()
                    .addKeyValue("self", self)
                    .addKeyValue("map", throwing)
                    .log("odd");
            front.stop();
            assertThat(front.accounting().balance()).isEqualTo("received 1 = written 1");
        }

        @Test
        void leavesTheSharedEventAlone() {
            List<Object> seen = new ArrayList<>();
            CountingSink beside = new CountingSink();
            beside.setContext(context);
            beside.setName("BESIDE");
            beside.onEvent(event -> seen.add(event.getArgumentArray()[0]));
            beside.start();
            logger.addAppender(beside);
            List<String> list = new ArrayList<>(List.of("a"));
            front.start();
            logger.info("{}", list);
            front.stop();
            assertThat(seen).hasSize(1);
            assertThat(seen.get(0)).isSameAs(list);
        }
    }

    @Nested
    class WhenFull {

        @Test
        void blockWaitsForRoom() throws Exception {
            front.setQueueSize("2");
            startHeld();
            logger.info("1");
            logger.info("2");
            Thread caller = start(() -> logger.info("3"));
            await().until(() -> caller.getState() == Thread.State.TIMED_WAITING);
            sink.release();
            caller.join();
            front.stop();
            assertThat(sink.messages()).containsExactly("in hand", "1", "2", "3");
        }

        @Test
        void blockDeliversWhoWaitsAtStop() throws Exception {
            front.setQueueSize("1");
            startHeld();
            logger.info("1");
            List<Thread> callers = IntStream.range(0, 20)
                    .mapToObj(i -> start(() -> logger.info("waiting {}", i)))
                    .toList();
            await().until(() -> callers.stream().allMatch(each -> each.getState() == Thread.State.TIMED_WAITING));
            Thread stopper = start(front::stop);
            await().until(() -> stopper.getState() == Thread.State.TIMED_WAITING);
            sink.release();
            stopper.join();
            for (Thread caller : callers) {
                caller.join();
            }
            assertThat(sink.messages()).hasSize(22);
            assertThat(front.accounting().balance()).isEqualTo("received 22 = written 22");
        }

        @Test
        void dropNewestKeepsTheFirst() throws Exception {
            front.setQueueSize("3");
            front.setOverflow("DROP_NEWEST");
            startHeld();
            IntStream.range(0, 10).forEach(i -> logger.info("{}", i));
            logger.debug("too");
            sink.release();
            front.stop();
            assertThat(sink.messages()).startsWith("in hand", "0", "1", "2").hasSize(5);
            assertThat(sink.messages().get(4))
                    .matches("appender \\[ASYNC]: 8 events dropped \\(INFO 7, DEBUG 1\\) between \\S+Z and \\S+Z");
            assertThat(front.accounting().balance()).isEqualTo("received 12 = written 4 + dropped 8");
            assertThat(front.droppedAt(Level.INFO)).isEqualTo(7);
            assertThat(front.droppedAt(Level.DEBUG)).isEqualTo(1);
        }

        @Test
        void dropOldestKeepsTheLastAndWhatMatters() throws Exception {
            front.setQueueSize("3");
            front.setOverflow("DROP_OLDEST");
            startHeld();
            logger.warn("matters");
            IntStream.range(0, 10).forEach(i -> logger.info("{}", i));
            sink.release();
            front.stop();
            assertThat(sink.messages())
                    .startsWith("in hand", "matters", "8", "9")
                    .hasSize(5);
            assertThat(front.accounting().balance()).isEqualTo("received 12 = written 4 + dropped 8");
        }

        @Test
        void theReserveIsForWhatMatters() throws Exception {
            front.setQueueSize("10");
            front.setReservePercent("20");
            front.setOverflow("DROP_NEWEST");
            startHeld();
            IntStream.range(0, 9).forEach(i -> logger.info("{}", i));
            logger.error("e1");
            logger.warn("w2");
            assertThat(front.accounting().dropped()).isEqualTo(1);
            assertThat(front.accounting().queued()).isEqualTo(11);
            sink.release();
            front.stop();
            assertThat(sink.messages()).contains("e1", "w2", "7").doesNotContain("8");
        }

        @Test
        void whatMattersWaitsForRoomBeforeItIsDropped() throws Exception {
            front.setQueueSize("1");
            front.setOverflow("DROP_NEWEST");
            front.setBlockTimeout("50 milliseconds");
            startHeld();
            logger.error("e1");
            logger.error("e2");
            assertThat(front.droppedAt(Level.ERROR)).isEqualTo(1);
            front.stop();
        }

        /* As of Kafka's producer: were it held here, nobody would empty the queue. */
        @Test
        void aThreadThatDeliversNeverWaits() throws Exception {
            front.setQueueSize("1");
            startHeld();
            logger.info("in the queue");
            Thread delivering =
                    new Thread(() -> logger.warn("no answer"), "kafka-producer-network-thread | inkfast-net-KAFKA");
            delivering.start();
            delivering.join(10_000);
            assertThat(delivering.isAlive()).isFalse();
            assertThat(front.droppedAt(Level.WARN)).isEqualTo(1);
        }

        @Test
        void blockTimeoutDropsWhenTheTimeIsOver() throws Exception {
            front.setQueueSize("1");
            front.setOverflow("BLOCK_TIMEOUT");
            front.setBlockTimeout("20 milliseconds");
            startHeld();
            logger.info("1");
            logger.info("2");
            assertThat(front.accounting().dropped()).isEqualTo(1);
        }

        @Test
        void bytesAreBoundedToo() throws Exception {
            front.setMaxQueuedBytes("10KB");
            front.setOverflow("DROP_NEWEST");
            startHeld();
            String kilobyte = "x".repeat(1024);
            IntStream.range(0, 20).forEach(i -> logger.info(kilobyte));
            assertThat(front.accounting().queued()).isBetween(5L, 10L);
            assertThat(front.accounting().dropped()).isBetween(11L, 16L);
        }

        @Test
        void anEventBiggerThanTheBoundPassesWhenTheQueueIsEmpty() {
            front.setMaxQueuedBytes("10KB");
            front.start();
            logger.info("x".repeat(1 << 20));
            front.stop();
            assertThat(front.accounting().balance()).isEqualTo("received 1 = written 1");
        }

        @Test
        void interruptsNeitherLoseEventsNorTheFlag() throws Exception {
            front.setQueueSize("4");
            front.start();
            AtomicInteger kept = new AtomicInteger();
            List<Thread> callers = IntStream.range(0, 4)
                    .mapToObj(t -> start(() -> {
                        for (int i = 0; i < 2500; i++) {
                            Thread.currentThread().interrupt();
                            logger.info("{}-{}", t, i);
                            kept.addAndGet(Thread.interrupted() ? 1 : 0);
                        }
                    }))
                    .toList();
            for (Thread caller : callers) {
                caller.join();
            }
            front.stop();
            assertThat(kept).hasValue(10_000);
            assertThat(front.accounting().balance()).isEqualTo("received 10000 = written 10000");
        }
    }

    @Nested
    class WhenASinkFails {

        @Test
        void anErrorCostsOneEventAndLoggingGoesOn() {
            sink.onEvent(event -> {
                switch (event.getMessage()) {
                    case "no class" -> throw new NoClassDefFoundError("x");
                    case "no memory" -> throw new OutOfMemoryError("x");
                    case "no stack" -> throw new StackOverflowError("x");
                    case "death" -> throw new ThreadDeath();
                    default -> {}
                }
            });
            front.start();
            for (String message : List.of("no class", "fine", "no memory", "no stack", "death", "fine too")) {
                logger.info(message);
            }
            front.stop();
            assertThat(sink.messages()).containsExactly("fine", "fine too");
            assertThat(front.accounting().balance()).isEqualTo("received 6 = written 2 + failed 4");
            assertThat(front.failedEvents())
                    .extracting(FailedEvent::reason)
                    .containsExactly(
                            "java.lang.NoClassDefFoundError",
                            "java.lang.OutOfMemoryError",
                            "java.lang.StackOverflowError",
                            "java.lang.ThreadDeath");
            assertThat(front.failedEvents()).extracting(FailedEvent::content).containsOnlyNulls();
        }

        @Test
        void anExceptionThatLogbackSwallowsCountsAsFailed() {
            ch.qos.logback.core.AppenderBase<ILoggingEvent> swallowing = new ch.qos.logback.core.AppenderBase<>() {
                @Override
                protected void append(ILoggingEvent event) {
                    throw new IllegalStateException("no");
                }
            };
            swallowing.setContext(context);
            swallowing.setName("SWALLOWING");
            swallowing.start();
            front.detachAppender(sink);
            front.addAppender(swallowing);
            front.start();
            logger.info("one");
            front.stop();
            assertThat(front.accounting().balance()).isEqualTo("received 1 = written 0 + failed 1");
            assertThat(front.failedEvents()).singleElement().satisfies(failed -> {
                assertThat(failed.sink()).isEqualTo("SWALLOWING");
                assertThat(failed.reason()).isEqualTo("error status");
            });
        }

        @Test
        void theOtherSinkGetsTheEvent() {
            CountingSink other = new CountingSink();
            other.setContext(context);
            other.setName("OTHER");
            other.start();
            front.addAppender(other);
            sink.onEvent(event -> {
                throw new IllegalStateException("no");
            });
            front.start();
            logger.info("one");
            front.stop();
            assertThat(other.messages()).containsExactly("one");
            assertThat(front.accounting().balance()).isEqualTo("received 1 = written 0 + failed 1");
        }

        @Test
        void theFallbackGetsWhatFailedAndNothingElse() {
            CountingSink fallback = new CountingSink();
            fallback.setContext(context);
            fallback.setName("FALLBACK");
            fallback.start();
            front.addAppender(fallback);
            front.setFallback("FALLBACK");
            sink.onEvent(event -> {
                if (event.getMessage().equals("bad")) {
                    throw new IllegalStateException("no");
                }
            });
            front.start();
            logger.info("good");
            logger.info("bad");
            front.stop();
            assertThat(sink.messages()).containsExactly("good");
            assertThat(fallback.messages()).containsExactly("bad");
        }

        @Test
        void aSinkThatIsNotStartedFailsEachEvent() {
            sink.stop();
            front.start();
            logger.info("one");
            front.flush(Duration.ofSeconds(10));
            assertThat(front.failedEvents()).extracting(FailedEvent::reason).containsExactly("not started");
            assertThat(front.health().healthy()).isFalse();
        }

        @Test
        void aSinkThatSetsTheInterruptFlagDisturbsNobody() {
            sink.onEvent(event -> Thread.currentThread().interrupt());
            front.start();
            IntStream.range(0, 100).forEach(i -> logger.info("{}", i));
            front.stop();
            assertThat(front.accounting().balance()).isEqualTo("received 100 = written 100");
        }

        @Test
        void stopKeepsItsTimeAndCountsWhatAHangingSinkLeaves() throws Exception {
            front.setStopTimeout("100 milliseconds");
            startHeld();
            logger.info("1");
            logger.info("2");
            long before = System.nanoTime();
            front.stop();
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(10));
            assertThat(front.accounting().balance()).isEqualTo("received 3 = written 0 + discarded 3");
            assertThat(errors())
                    .containsExactly("appender [ASYNC]: a sink did not take everything within 100 milliseconds;"
                            + " discarded events [3]");
            sink.release();
            await().until(() -> !sink.isStarted());
            assertThat(front.accounting().balance()).isEqualTo("received 3 = written 0 + discarded 3");
        }
    }

    @Nested
    class WhenLoggingComesFromInside {

        @Test
        void aSinkThatLogsEachEventEndsByItself() {
            sink.onEvent(event -> logger.info("about {}", event.getFormattedMessage()));
            front.start();
            logger.info("one");
            await().until(() -> front.accounting().dropped() == 1);
            front.stop();
            assertThat(sink.messages()).containsExactly("one", "about one");
            assertThat(front.accounting().balance()).isEqualTo("received 3 = written 2 + dropped 1");
        }

        @Test
        void aSinkThatLogsIntoAFullQueueDoesNotBlockItself() throws Exception {
            front.setQueueSize("1");
            sink.onEvent(event -> logger.info("inner"));
            startHeld();
            logger.info("1");
            sink.release();
            front.stop();
            assertThat(sink.messages()).contains("in hand", "1");
        }

        @Test
        void aToStringThatLogsIsDelivered() {
            front.start();
            logger.info("outer {}", new Object() {
                @Override
                public String toString() {
                    logger.info("inner");
                    return "value";
                }
            });
            front.stop();
            assertThat(sink.messages()).containsExactly("inner", "outer value");
        }

        @Test
        void aToStringThatThrowsCostsNothing() {
            front.start();
            logger.info("outer {}", new Object() {
                @Override
                public String toString() {
                    throw new IllegalStateException("no");
                }
            });
            front.stop();
            assertThat(sink.messages()).containsExactly("outer [FAILED toString()]");
        }

        @Test
        void stopFromASinkReturns() {
            sink.onEvent(event -> front.stop());
            front.start();
            logger.info("one");
            await().until(() -> !front.isStarted());
        }
    }

    @Nested
    class WhenMisconfigured {

        @Test
        void saysAllThatIsWrongAndShowsWhatItRejects() {
            front.setQueueSize("lots");
            front.setOverflow("BLOK");
            front.setStopTimeout("5 secnds");
            front.start();
            assertThat(front.isStarted()).isFalse();
            assertThat(errors())
                    .containsExactly(
                            "appender [ASYNC]: <queueSize> [lots] is not a whole number from 1 to 16777216",
                            "appender [ASYNC]: <overflow> [BLOK] is not one of BLOCK, BLOCK_TIMEOUT, DROP_NEWEST,"
                                    + " DROP_OLDEST; did you mean BLOCK?",
                            "appender [ASYNC]: <stopTimeout> [5 secnds] is not a time such as 500 milliseconds or 5"
                                    + " seconds, from 0 seconds to 1 hour",
                            "appender [ASYNC] is not started; its events are rejected, and shown on standard error");
            logger.info("shown by level and logger");
            assertThat(front.accounting().balance()).isEqualTo("received 1 = written 0 + rejected 1");
        }

        @Test
        void refusesToBeWithoutASink() {
            front.detachAppender(sink);
            front.start();
            assertThat(errors())
                    .contains("appender [ASYNC]: no appender is attached; add <appender-ref ref=\"NAME\"/>, directly"
                            + " inside this appender");
        }

        @Test
        void refusesToReferToItself() {
            front.addAppender(front);
            front.start();
            assertThat(errors())
                    .contains("appender [ASYNC]: the appender refers to itself; its <appender-ref> must name another"
                            + " one");
        }

        @Test
        void refusesARingOfFronts() {
            AsyncBatchingAppender other = new AsyncBatchingAppender();
            other.setContext(context);
            other.setName("OTHER");
            other.addAppender(front);
            front.addAppender(other);
            front.start();
            assertThat(errors())
                    .contains("appender [ASYNC]: [OTHER] leads back to this appender; events would go round for ever");
            front.detachAppender((Appender<ILoggingEvent>) other);
        }

        @Test
        void refusesAFallbackThatIsTheOnlySink() {
            front.setFallback("SINK");
            front.start();
            assertThat(errors())
                    .contains(
                            "appender [ASYNC]: <fallback> [SINK] is the only appender behind this one; it gets what the"
                                    + " others could not take: refer to another one as well");
        }

        @Test
        void aFileThatLogbackCouldNotStartCostsNoCaller() {
            ch.qos.logback.core.FileAppender<ILoggingEvent> file = new ch.qos.logback.core.FileAppender<>();
            file.setContext(context);
            file.setName("FILE");
            file.start();
            front.detachAppender(sink);
            front.addAppender(file);
            front.start();
            logger.info("one");
            front.stop();
            assertThat(front.accounting().balance()).isEqualTo("received 1 = written 0 + failed 1");
        }

        @Test
        void refusesAQueueThatTheHeapCannotHold() {
            front.setQueueSize("16777216");
            front.start();
            assertThat(errors().get(0))
                    .startsWith("appender [ASYNC]: <queueSize> [16777216] events of about 1 KB do not fit into half of"
                            + " the heap");
        }
    }
}
