package io.inkfast.wal;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
    }

    @AfterEach
    void closeAll() {
        opened.forEach(journal -> journal.close(0));
    }

    private Journal open(String name) throws IOException {
        Journal journal = Journal.open(
                new SystemDirectory(directory.resolve(name)),
                JournalSettings.defaults()
                        .withSizes(64 << 10, 1 << 20, 64 << 10)
                        .withReserve(0),
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
                codec,
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
