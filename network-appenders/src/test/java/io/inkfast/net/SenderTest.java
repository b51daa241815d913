package io.inkfast.net;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.core.Context;
import ch.qos.logback.core.ContextBase;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.status.Status;
import io.inkfast.component.HandOff;
import io.inkfast.component.Notices;
import io.inkfast.component.Overflow;
import io.inkfast.internal.Backoff;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Steps by hand, on a clock of its own; the peers do what the test says. */
class SenderTest {

    private static final Duration FIRST = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    /** What a peer does with a request. */
    private interface Behaviour {
        Answer send(Batch batch) throws IOException;
    }

    private static class Peer implements Endpoint, Link {
        private final String name;
        private Behaviour behaviour = Peer::takeAll;
        private IOException unreachable;
        private int connections;
        private int closed;
        private boolean alive = true;
        private boolean owes;
        private final List<List<String>> requests = new ArrayList<>();

        Peer(String name) {
            this.name = name;
        }

        static Answer takeAll(Batch batch) {
            batch.acceptedUpTo(batch.size());
            return Answer.EACH;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Link connect() throws IOException {
            if (unreachable != null) {
                throw unreachable;
            }
            connections++;
            return this;
        }

        @Override
        public Answer send(Batch batch) throws IOException {
            requests.add(IntStream.range(0, batch.size())
                    .mapToObj(i -> text(batch.message(i)))
                    .toList());
            return behaviour.send(batch);
        }

        @Override
        public boolean isAlive() {
            return alive;
        }

        @Override
        public boolean owes() {
            return owes;
        }

        @Override
        public void abort() {}

        @Override
        public void close() {
            closed++;
        }
    }

    private static final class Letters implements DeadLetters {
        private final List<String> kept = new ArrayList<>();
        private boolean there = true;
        private IOException failure;

        @Override
        public boolean add(Message message, String endpoint, String why) throws IOException {
            if (failure != null) {
                throw failure;
            }
            if (there) {
                kept.add(text(message) + " " + endpoint + " " + why);
            }
            return there;
        }

        @Override
        public void close() {}
    }

    private final Context context = new ContextBase();
    private final NetBooks books = new NetBooks();
    private final Letters letters = new Letters();
    private final Peer one = new Peer("one");
    private final Peer two = new Peer("two");
    private final FrontMark mark = new FrontMark();
    private long now = 1;
    private int put;
    private Outbox outbox;
    private Sender sender;

    @BeforeEach
    void make() {
        make(Duration.ZERO, 100, 1 << 20, Duration.ZERO, one);
    }

    private void make(Duration linger, int maxCount, long maxBytes, Duration age, Endpoint... endpoints) {
        ContextAwareBase owner = new ContextAwareBase();
        owner.setContext(context);
        outbox = new Outbox(
                new HandOff.Limits(1000, 1000, 1 << 20, Overflow.DROP_NEWEST, Level.OFF, 0), books, () -> now);
        sender = new Sender(
                outbox,
                new Routes(List.of(endpoints), FIRST, LONGEST, age),
                new SendWindow(maxCount, maxBytes),
                new Sender.Pace(linger.toNanos(), maxCount, maxBytes),
                letters,
                books,
                new NetCondition(new Notices(owner, () -> now), owner::addInfo, books.losses::total),
                Backoff.fullJitter(FIRST, LONGEST),
                () -> now);
    }

    private static String text(Message message) {
        return new String(message.body(), StandardCharsets.UTF_8);
    }

    private void put(String... bodies) {
        for (String body : bodies) {
            put++;
            Message message =
                    new Message("run-" + put, 0, Level.INFO, null, body.getBytes(StandardCharsets.UTF_8), put, now);
            books.received.increment();
            mark.taken(message);
            assertThat(outbox.offer(message)).isTrue();
        }
    }

    private void putMany(int count) {
        IntStream.range(0, count).forEach(i -> put("m" + i));
    }

    private void advance(Duration time) {
        now += time.toNanos();
    }

    /* Until there is nothing to do at this moment. */
    private long settle() {
        for (int i = 0; i < 10_000; i++) {
            long wait = sender.step();
            if (wait > 0) {
                return wait;
            }
        }
        throw new AssertionError("it never rests");
    }

