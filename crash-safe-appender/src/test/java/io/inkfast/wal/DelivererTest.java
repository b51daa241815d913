package io.inkfast.wal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.spi.ContextAwareBase;
import io.inkfast.component.Notices;
import io.inkfast.internal.BatchBuffer;
import io.inkfast.internal.SystemDirectory;
import io.inkfast.internal.Ticker;
import io.inkfast.journal.Durability;
import io.inkfast.journal.Journal;
import io.inkfast.journal.JournalListener;
import io.inkfast.journal.JournalSettings;
import io.inkfast.keys.RecordOpener;
import io.inkfast.mask.Redaction;
import io.inkfast.wal.event.EventCodec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each step called by hand, with a clock of the test's. */
class DelivererTest {

    private static final long MILLISECOND = 1_000_000;

    @TempDir
    Path directory;

    private final LoggerContext context = new LoggerContext();
    private final ContextAwareBase owner = new ContextAwareBase();
    private final WalBooks books = new WalBooks();
    private final Receiver receiver = new Receiver();
    private final List<Journal> opened = new ArrayList<>();
    private EventCodec codec;
    private BatchReader.Decoder decoder;
    private long now;
    private final Ticker ticker = () -> now;

    /* Takes what it is offered, and does as the test says. */
    private static final class Receiver implements Destination {

        final List<String> taken = new ArrayList<>();
        boolean isDown;
        boolean givesUp;
        Safety safety = Safety.DURABLE;

        @Override
        public String name() {
            return "OUT";
        }

        @Override
        public boolean deliver(List<ILoggingEvent> events, int from, LongPredicate waiting) {
            while (isDown) {
                if (!waiting.test(1)) {
                    return false;
                }
            }
            events.subList(from, events.size()).forEach(event -> taken.add(event.getFormattedMessage()));
            return true;
        }

        @Override
        public int failed() {
            return 0;
        }

        @Override
        public boolean hasGivenUp() {
            boolean was = givesUp;
            givesUp = false;
            return was;
        }

        @Override
        public Safety sync(long handed, Duration limit) {
            return safety;
        }

        @Override
        public @Nullable String trouble() {
            return isDown ? "it is down" : null;
        }
    }

    @BeforeEach
    void makeACodec() {
        context.setMDCAdapter(new LogbackMDCAdapter());
        owner.setContext(context);
        Redaction redaction = new Redaction();
        redaction.setContext(context);
        codec = new EventCodec(
                redaction.forStorage(owner, problem -> {
                    throw new IllegalStateException(problem);
                }),
                context,
                false,
                1 << 20);
        decoder = codec::decode;
    }

    @AfterEach
    void closeAll() {
        opened.forEach(journal -> journal.close(0));
    }

    private Journal open(String name) throws IOException {
        return open(name, 1 << 20);
    }

    private Journal open(String name, int memory) throws IOException {
        Journal journal = Journal.open(
                new SystemDirectory(directory.resolve(name)),
                JournalSettings.defaults().withSizes(64 << 10, memory, 64 << 10).withReserve(0),
                new JournalListener() {},
                ticker,
                () -> 1);
        opened.add(journal);
        return journal;
    }

    private void log(Journal journal, int from, int to) {
        for (int i = from; i < to; i++) {
            BatchBuffer out = new BatchBuffer(256);
            int length = codec.encode(
                    new LoggingEvent("x", context.getLogger("a"), Level.INFO, "event " + i, null, null), out);
            journal.append(out.array(), 0, length, 1, 2, Durability.NONE);
        }
    }

    private Source source(Journal journal, boolean own) {
        return new Source(journal, journal.cursor(), () -> {}, own, RecordOpener.NONE);
    }

    private Deliverer deliverer(Source... sources) {
        Notices notices = new Notices(owner, ticker);
        return new Deliverer(
                List.of(sources),
                new Destinations(List.of(receiver), notices),
                decoder,
                books,
                notices,
                () -> null,
                ticker);
    }

