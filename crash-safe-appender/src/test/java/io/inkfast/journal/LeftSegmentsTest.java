package io.inkfast.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkfast.internal.Ticker;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a killed process left with the kernel only, on a device that does not confirm it. */
class LeftSegmentsTest {

    private static final JournalSettings SETTINGS =
            JournalSettings.defaults().withSizes(16 << 10, 512 << 10, 8 << 10).withReserve(32 << 10);

    private final JournalTest.Told told = new JournalTest.Told();
    private final List<String> all = new ArrayList<>();
    private MemoryDirectory left = new MemoryDirectory();
    private String segment = "";
    private Journal running;

    private Journal open(MemoryDirectory directory) throws IOException {
        return Journal.open(directory, SETTINGS, told, Ticker.SYSTEM, () -> 1);
    }

    @BeforeEach
    void kill() throws IOException {
        Journal journal = open(left);
        for (int i = 0; i < 20; i++) {
            all.add(i + " " + "k".repeat(300));
            JournalTest.append(journal, all.get(i), Durability.OS);
        }
        journal.step();
        running = journal;
        segment = left.list().stream().filter(SegmentFile::isSegment).findAny().orElseThrow();
    }

    private void start() throws IOException {
        left = left.afterKill();
        told.words.clear();
    }

    private void refuse(String... operations) {
        List<String> refused = new ArrayList<>(List.of(operations));
        left.fail((operation, name, bytes) -> {
            if (name.contains(segment) && refused.remove(operation)) {
                throw new IOException("EIO");
            }
            return bytes;
        });
    }

    private void addConfirmed() throws IOException {
        Journal next = open(left);
        assertThat(JournalTest.rest(next.cursor())).isEqualTo(all);
        all.add("confirmed");
        JournalTest.append(next, "confirmed", Durability.DISK);
        next.syncNow();
        next.step();
        assertThat(next.durableLsn()).isEqualTo(next.lastLsn());
    }

    private void assertThatAPowerCutCostsNothing() throws IOException {
        for (int seed = 0; seed < 200; seed++) {
            MemoryDirectory after = left.afterCut(new Random(seed));
            assertThat(JournalScan.of(after, JournalSettings.LARGEST_RECORD).lost())
                    .isEmpty();
            assertThat(JournalTest.rest(open(after).cursor())).isEqualTo(all);
        }
    }

    @Nested
    class IsCopied {

        /* The kernel has told that process, has dropped what it could not write, and confirms the next sync. */
        @Test
        void becauseTheProcessThatDiedMayHaveHadASyncThatFailed() throws IOException {
            left.fail((operation, name, bytes) -> {
                if (operation.equals("force") || operation.equals("create")) {
                    throw new IOException("EIO");
                }
                return bytes;
            });
            running.syncNow();
            running.step();
            assertThat(running.isDegraded()).isTrue();
            start();
            addConfirmed();
            assertThat(told.words).isEmpty();
            assertThatAPowerCutCostsNothing();
        }

        /* At every operation of the start in turn, and again while that is recovered from. */
        @Test
        void soThatNoKillOrPowerCutInTheMidstOfItCostsAnything() throws IOException {
            start();
            List<MemoryDirectory> cuts = new ArrayList<>();
            MemoryDirectory first = left.afterKill();
            first.fail((operation, name, bytes) -> {
                cuts.add(first.afterKill());
                return bytes;
            });
            open(first);
            assertThat(cuts).hasSizeGreaterThan(5);
            for (MemoryDirectory each : cuts) {
                left = each;
                addConfirmed();
                assertThatAPowerCutCostsNothing();
                assertThat(left.list()).noneMatch(name -> name.endsWith(SegmentFile.UNFINISHED));
                all.remove("confirmed");
            }
        }
    }

    @Nested
    class IsNotCopied {

        private final List<String> created = new ArrayList<>();

        private void startAndListen() throws IOException {
            start();
            left.fail((operation, name, bytes) -> {
                if (operation.equals("create") && name.contains(segment)) {
                    created.add(name);
                }
                return bytes;
            });
            open(left);
        }

        @ParameterizedTest
        @ValueSource(booleans = {false, true})
        void ifAllOfItIsDelivered(boolean inOrder) throws IOException {
            Cursor cursor = running.cursor();
            assertThat(JournalTest.rest(cursor)).isEqualTo(all);
            running.delivered(cursor.readLsn());
            assertThat(inOrder && !running.close(1000)).isFalse();
            startAndListen();
            assertThat(created).isEmpty();
        }

        @Test
        void butIsIfThereIsMore() throws IOException {
            startAndListen();
            assertThat(created).hasSize(1);
        }
    }

    @Nested
    class CannotBeCopied {

        @Test
        void isForced() throws IOException {
            start();
            refuse("create");
            addConfirmed();
            assertThat(told.words).isEmpty();
            assertThatAPowerCutCostsNothing();
        }

        @Test
        void isReadAsItIsIfTheDeviceDoesNotConfirmItEither() throws IOException {
            start();
            refuse("force", "force");
            addConfirmed();
            assertThat(left.list()).noneMatch(name -> name.endsWith(SegmentFile.UNFINISHED));
            assertThat(told.words)
                    .containsExactly("[" + segment + "] cannot be confirmed; a power cut may still take its newest"
                            + " records: java.io.IOException");
        }
    }
}