    /* For so long, however often it waits meanwhile. */
    private void run(Duration time) {
        long end = now + time.toNanos();
        while (now < end) {
            now += Math.max(1, settle());
        }
    }

    private List<String> statuses() {
        return context.getStatusManager().getCopyOfStatusList().stream()
                .map(status -> (status.getLevel() == Status.ERROR
                                ? "ERROR "
                                : status.getLevel() == Status.WARN ? "WARN " : "INFO ")
                        + status.getMessage())
                .toList();
    }

    private String balance() {
        return books.snapshot(0).balance();
    }

    private Behaviour refusing(Predicate<String> poison, String why) {
        return batch -> {
            for (int i = 0; i < batch.size(); i++) {
                if (poison.test(text(batch.message(i)))) {
                    return Answer.malformed(why);
                }
            }
            return Peer.takeAll(batch);
        };
    }

    @Test
    void sendsWhatIsThereInOneRequestAndInOrder() {
        put("a", "b", "c");
        assertThat(settle()).isPositive();
        assertThat(one.requests).containsExactly(List.of("a", "b", "c"));
        assertThat(balance()).isEqualTo("received 3 = written 3");
        assertThat(mark.settled()).isEqualTo(3);
        assertThat(sender.isResting()).isTrue();
        assertThat(one.connections).isEqualTo(1);
    }

    @Test
    void requestsHaveNoMoreMessagesThanAllowed() {
        make(Duration.ZERO, 2, 1 << 20, Duration.ZERO, one);
        put("a", "b", "c", "d", "e");
        settle();
        assertThat(one.requests).containsExactly(List.of("a", "b"), List.of("c", "d"), List.of("e"));
    }

    @Test
    void requestsHaveNoMoreBytesThanAllowedButALargeMessageGoesAlone() {
        make(Duration.ZERO, 100, 4, Duration.ZERO, one);
        put("aa", "bb", "cc", "much too large", "d");
        settle();
        assertThat(one.requests)
                .containsExactly(List.of("aa", "bb"), List.of("cc"), List.of("much too large"), List.of("d"));
    }

    @Test
    void whatWasSettledNeedsNoRoomAlsoIfSomethingIsAlwaysLeftOver() {
        make(Duration.ZERO, 4, 9_000, Duration.ZERO, one);
        String large = "x".repeat(3_000);
        put(large, large, large, large);
        for (int i = 0; i < 1_000; i++) {
            put(large, large, large);
            sender.step();
        }
        settle();
        assertThat(balance()).isEqualTo("received 3004 = written 3004");
    }

    @Nested
    class WhenRequestsLinger {

        @BeforeEach
        void linger() {
            make(Duration.ofMillis(100), 3, 1 << 20, Duration.ZERO, one);
        }

        @Test
        void oneThatIsNotFullWaitsForMore() {
            put("a");
            assertThat(settle()).isEqualTo(100_000_000);
            advance(Duration.ofMillis(60));
            put("b");
            assertThat(settle()).isEqualTo(40_000_000);
            advance(Duration.ofMillis(40));
            settle();
            assertThat(one.requests).containsExactly(List.of("a", "b"));
        }

        @Test
        void aFullOneGoesAtOnce() {
            put("a", "b", "c", "d");
            settle();
            assertThat(one.requests).containsExactly(List.of("a", "b", "c"));
        }

        @Test
        void whoeverWaitsForTheEndIsNotKeptWaiting() {
            put("a");
            sender.hurry();
            sender.hurry();
            sender.hurryNoMore();
            settle();
            assertThat(one.requests).containsExactly(List.of("a"));
            sender.hurryNoMore();
            put("b");
            assertThat(settle()).isEqualTo(100_000_000);
        }
    }

    @Nested
    class WhenThePeerIsGone {

        @BeforeEach
        void gone() {
            one.unreachable = new IOException("Connection refused");
        }