    private static List<String> events(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "event " + i).toList();
    }

    private List<String> statuses() {
        return context.getStatusManager().getCopyOfStatusList().stream()
                .map(status -> status.getMessage())
                .toList();
    }

    @Nested
    class WhileEventsKeepComing {

        @Test
        void notesHowFarSoonAfterAStartAndThenOnceASecond() throws IOException {
            Journal journal = open("own");
            Deliverer deliverer = deliverer(source(journal, true));
            List<Long> notedAt = new ArrayList<>();
            long noted = journal.deliveredLsn();
            for (int i = 0; i < 400; i++) {
                now += 10 * MILLISECOND;
                log(journal, i, i + 1);
                assertThat(deliverer.step()).isTrue();
                if (journal.deliveredLsn() > noted) {
                    noted = journal.deliveredLsn();
                    notedAt.add(now / MILLISECOND);
                }
            }
            assertThat(notedAt).containsExactly(20L, 60L, 140L, 300L, 620L, 1260L, 2260L, 3260L);
            assertThat(receiver.taken).isEqualTo(events(0, 400));
        }

        @Test
        void countsARecordThatIsNoEventAndGoesOn() throws IOException {
            Journal journal = open("own");
            log(journal, 0, 1);
            byte[] bytes = "no event".getBytes(StandardCharsets.UTF_8);
            journal.append(bytes, 0, bytes.length, 1, 2, Durability.NONE);
            log(journal, 1, 2);
            assertThat(deliverer(source(journal, true)).step()).isTrue();
            assertThat(receiver.taken).isEqualTo(events(0, 2));
            assertThat(books.failed.sum()).isEqualTo(1);
            assertThat(books.written.sum()).isEqualTo(2);
            assertThat(statuses()).singleElement().asString().startsWith("a journalled event cannot be read: ");
        }
    }

    @Nested
    class WhenItHasNoMemory {

        private int calls;

        private void failOnce(int call, Error error) {
            decoder = (bytes, offset, length, recovered) -> {
                if (++calls == call) {
                    throw error;
                }
                return codec.decode(bytes, offset, length, recovered);
            };
        }

        @Test
        void readsTheEventAgain() throws IOException {
            failOnce(3, new OutOfMemoryError("Java heap space"));
            Journal journal = open("own");
            log(journal, 0, 5);
            Deliverer deliverer = deliverer(source(journal, true));
            assertThatThrownBy(deliverer::step).isInstanceOf(OutOfMemoryError.class);
            deliverer.step();
            deliverer.step();
            assertThat(receiver.taken).isEqualTo(events(0, 5));
            assertThat(books.failed.sum()).isZero();
            assertThat(books.replayed.sum()).isZero();
        }

        @Test
        void readsARecoveredEventAgain() throws IOException {
            log(open("own"), 0, 5);
            opened.remove(0).close(0);
            failOnce(4, new StackOverflowError());
            Deliverer deliverer = deliverer(source(open("own"), true));
            assertThatThrownBy(deliverer::step).isInstanceOf(StackOverflowError.class);
            deliverer.step();
            deliverer.step();
            assertThat(receiver.taken).isEqualTo(events(0, 5));
            assertThat(books.replayed.sum()).isEqualTo(5);
        }

        @Test
        void leavesOutAnEventThatNeverCanBeMade() throws IOException {
            decoder = (bytes, offset, length, recovered) -> {
                if (++calls == 2) {
                    throw new IllegalStateException("secret");
                }
                return codec.decode(bytes, offset, length, recovered);
            };
            Journal journal = open("own");
            log(journal, 0, 3);
            Deliverer deliverer = deliverer(source(journal, true));
            deliverer.step();
            assertThat(receiver.taken).containsExactly("event 0", "event 2");
            assertThat(books.failed.sum()).isEqualTo(1);
            assertThat(statuses()).contains("a journalled event cannot be read: java.lang.IllegalStateException");
        }
    }

    @Nested
    class WhenSegmentsCannotBeRead {

        private Path segment(String name) throws IOException {
            try (Stream<Path> files = Files.list(directory.resolve(name))) {
                return files.filter(file -> file.getFileName().toString().startsWith("wal-"))
                        .min(Comparator.naturalOrder())
                        .orElseThrow();
            }
        }

        @Test
        void countsWhatIsGoneOfAJournalThatWasLeftBehind() throws IOException {
            log(open("left"), 0, 5);
            opened.remove(0).close(0);
            Journal own = open("own");
            log(own, 5, 8);
            Source left = source(open("left"), false);
            Files.delete(segment("left"));
            Deliverer deliverer = deliverer(left, source(own, true));
            for (int step = 0; step < 10; step++) {
                deliverer.step();
            }
            assertThat(receiver.taken).isEqualTo(events(5, 8));
            assertThat(books.replayed.sum()).isEqualTo(5);
            assertThat(books.failed.sum()).isEqualTo(5);
            assertThat(statuses()).contains("5 events cannot be read back from the journal, and are lost");
        }

        @Test
        void keepsAJournalThatWasLeftBehindUntilItCanBeRead() throws IOException {
            log(open("left"), 0, 5);
            opened.remove(0).close(0);
            Journal own = open("own");
            log(own, 5, 8);
            AtomicBoolean discarded = new AtomicBoolean();
            Source.Place place = new Source.Place() {
                @Override
                public void release() {
                    assertThat(receiver.taken).isNotEmpty();
                }

                @Override
                public void discard() {
                    discarded.set(true);
                }
            };
            Journal journal = open("left");
            Path segment = segment("left");
            Path aside = directory.resolve("aside");
            Files.move(segment, aside);
            // It can't be opened, which is not to say that it is not there.
            Files.createSymbolicLink(segment, segment);
            Source left = new Source(journal, journal.cursor(), place, false, RecordOpener.NONE);
            Deliverer deliverer = deliverer(left, source(own, true));
            for (int step = 0; step < 10; step++) {
                assertThat(deliverer.step()).isTrue();
            }
            assertThat(receiver.taken).isEmpty();
            assertThat(discarded).isFalse();
            Files.delete(segment);
            Files.move(aside, segment);
            for (int step = 0; step < 10; step++) {
                now += 2000 * MILLISECOND;
                deliverer.step();
            }
            assertThat(receiver.taken).isEqualTo(events(0, 8));
            assertThat(discarded).isTrue();
            assertThat(books.failed.sum()).isZero();
        }
    }

    @Nested
    class WhenADestinationWasStartedAnew {

        @Test
        void deliversAgainWhatIsBehindTheMark() throws IOException {
            Journal journal = open("own");
            Deliverer deliverer = deliverer(source(journal, true));
            log(journal, 0, 3);
            now += 20 * MILLISECOND;
            deliverer.step();
            log(journal, 3, 6);
            deliverer.step();
            assertThat(receiver.taken).isEqualTo(events(0, 6));

            receiver.taken.clear();
            receiver.givesUp = true;
            log(journal, 6, 7);
            deliverer.step();
            deliverer.step();

            assertThat(receiver.taken)
                    .startsWith("event 6")
                    .endsWith(events(3, 7).toArray(new String[0]))
                    .hasSize(5);
            assertThat(books.replayed.sum()).isEqualTo(4);
            assertThat(statuses())
                    .containsExactly("[OUT] was started again; what may have been under way then is delivered again");
        }
    }

    @Nested
    class WhenADestinationWasStartedAnewInTheMidstOfABacklog {

        private static final int EVENTS = 1500;

        /* At each batch in turn. */
        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3, 4, 5, 6})
        void everythingIsDeliveredAndNothingElseIsTakenAway(int batch) throws IOException {
            Journal left = open("left");
            log(left, 0, EVENTS);
            boolean[] discarded = {false};
            Source.Place place = new Source.Place() {
                @Override
                public void release() {}

                @Override
                public void discard() {
                    discarded[0] = true;
                    assertThat(receiver.taken).contains("event " + (EVENTS - 1));
                }
            };
            Source source = new Source(left, left.cursor(), place, false, RecordOpener.NONE);
            Deliverer deliverer = deliverer(source, source(open("own"), true));
            for (int i = 1; i <= 20; i++) {
                receiver.givesUp = i == batch;
                deliverer.step();
            }
            assertThat(receiver.taken).containsAll(events(0, EVENTS)).endsWith("event " + (EVENTS - 1));
            assertThat(discarded[0]).isTrue();
        }
    }

    @Nested
    class WithRecordsThatAreNoEvents {

        @Test
        void whatIsBehindThemIsDeliveredBeforeTheJournalIsTakenAway() throws IOException {
            Journal left = open("left", 4 << 20);
            byte[] bytes = new byte[600 << 10];
            for (int i = 0; i < 2; i++) {
                left.append(bytes, 0, bytes.length, 1, 2, Durability.NONE);
            }
            log(left, 0, 3);
            Deliverer deliverer = deliverer(source(left, false), source(open("own"), true));
            for (int i = 0; i < 5; i++) {
                deliverer.step();
            }
            assertThat(receiver.taken).isEqualTo(events(0, 3));
            assertThat(books.failed.sum()).isEqualTo(2);
        }
    }

    @Nested
    class WhenADeviceRefuses {

        @Test
        void deliversAgainWhatIsBehindTheMark() throws IOException {
            Journal journal = open("own");
            Deliverer deliverer = deliverer(source(journal, true));
            log(journal, 0, 3);
            receiver.safety = Destination.Safety.REFUSED;
            now += 20 * MILLISECOND;
            deliverer.step();
            assertThat(journal.deliveredLsn()).isZero();
            receiver.safety = Destination.Safety.DURABLE;
            deliverer.step();
            assertThat(receiver.taken.subList(3, 6)).isEqualTo(events(0, 3));
            assertThat(books.replayed.sum()).isEqualTo(3);
        }
    }

    @Nested
    class WithAJournalThatWasLeftBehind {

        @Test
        void deliversThatFirst() throws IOException {
            Journal left = open("left");
            log(left, 0, 3);
            Journal own = open("own");
            log(own, 3, 6);
            Deliverer deliverer = deliverer(source(left, false), source(own, true));
            for (int i = 0; i < 3; i++) {
                deliverer.step();
            }
            assertThat(receiver.taken).isEqualTo(events(0, 6));
            assertThat(books.replayed.sum()).isEqualTo(3);
        }
    }

    @Nested
    class WhenThereIsNoMoreTime {

        @Test
        void keepsWhatADestinationDoesNotTake() throws IOException {
            Journal journal = open("own");
            Deliverer deliverer = deliverer(source(journal, true));
            log(journal, 0, 3);
            receiver.isDown = true;
            deliverer.finishBy(now);
            assertThat(deliverer.step()).isFalse();
            deliverer.close();
            assertThat(receiver.taken).isEmpty();
            assertThat(deliverer.trouble()).isEqualTo("it is down");
            assertThat(journal.deliveredLsn()).isZero();
            assertThat(books.written.sum()).isZero();
        }

        @Test
        void deliversWhatIsThere() throws IOException {
            Journal journal = open("own");
            Deliverer deliverer = deliverer(source(journal, true));
            log(journal, 0, 300);
            deliverer.finishBy(now);
            while (deliverer.step()) {
                // Until it says that it ended.
            }
            assertThat(receiver.taken).isEqualTo(events(0, 300));
            assertThat(journal.deliveredLsn()).isEqualTo(journal.lastLsn());
        }
    }
}
