package io.inkfast.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** A backlog in segments, some of which cannot be opened or read, now or ever. */
class UnreadableSegmentTest {

    private static final int EVENTS = 400;
    private static final JournalSettings SETTINGS = JournalTest.SMALL.withReserve(0);

    private final MemoryDirectory disk = new MemoryDirectory();
    private final JournalTest.Told told = new JournalTest.Told();
    private final AtomicLong clock = new AtomicLong();

    private Journal open(MemoryDirectory where) throws IOException {
        return Journal.open(where, SETTINGS, told, clock::get, () -> 1);
    }

    private List<String> segments() {
        return disk.list().stream().filter(SegmentFile::isSegment).sorted().toList();
    }

    private static List<String> texts(int from, int to) {
        return IntStream.range(from, to).mapToObj(JournalTest::text).toList();
    }

    /* Also past what is waited for, as a deliverer does. */
    private List<String> all(Cursor cursor) {
        List<String> texts = new ArrayList<>();
        do {
            clock.addAndGet(2_000_000_000L);
            texts.addAll(JournalTest.rest(cursor));
        } while (cursor.isWaiting());
        return texts;
    }

    @BeforeEach
    void fillSegments() throws IOException {
        Journal journal = open(disk);
        for (int i = 0; i < EVENTS; i++) {
            JournalTest.append(journal, JournalTest.text(i), Durability.NONE);
            if (i % 10 == 0) {
                journal.syncNow();
                journal.step();
            }
        }
        journal.syncNow();
        journal.step();
        assertThat(segments()).hasSizeGreaterThan(2);
    }

    @Nested
    class ThatCannotBeOpenedAtTheMoment {

        @Test
        void isWaitedFor() throws IOException {
            Journal journal = open(disk);
            Cursor cursor = journal.cursor();
            AtomicLong failures = new AtomicLong(20);
            disk.failReading((operation, name, bytes) -> {
                if (operation.equals("open") && failures.getAndDecrement() > 0) {
                    throw new FileSystemException(name, null, "Too many open files");
                }
                return bytes;
            });
            assertThat(cursor.next()).isFalse();
            assertThat(cursor.isWaiting()).isTrue();
            assertThat(cursor.readLsn()).isZero();
            // Not before it is time.
            assertThat(cursor.next()).isFalse();
            assertThat(failures.get()).isEqualTo(19);
            assertThat(all(cursor)).isEqualTo(texts(0, EVENTS));
            assertThat(cursor.takeMissing()).isZero();
            assertThat(told.words)
                    .contains("[" + segments().get(0) + "] cannot be read: java.nio.file.FileSystemException");
        }
    }

    @Nested
    class ThatIsGone {

        @Test
        void costsItsOwnEventsOnly() throws IOException {
            Journal journal = open(disk);
            String gone = segments().get(0);
            disk.delete(gone);
            Cursor cursor = journal.cursor();
            List<String> read = all(cursor);
            assertThat(read).isEqualTo(texts(EVENTS - read.size(), EVENTS)).hasSizeGreaterThan(EVENTS / 2);
            assertThat(cursor.takeMissing()).isEqualTo(EVENTS - read.size());
            assertThat(cursor.takeMissing()).isZero();
            assertThat(told.words).contains("[" + gone + "] cannot be read: java.nio.file.NoSuchFileException");
        }

        @Test
        void isMissedOnceThoughItIsReadAgain() throws IOException {
            Journal journal = open(disk);
            disk.delete(segments().get(1));
            Cursor cursor = journal.cursor();
            List<String> read = all(cursor);
            cursor.backTo(0);
            assertThat(all(cursor)).isEqualTo(read);
            assertThat(cursor.takeMissing()).isEqualTo(EVENTS - read.size());
        }
    }

    @Nested
    class ThatFailsToBeRead {

        @Test
        void isReadAgainFromWhereItWas() throws IOException {
            Journal journal = open(disk);
            // Not as often in one place as it takes to read on behind that.
            Map<String, Integer> failures = new HashMap<>();
            disk.failReading((operation, name, position) -> {
                boolean first = operation.equals("read") && position == SegmentFormat.HEADER_BYTES;
                if (first && failures.merge(name, 1, Integer::sum) < 4) {
                    throw new ClosedByInterruptException();
                }
                return 0;
            });
            Cursor cursor = journal.cursor();
            assertThat(all(cursor)).isEqualTo(texts(0, EVENTS));
            assertThat(cursor.takeMissing()).isZero();
            journal.delivered(cursor.readLsn());
            assertThat(disk.list()).noneMatch(name -> name.endsWith(".damaged"));
        }

        @Test
        void costsTheBlockThatIsUnreadableAndIsKept() throws IOException {
            Journal journal = open(disk);
            String bad = segments().get(1);
            disk.failReading(MemoryDirectory.unreadable(bad, 8192, 12288));
            Cursor cursor = journal.cursor();
            List<String> read = all(cursor);
            assertThat(read).isSubsetOf(texts(0, EVENTS)).doesNotHaveDuplicates();
            assertThat(read).hasSizeBetween(EVENTS - 70, EVENTS - 10);
            assertThat(cursor.takeMissing()).isEqualTo(EVENTS - read.size());
            disk.failReading((operation, name, bytes) -> bytes);
            journal.delivered(cursor.readLsn());
            assertThat(disk.list()).contains(bad + ".damaged");
        }