        @Test
        void keepsAllAndTriesAgainMoreAndMoreRarely() {
            put("a", "b");
            Set<Integer> tries = new HashSet<>();
            long longest = 0;
            for (int i = 0; i < 100; i++) {
                long wait = settle();
                longest = Math.max(longest, wait);
                assertThat(wait).isLessThanOrEqualTo(LONGEST.toNanos());
                now += wait;
                tries.add(i);
            }
            assertThat(longest).isGreaterThan(Duration.ofSeconds(10).toNanos());
            assertThat(balance()).isEqualTo("received 2 = written 0 + queued 2");
            assertThat(mark.settled()).isZero();
            one.unreachable = null;
            run(LONGEST);
            assertThat(one.requests).containsExactly(List.of("a", "b"));
            assertThat(balance()).isEqualTo("received 2 = written 2");
            assertThat(statuses().get(0))
                    .isEqualTo("WARN cannot send to [one]: java.io.IOException (Connection refused); events are kept"
                            + " and it is tried again");
            assertThat(statuses().get(statuses().size() - 1))
                    .isEqualTo("INFO sending to [one] again; nothing was lost");
        }

        @Test
        void theNextInTheListIsTakenAtOnceAndTheFirstAgainWhenThatFails() {
            make(Duration.ZERO, 100, 1 << 20, Duration.ZERO, one, two);
            put("a");
            settle();
            assertThat(two.requests).containsExactly(List.of("a"));
            one.unreachable = null;
            put("b");
            settle();
            assertThat(two.requests).hasSize(2);
            two.behaviour = batch -> {
                throw new IOException("Broken pipe");
            };
            put("c");
            run(Duration.ofSeconds(1));
            assertThat(one.requests).containsExactly(List.of("c"));
            assertThat(two.closed).isPositive();
        }

        @Test
        void theFirstTryAfterwardsIsACarefulOne() {
            putMany(100);
            settle();
            one.unreachable = null;
            run(Duration.ofSeconds(1));
            assertThat(one.requests.get(0)).hasSize(64);
            assertThat(one.requests.get(1)).hasSize(36);
        }
    }

    @Nested
    class WithAFallback {
        private final Peer last = new Peer("last") {
            @Override
            public boolean isFallback() {
                return true;
            }
        };

        @BeforeEach
        void fallback() {
            make(Duration.ZERO, 100, 1 << 20, Duration.ZERO, one, last);
            last.behaviour = batch -> {
                for (int i = 0; i < batch.size(); i++) {
                    batch.sent(i);
                }
                return Answer.EACH;
            };
        }

        @Test
        void itIsNotUsedWhileThePeerIsThere() {
            put("a");
            run(Duration.ofSeconds(1));
            assertThat(last.requests).isEmpty();
            assertThat(books.counts()).isEqualTo(new DeliveryCounts(1, 1, 0, 0, 0));
        }

        @Test
        void itTakesEventsOnlyUntilThePeerIsDueAndThere() {
            one.unreachable = new ConnectException("Connection refused");
            put("a");
            settle();
            put("b");
            settle();
            assertThat(last.requests).containsExactly(List.of("a"), List.of("b"));
            assertThat(last.connections).isEqualTo(1);
            one.unreachable = null;
            advance(Duration.ofSeconds(1));
            put("c");
            settle();
            assertThat(one.requests).containsExactly(List.of("c"));
            assertThat(books.counts()).isEqualTo(new DeliveryCounts(3, 1, 0, 0, 0));
            assertThat(statuses())
                    .containsExactly(
                            "WARN cannot send to [one]: java.net.ConnectException (Connection refused); events are kept"
                                    + " and it is tried again",
                            "WARN sending to the fallback [last] until one of the others works again",
                            "INFO sending to [one] again; nothing was lost");
        }

        @Test
        void nothingIsLostWhenItIsGoneToo() {
            one.unreachable = new ConnectException("Connection refused");
            last.unreachable = new ConnectException("Connection refused");
            put("a");
            run(Duration.ofSeconds(10));
            assertThat(balance()).isEqualTo("received 1 = written 0 + queued 1");
            last.unreachable = null;
            run(Duration.ofSeconds(60));
            assertThat(balance()).isEqualTo("received 1 = written 1");
        }
    }

    @Nested
    class WhenSomethingMayBeUnread {

        @Test
        void itGoesAgainHoweverOftenTheConnectionDiesAtOnceAtFirst() {
            one.owes = true;
            put("a");
            settle();
            one.alive = false;
            settle();
            one.alive = true;
            assertThat(one.requests).containsExactly(List.of("a"), List.of());
            for (int i = 0; i < 20; i++) {
                one.alive = false;
                settle();
                one.alive = true;
                // It waits.
                assertThat(one.requests).hasSize(2 + i);
                assertThat(sender.owes()).isTrue();
                run(LONGEST.plusSeconds(1));
                assertThat(one.requests).hasSize(3 + i);
                assertThat(sender.owes()).isFalse();
            }
        }

        @Test
        void aConnectionThatBreaksWhileItIsWrittenToLeavesItToTheNext() {
            put("a");
            settle();
            one.owes = true;
            one.behaviour = batch -> {
                throw new IOException("Connection reset");
            };
            put("b");
            settle();
            assertThat(sender.owes()).isTrue();
            one.behaviour = Peer::takeAll;
            run(Duration.ofSeconds(1));
            assertThat(sender.owes()).isFalse();
        }

        @Test
        void aFallbackThatTakesTheRestDoesNotSettleIt() {
            Peer last = new Peer("last") {
                @Override
                public boolean isFallback() {
                    return true;
                }
            };
            make(Duration.ZERO, 100, 1 << 20, Duration.ZERO, one, last);
            put("a");
            settle();
            one.owes = true;
            one.alive = false;
            one.unreachable = new ConnectException("Connection refused");
            put("b");
            one.behaviour = batch -> {
                throw new IOException("Connection reset");
            };
            settle();
            run(Duration.ofSeconds(1));
            assertThat(last.requests).containsExactly(List.of("b"));
            assertThat(sender.owes()).isTrue();
            one.alive = true;
            one.unreachable = null;
            one.behaviour = Peer::takeAll;
            one.requests.clear();
            run(LONGEST);
            assertThat(one.requests).containsExactly(List.of());
            assertThat(sender.owes()).isFalse();
        }
    }

    @Nested
    class WhenTheConnectionBreaksInTheMidst {

        @Test
        void whatWasTakenStaysTakenAndTheRestGoesAgain() {
            one.behaviour = batch -> {
                batch.acceptedUpTo(2);
                one.behaviour = Peer::takeAll;
                throw new IOException("Connection reset");
            };
            put("a", "b", "c");
            settle();
            assertThat(mark.settled()).isEqualTo(2);
            put("d");
            run(Duration.ofSeconds(1));
            assertThat(one.requests).containsExactly(List.of("a", "b", "c"), List.of("c"), List.of("d"));
            assertThat(one.connections).isEqualTo(2);
            assertThat(one.closed).isEqualTo(1);
            assertThat(books.counts()).isEqualTo(new DeliveryCounts(5, 4, 0, 1, 0));
        }

        @Test
        void aLibraryThatCannotBeLoadedIsNoDifferent() {
            one.behaviour = batch -> {
                throw new NoClassDefFoundError("x");
            };
            put("a");
            settle();
            assertThat(one.closed).isEqualTo(1);
            assertThat(statuses())
                    .containsExactly(
                            "WARN cannot send to [one]: java.lang.NoClassDefFoundError; events are kept and it is"
                                    + " tried again");
            one.behaviour = Peer::takeAll;
            run(LONGEST);
            assertThat(balance()).isEqualTo("received 1 = written 1");
        }

        @Test
        void anErrorOfTheProtocolIsNoDifferent() {
            one.behaviour = batch -> {
                one.behaviour = Peer::takeAll;
                throw new IllegalStateException("bug");
            };
            put("a");
            run(Duration.ofSeconds(1));
            assertThat(balance()).isEqualTo("received 1 = written 1");
            assertThat(statuses().get(0)).contains("cannot send to [one]: java.lang.IllegalStateException;");
        }
    }

    @Nested
    class WhenSomeMessagesHaveToGoAgain {

        @Test
        void onlyTheseGoAgainAndBeforeAnythingNewer() {
            one.behaviour = batch -> {
                for (int i = 0; i < batch.size(); i++) {
                    if (i == 1) {
                        batch.again(i, "item status 429");
                    } else if (i == 2) {
                        batch.duplicate(i);
                    } else {
                        batch.accepted(i);
                    }
                }
                one.behaviour = Peer::takeAll;
                return Answer.EACH;
            };
            put("a", "b", "c", "d");
            assertThat(settle()).isPositive();
            assertThat(mark.settled()).isEqualTo(1);
            put("e");
            assertThat(one.requests).hasSize(1);
            run(Duration.ofSeconds(1));
            assertThat(one.requests).containsExactly(List.of("a", "b", "c", "d"), List.of("b"), List.of("e"));
            assertThat(mark.settled()).isEqualTo(5);
            assertThat(books.counts()).isEqualTo(new DeliveryCounts(6, 5, 1, 1, 0));
            assertThat(statuses())
                    .containsExactly(
                            "WARN cannot send to [one]: item status 429; events are kept and it is tried again",
                            "INFO sending to [one] again; nothing was lost");
        }
    }