        @Test
        void isReadAroundByTheTools() throws IOException {
            disk.failReading(MemoryDirectory.unreadable(segments().get(1), 8192, 12288));
            JournalReader reader = JournalReader.of(disk, done -> {});
            assertThat(reader.condition()).isEqualTo(JournalReader.Condition.LOST);
            List<String> read = new ArrayList<>();
            reader.events(0, (lsn, payload) -> read.add(new String(payload, StandardCharsets.UTF_8)));
            assertThat(read).isSubsetOf(texts(0, EVENTS)).hasSizeBetween(EVENTS - 70, EVENTS - 10);
        }

        @Test
        void isNoReasonNotToStart() throws IOException {
            disk.failReading(MemoryDirectory.unreadable(segments().get(1), 8192, 12288));
            Journal journal = open(disk);
            assertThat(journal.lost()).hasSize(1);
            List<String> read = all(journal.cursor());
            assertThat(read).hasSizeBetween(EVENTS - 70, EVENTS - 10);
        }

        @Test
        void startsWithoutItsHeaderToo() throws IOException {
            disk.failReading(MemoryDirectory.unreadable(segments().get(1), 0, 4096));
            Journal journal = open(disk);
            assertThat(journal.lost()).isEmpty();
            assertThat(all(journal.cursor())).isEqualTo(texts(0, EVENTS));
        }
    }

    @Nested
    class ThatWasWrittenAgainInPart {

        /* A sync fails; the process is killed at each step while what was not confirmed is appended again elsewhere. */
        @Test
        void losesNothingThatTheKernelHad() throws IOException {
            for (int kill = 0; kill < 40; kill++) {
                MemoryDirectory where = new MemoryDirectory();
                Journal journal = open(where);
                int confirmed = 0;
                for (; confirmed < 50; confirmed++) {
                    JournalTest.append(journal, JournalTest.text(confirmed), Durability.NONE);
                }
                journal.syncNow();
                journal.step();
                int written = confirmed;
                for (; written < 150; written++) {
                    JournalTest.append(journal, JournalTest.text(written), Durability.NONE);
                    journal.step();
                }
                List<MemoryDirectory> killed = killWhileAppendingAgain(where, kill);
                journal.syncNow();
                journal.step();
                if (killed.isEmpty()) {
                    assertThat(kill).isPositive();
                    return;
                }
                List<String> read = all(open(killed.get(0)).cursor());
                assertThat(read).as("killed at operation %d", kill).isEqualTo(texts(0, written));
            }
        }

        /* The first force fails, and of each write only a part is done. */
        private List<MemoryDirectory> killWhileAppendingAgain(MemoryDirectory where, int kill) {
            List<MemoryDirectory> killed = new ArrayList<>();
            int[] operations = {-1};
            where.fail((operation, name, bytes) -> {
                if (operations[0] < 0) {
                    if (operation.equals("force")) {
                        operations[0] = 0;
                        throw new IOException("EIO");
                    }
                    return bytes;
                }
                if (operations[0]++ == kill) {
                    killed.add(where.afterKill());
                }
                return operation.equals("write") ? Math.min(bytes, 700) : bytes;
            });
            return killed;
        }

        /* Each of two copies is damaged somewhere, and somewhere else. */
        @Test
        void givesEachRecordOfWhicheverCopyIsWhole() throws IOException {
            for (int seed = 0; seed < 200; seed++) {
                MemoryDirectory where = copies();
                Random random = new Random(seed);
                List<String> names = where.list().stream()
                        .filter(SegmentFile::isSegment)
                        .sorted()
                        .toList();
                assertThat(names).hasSize(2);
                for (String name : names) {
                    byte[] content = where.content(name);
                    // In front of what comes after the copies.
                    content[SegmentFormat.HEADER_BYTES + 1000 + random.nextInt(3000)] ^= 1;
                    where.put(name, content);
                }
                JournalScan scan = JournalScan.of(where, JournalSettings.LARGEST_RECORD);
                int lost = scan.lost().size() + scan.torn().size();
                List<String> read = all(open(where).cursor());
                assertThat(read).as("seed %d", seed).hasSize(80 - lost).isSubsetOf(texts(0, 80));
                assertThat(lost).isLessThan(2);
            }
        }

        /* Numbers 2 to 80 are in two segments. */
        private MemoryDirectory copies() throws IOException {
            MemoryDirectory where = new MemoryDirectory();
            Journal journal = open(where);
            for (int i = 0; i < 80; i++) {
                JournalTest.append(journal, JournalTest.text(i), Durability.NONE);
                if (i == 0) {
                    journal.syncNow();
                    journal.step();
                }
            }
            journal.step();
            where.fail(new MemoryDirectory.Faults() {
                private boolean failed;

                @Override
                public int before(String operation, String name, int bytes) throws IOException {
                    if (!failed && operation.equals("force")) {
                        failed = true;
                        throw new IOException("EIO");
                    }
                    return bytes;
                }
            });
            journal.syncNow();
            journal.step();
            return where.afterKill();
        }
    }
}