    @Nested
    class WhenThePeerIsBusy {

        @Test
        void itIsLeftAloneForAsLongAsItAsksFor() {
            one.behaviour = batch -> Answer.busy("HTTP 429", Duration.ofSeconds(20));
            put("a");
            assertThat(settle()).isGreaterThanOrEqualTo(Duration.ofSeconds(20).toNanos());
            one.behaviour = Peer::takeAll;
            run(Duration.ofSeconds(21));
            assertThat(one.requests).hasSize(2);
            assertThat(one.connections).isEqualTo(1);
            assertThat(balance()).isEqualTo("received 1 = written 1");
        }

        @Test
        void whoDoesNotLetUsInIsAskedAgainAndNothingIsADeadLetter() {
            one.behaviour = batch -> Answer.denied("HTTP 401");
            put("a", "b");
            run(Duration.ofMinutes(5));
            assertThat(balance()).isEqualTo("received 2 = written 0 + queued 2");
            assertThat(letters.kept).isEmpty();
            one.behaviour = Peer::takeAll;
            run(LONGEST);
            assertThat(balance()).isEqualTo("received 2 = written 2");
            assertThat(statuses().get(0))
                    .isEqualTo("WARN [one] does not let us send: HTTP 401; events are kept and it is tried again until"
                            + " that is mended");
        }
    }

    @Nested
    class WhenARequestIsTooLarge {

        @Test
        void itIsHalvedAndTheLimitRemembered() {
            one.behaviour = batch -> batch.bytes() > 40 ? Answer.tooLarge("HTTP 413") : Peer.takeAll(batch);
            putMany(50);
            settle();
            assertThat(balance()).isEqualTo("received 50 = written 50");
            int refused = (int) one.requests.stream()
                    .filter(request -> request.stream().mapToInt(String::length).sum() > 40)
                    .count();
            assertThat(refused).isEqualTo(2);
            assertThat(one.requests.stream().skip(refused).flatMap(List::stream))
                    .hasSize(50);
        }

        @Test
        void aPeerToWhichEverythingIsTooLargeIsToBlameItselfAndNothingIsLearnedFromThat() {
            one.behaviour = batch -> Answer.tooLarge("HTTP 413");
            putMany(100);
            run(Duration.ofMinutes(10));
            assertThat(letters.kept).isEmpty();
            assertThat(balance()).isEqualTo("received 100 = written 0 + queued 100");
            assertThat(statuses().get(0)).startsWith("WARN [one] does not let us send: HTTP 413;");
            one.behaviour = Peer::takeAll;
            run(Duration.ofMinutes(1));
            one.requests.clear();
            putMany(100);
            settle();
            assertThat(one.requests).hasSize(1);
            assertThat(balance()).isEqualTo("received 200 = written 200");
        }

        @Test
        void aMessageThatIsTooLargeAloneIsADeadLetter() {
            one.behaviour = batch -> batch.bytes() > 4 ? Answer.tooLarge("HTTP 413") : Peer.takeAll(batch);
            put("a", "much too large", "b");
            settle();
            assertThat(letters.kept).containsExactly("much too large one HTTP 413");
            assertThat(balance()).isEqualTo("received 3 = written 2 + dead-lettered 1");
            assertThat(mark.settled()).isEqualTo(3);
        }
    }

    @Nested
    class WhenAMessageIsPoison {

        @Test
        void oneThatIsRefusedBySingleAnswerIsADeadLetter() {
            one.behaviour = batch -> {
                batch.accepted(0);
                batch.refused(1, "400 mapper_parsing_exception");
                return Answer.EACH;
            };
            put("a", "b");
            settle();
            assertThat(letters.kept).containsExactly("b one 400 mapper_parsing_exception");
            assertThat(balance()).isEqualTo("received 2 = written 1 + dead-lettered 1");
            assertThat(mark.settled()).isEqualTo(2);
            assertThat(statuses())
                    .containsExactly("WARN [one] refused an event for good; it is in the dead-letter file");
        }

        @Test
        void inAnUnreadableRequestItIsFoundByHalves() {
            one.behaviour = refusing("m37"::equals, "HTTP 400");
            putMany(100);
            settle();
            assertThat(letters.kept).containsExactly("m37 one HTTP 400");
            assertThat(balance()).isEqualTo("received 100 = written 99 + dead-lettered 1");
            assertThat(one.requests).hasSizeLessThan(20);
        }

        @Test
        void severalAreFoundAndNobodyElseIsBlamed() {
            Set<String> poison = Set.of("m0", "m1", "m50", "m98", "m99");
            one.behaviour = refusing(poison::contains, "HTTP 400");
            putMany(100);
            settle();
            put("later");
            settle();
            assertThat(letters.kept.stream().map(line -> line.substring(0, line.indexOf(' '))))
                    .containsExactlyInAnyOrderElementsOf(poison);
            assertThat(balance()).isEqualTo("received 101 = written 96 + dead-lettered 5");
        }

        @Test
        void aPeerThatReadsNothingOfOursIsToBlameItself() {
            one.behaviour = batch -> Answer.malformed("HTTP 400");
            putMany(100);
            run(Duration.ofMinutes(10));
            assertThat(letters.kept).isEmpty();
            assertThat(balance()).isEqualTo("received 100 = written 0 + queued 100");
            assertThat(mark.settled()).isZero();
            assertThat(statuses().get(0)).startsWith("WARN [one] does not let us send: HTTP 400;");
            one.behaviour = Peer::takeAll;
            run(Duration.ofMinutes(1));
            assertThat(balance()).isEqualTo("received 100 = written 100");
        }

        @Test
        void manyInARowAreFoundAndDoNotHoldUpTheOthers() {
            one.behaviour = refusing(body -> Integer.parseInt(body.substring(1)) < 60, "HTTP 400");
            putMany(100);
            run(Duration.ofMinutes(5));
            assertThat(letters.kept).hasSize(60).allMatch(line -> line.matches("m[1-5]?\\d one HTTP 400"));
            assertThat(balance()).isEqualTo("received 100 = written 40 + dead-lettered 60");
        }

        @Test
        void whoeverIsRefusedByAPeerThatIsMendedMeanwhileIsNoDeadLetter() {
            for (int requests = 1; requests < 60; requests++) {
                int[] left = {requests};
                one.behaviour = batch -> left[0]-- > 0 ? Answer.malformed("HTTP 400") : Peer.takeAll(batch);
                putMany(20);
                run(Duration.ofMinutes(5));
                assertThat(letters.kept)
                        .as("mended after %d requests", requests)
                        .isEmpty();
                assertThat(books.queued())
                        .as("mended after %d requests", requests)
                        .isZero();
            }
        }

        @Test
        void aSingleOneIsTriedAgainUntilThePeerHasTakenAnother() {
            one.behaviour = refusing("bad"::equals, "HTTP 400");
            put("bad");
            run(Duration.ofMinutes(3));
            assertThat(letters.kept).isEmpty();
            assertThat(sender.oldest()).isPositive();
            put("good");
            run(Duration.ofSeconds(1));
            assertThat(letters.kept).containsExactly("bad one HTTP 400");
            assertThat(balance()).isEqualTo("received 2 = written 1 + dead-lettered 1");
        }

        @Test
        void withoutAFileForDeadLettersItIsLostAndThatIsSaid() {
            letters.there = false;
            one.behaviour = batch -> {
                batch.refused(0, "400");
                return Answer.EACH;
            };
            put("a");
            settle();
            assertThat(balance()).isEqualTo("received 1 = written 0 + failed 1");
            assertThat(statuses())
                    .containsExactly("ERROR [one] refused an event for good; it is lost, because there is no"
                            + " <deadLetter> file");
        }

        @Test
        void aFileThatCannotBeWrittenHoldsEverythingUp() {
            letters.failure = new IOException("No space left on device");
            one.behaviour = batch -> {
                one.behaviour = Peer::takeAll;
                batch.refused(0, "400");
                return Answer.EACH;
            };
            put("a");
            settle();
            put("b");
            run(Duration.ofMinutes(1));
            assertThat(one.requests).hasSize(1);
            assertThat(balance()).isEqualTo("received 2 = written 0 + queued 2");
            assertThat(mark.settled()).isZero();
            letters.failure = null;
            run(Duration.ofSeconds(2));
            assertThat(letters.kept).containsExactly("a one 400");
            assertThat(balance()).isEqualTo("received 2 = written 1 + dead-lettered 1");
            assertThat(statuses().get(0))
                    .isEqualTo("ERROR cannot write a dead letter: java.io.IOException (No space left on device); the"
                            + " event is kept and it is tried again");
        }
    }

    @Nested
    class WhenThereIsNothingToSend {

        @Test
        void itRestsUntilSomethingComesAlsoIfThatCameBeforeItLayDown() {
            settle();
            assertThat(sender.isResting()).isTrue();
            put("a");
            // The thread would ask the outbox, which does not let it sleep.
            assertThat(sender.isResting()).isTrue();
            outbox.await(Duration.ofMinutes(5).toNanos());
            settle();
            assertThat(one.requests).containsExactly(List.of("a"));
        }

        @Test
        void aPauseBetweenTriesIsNoRest() {
            one.unreachable = new IOException("Connection refused");
            put("a");
            settle();
            assertThat(sender.isResting()).isFalse();
        }

        @Test
        void aConnectionThatHasDiedIsClosed() {
            put("a");
            settle();
            one.alive = false;
            settle();
            assertThat(one.closed).isEqualTo(1);
            one.alive = true;
            put("b");
            settle();
            assertThat(one.connections).isEqualTo(2);
        }

        @Test
        void oneThatMayHaveLeftSomethingUnreadIsMadeAnewAtOnce() {
            one.owes = true;
            put("a");
            settle();
            one.alive = false;
            assertThat(sender.owes()).isTrue();
            one.unreachable = new IOException("Connection refused");
            settle();
            one.alive = true;
            assertThat(sender.owes()).isTrue();
            one.unreachable = null;
            run(Duration.ofSeconds(1));
            assertThat(one.requests).containsExactly(List.of("a"), List.of());
            assertThat(sender.owes()).isFalse();
            assertThat(statuses())
                    .containsExactly(
                            "WARN cannot send to [one]: java.io.IOException (Connection refused); events are kept and it"
                                    + " is tried again",
                            "INFO sending to [one] again; nothing was lost");
            run(Duration.ofSeconds(10));
            assertThat(one.requests).hasSize(2);
        }
    }

    @Nested
    class WhenSomethingIsOwedAndThereIsAFallback {

        @Test
        void thePeerIsAskedNoMoreOftenThanItIsDue() {
            Peer last = new Peer("last") {
                @Override
                public boolean isFallback() {
                    return true;
                }
            };
            make(Duration.ZERO, 100, 1 << 20, Duration.ZERO, one, last);
            one.owes = true;
            put("a");
            settle();
            one.alive = false;
            one.unreachable = new IOException("Connection refused");
            settle();
            assertThat(settle()).isGreaterThan(Duration.ofMillis(10).toNanos());
        }
    }

    @Nested
    class WhenConnectionsHaveAnAge {

        @Test
        void theyAreMadeAnewAndTheFirstInTheListIsPreferred() {
            make(Duration.ZERO, 100, 1 << 20, Duration.ofMinutes(1), one, two);
            one.unreachable = new IOException("x");
            put("a");
            settle();
            one.unreachable = null;
            advance(Duration.ofMinutes(2));
            put("b");
            settle();
            assertThat(two.requests).containsExactly(List.of("a"));
            assertThat(one.requests).containsExactly(List.of("b"));
            assertThat(two.closed).isPositive();
        }
    }

    @Nested
    class AfterTheRunWasClosed {

        @Test
        void whatWasLeftIsDiscardedAndWhatStillArrivesIsNotCountedTwice() {
            put("a", "b");
            assertThat(books.close()).isEqualTo(2);
            settle();
            assertThat(balance()).isEqualTo("received 2 = written 0 + discarded 2");
        }
    }
}
