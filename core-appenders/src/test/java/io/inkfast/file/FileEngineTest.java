package io.inkfast.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FileEngineTest {

    private static final String LOG = "logs/app.log";

    private final FakeStorage storage = new FakeStorage();
    private final FakeRoller roller = new FakeRoller();
    private final Told told = new Told();
    private long now;
    private byte[] header;
    private byte[] footer;
    private FileEngine<String> engine = engine(false);

    private FileEngine<String> engine(boolean truncate) {
        Edges edges = new Edges(() -> header, () -> footer, null);
        return new FileEngine<>(storage, roller, edges, told, () -> now, truncate);
    }

    private static Chunk<String> chunk(String... lines) {
        Chunk<String> chunk = new Chunk<>(16, 2);
        for (String line : lines) {
            byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
            chunk.buffer.write(bytes, 0, bytes.length);
            chunk.add(line, 0, 0);
        }
        return chunk;
    }

    /* As the appender does: what is not written is tried again later. */
    private void write(Chunk<String> chunk) {
        now += TimeUnit.MILLISECONDS.toNanos(1);
        boolean done = engine.write(chunk);
        for (int tries = 0; !done && tries < 20; tries++) {
            now += TimeUnit.SECONDS.toNanos(2);
            done = engine.retry();
        }
        assertThat(done).isTrue();
    }

    @Test
    void writesAChunkAtOnce() {
        write(chunk("one\n", "two\n", "three\n"));
        assertThat(storage.content(LOG)).isEqualTo("one\ntwo\nthree\n");
        assertThat(storage.writes).isEqualTo(1);
        assertThat(told.written).isEqualTo(3);
        assertThat(engine.length()).isEqualTo(14);
    }

    @Test
    void appendsToWhatIsThere() {
        storage.put(LOG, "old\n");
        write(chunk("new\n"));
        assertThat(storage.content(LOG)).isEqualTo("old\nnew\n");
        assertThat(roller.length).isEqualTo(8);
    }

    @Test
    void truncatesAtStartIfTold() {
        storage.put(LOG, "old\n");
        engine = engine(true);
        write(chunk("new\n"));
        storage.delete(LOG);
        write(chunk("newer\n"));
        assertThat(storage.content(LOG)).isEqualTo("newer\n");
    }

    @Test
    void startsOnANewLineAfterALineThatWasTornByACrash() {
        storage.put(LOG, "whole\nto");
        write(chunk("new\n"));
        assertThat(storage.content(LOG)).isEqualTo("whole\nto\nnew\n");
    }

    @Test
    void leavesBytesThatAreNoLinesAsTheyAre() {
        storage.put(LOG, "abc");
        write(chunk("def"));
        write(chunk("ghi"));
        assertThat(storage.content(LOG)).isEqualTo("abcdefghi");
    }

    @Test
    void putsHeaderAndFooterAroundEachFile() {
        header = "H\n".getBytes(StandardCharsets.UTF_8);
        footer = "F\n".getBytes(StandardCharsets.UTF_8);
        storage.put(LOG, "torn");
        roller.rollBefore = "b\n";
        write(chunk("a\n", "b\n"));
        engine.close();
        assertThat(storage.content("logs/app.1")).isEqualTo("torn\nH\na\nF\n");
        assertThat(storage.content(LOG)).isEqualTo("H\nb\nF\n");
        assertThat(storage.open).isZero();
    }

    @Test
    void rollsExactlyBeforeTheEventThatIsDue() {
        roller.maxLength = 8;
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            lines.add("abc" + i + "\n");
        }
        write(chunk(lines.toArray(new String[0])));
        assertThat(storage.content("logs/app.1")).isEqualTo("abc0\nabc1\n");
        assertThat(storage.content("logs/app.4")).isEqualTo("abc6\nabc7\n");
        assertThat(storage.content(LOG)).isEqualTo("abc8\nabc9\n");
        assertThat(roller.asked).isEqualTo(10);
    }

    @Test
    void admitsTheEventThatMadeItRollWithoutAskingAgain() {
        roller.maxLength = 0;
        write(chunk("a\n", "b\n"));
        assertThat(storage.content("logs/app.2")).isEqualTo("a\n");
        assertThat(storage.content(LOG)).isEqualTo("b\n");
    }

    @Test
    void goesOnWhereTheFileCannotBeMovedAway() {
        roller.maxLength = 4;
        roller.stuck = true;
        write(chunk("abc\n", "def\n", "ghi\n"));
        assertThat(storage.content(LOG)).isEqualTo("abc\ndef\nghi\n");
        assertThat(roller.rolls).isEqualTo(2);
    }

    @Test
    void rollsOnTheClockWithoutAnEvent() {
        write(chunk("abc\n"));
        roller.dueOnTick = true;
        engine.tick();
        assertThat(storage.content("logs/app.1")).isEqualTo("abc\n");
        assertThat(storage.content(LOG)).isEmpty();
    }

    @Test
    void doesNotArchiveAnEmptyFileOnTheClock() {
        engine.retry();
        roller.dueOnTick = true;
        engine.tick();
        assertThat(roller.rolls).isZero();
    }

    @Test
    void neverCutsALineBetweenTwoWritesUnlessItIsHuge() {
        List<String> seen = new ArrayList<>();
        String line = "x".repeat(1000) + "\n";
        String[] lines = new String[300];
        java.util.Arrays.fill(lines, line);
        storage.beforeCall = () -> {
            String content = storage.content(LOG);
            if (content != null && !content.isEmpty()) {
                seen.add(content);
            }
        };
        write(chunk(lines));
        assertThat(seen).isNotEmpty().allMatch(content -> content.endsWith("\n"));
        assertThat(storage.writes).isEqualTo(3);
        String huge = "y".repeat(3_000_000) + "\n";
        write(chunk(huge));
        assertThat(storage.content(LOG)).endsWith(huge).hasSize(300 * 1001 + 3_000_001);
    }

    @Test
    void looksForItsFileOnceInAMillisecond() {
        write(chunk("a\n"));
        int calls = storage.calls;
        now += TimeUnit.MICROSECONDS.toNanos(999);
        assertThat(engine.write(chunk("b\n"))).isTrue();
        assertThat(storage.calls).isEqualTo(calls + 1);
        write(chunk("c\n"));
        assertThat(storage.calls).isEqualTo(calls + 3);
        assertThat(storage.content(LOG)).isEqualTo("a\nb\nc\n");
    }

    @Test
    void waitsForItsTimeBetweenTwoTries() {
        storage.failAt = 3;
        assertThat(engine.write(chunk("a\n"))).isFalse();
        int calls = storage.calls;
        assertThat(engine.retry()).isFalse();
        assertThat(storage.calls).isEqualTo(calls);
        assertThat(engine.untilRetry()).isBetween(1L, TimeUnit.MILLISECONDS.toNanos(20));
        now += TimeUnit.MILLISECONDS.toNanos(20);
        assertThat(engine.retry()).isTrue();
        assertThat(told.failed).isEqualTo(1);
        assertThat(told.recovered).isEqualTo(1);
    }

    @Nested
    class WhenACallFails {

        /* Whatever call fails, and however much of a write was done by then: every line is there once, none is torn. */
        @ParameterizedTest
        @ValueSource(ints = {0, 1, 4, 5, 7, 1000})
        void losesNothingAndTearsNothing(int bytesBeforeFailure) {
            for (boolean interrupt : new boolean[] {false, true}) {
                for (int failAt = 1; failAt < 60; failAt++) {
                    script(failAt, bytesBeforeFailure, interrupt);
                }
            }
        }

        private void script(int failAt, int bytes, boolean interrupt) {
            FileEngineTest test = new FileEngineTest();
            test.header = "H\n".getBytes(StandardCharsets.UTF_8);
            test.footer = "F\n".getBytes(StandardCharsets.UTF_8);
            test.storage.failAt = failAt;
            test.storage.bytesBeforeFailure = bytes;
            test.storage.failure = interrupt ? ClosedByInterruptException::new : () -> new IOException("EIO");
            test.roller.maxLength = 14;
            test.write(chunk("one1\n", "two2\n"));
            test.write(chunk("three\n", "four\n", "five\n"));
            test.write(chunk("six\n"));
            test.engine.close();
            assertThat(test.storage.content("logs/app.1"))
                    .as("failing call %s", failAt)
                    .isEqualTo("H\none1\ntwo2\nthree\nF\n");
            if (failAt < test.storage.calls - 2) {
                assertThat(test.storage.content(LOG))
                        .as("failing call %s", failAt)
                        .isEqualTo("H\nfour\nfive\nsix\nF\n");
            } else {
                // The last try, at the end, may cost the footer, which is no event.
                assertThat(test.storage.content(LOG)).startsWith("H\nfour\nfive\nsix\n");
            }
            assertThat(test.told.written).isEqualTo(6);
            assertThat(test.storage.open).isZero();
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11})
        void continuesPartialWritesAtTheRightByte(int bytesPerWrite) {
            storage.bytesPerWrite = bytesPerWrite;
            header = "HEAD\n".getBytes(StandardCharsets.UTF_8);
            write(chunk("one\n", "two\n"));
            write(chunk("three\n"));
            assertThat(storage.content(LOG)).isEqualTo("HEAD\none\ntwo\nthree\n");
        }

        @Test
        void countsWhatIsWholeAndKeepsTheRest() {
            storage.bytesPerWrite = 6;
            write(chunk());
            storage.failAt = storage.calls + 2;
            assertThat(engine.write(chunk("one\n", "two\n", "three\n"))).isFalse();
            assertThat(told.written).isEqualTo(1);
            assertThat(engine.pending().written).isEqualTo(1);
            assertThat(storage.content(LOG)).isEqualTo("one\ntw");
        }
    }

    @Nested
    class WhenOthersInterfere {

        /* At every call: the file is renamed, deleted or emptied; then no line is torn or missing in what remains. */
        @Test
        void writesTheLineThatWasCutWholeIntoTheNewFile() {
            for (int bytes = 1; bytes < 9; bytes++) {
                for (int at = 1; at < 30; at++) {
                    FileEngineTest test = new FileEngineTest();
                    int when = at;
                    test.storage.bytesPerWrite = bytes;
                    test.storage.failAt = at + 1;
                    test.storage.beforeCall = () -> {
                        if (test.storage.calls == when) {
                            test.storage.rename(LOG, "moved");
                        }
                    };
                    test.write(chunk("one\n", "two\n"));
                    test.write(chunk("three\n", "four\n"));
                    String moved = test.storage.content("moved") == null ? "" : test.storage.content("moved");
                    String all = moved.substring(0, moved.lastIndexOf('\n') + 1) + test.storage.content(LOG);
                    assertThat(all).as("at call %s", at).isEqualTo("one\ntwo\nthree\nfour\n");
                }
            }
        }

        @Test
        void makesADeletedFileAnew() {
            header = "H\n".getBytes(StandardCharsets.UTF_8);
            write(chunk("one\n"));
            storage.delete(LOG);
            write(chunk("two\n"));
            assertThat(storage.content(LOG)).isEqualTo("H\ntwo\n");
            assertThat(told.replaced).isEqualTo(1);
            assertThat(roller.length).isEqualTo(6);
            assertThat(storage.open).isEqualTo(1);
        }

        @Test
        void goesOnInAFileThatWasCopiedAndEmptied() {
            write(chunk("one\n"));
            storage.cut(LOG);
            write(chunk("two\n"));
            assertThat(storage.content(LOG)).isEqualTo("two\n");
            assertThat(roller.length).isEqualTo(4);
        }

        @Test
        void writesTheLineAgainIfTheFileWasEmptiedInItsMiddle() {
            storage.bytesPerWrite = 6;
            write(chunk());
            storage.failAt = storage.calls + 2;
            engine.write(chunk("one\n", "two\n"));
            assertThat(storage.content(LOG)).isEqualTo("one\ntw");
            storage.cut(LOG);
            now += TimeUnit.SECONDS.toNanos(1);
            assertThat(engine.retry()).isTrue();
            assertThat(storage.content(LOG)).isEqualTo("two\n");
        }

        @Test
        void startsANewLineIfAnotherWriterCameInTheMiddleOfOurs() throws IOException {
            storage.bytesPerWrite = 6;
            write(chunk());
            storage.failAt = storage.calls + 2;
            engine.write(chunk("one\n", "two\n"));
            storage.failAt = -1;
            storage.bytesPerWrite = 100;
            storage.open(Path.of(LOG), false).write(ByteBuffer.wrap("other".getBytes(StandardCharsets.UTF_8)));
            now += TimeUnit.SECONDS.toNanos(1);
            assertThat(engine.retry()).isTrue();
            assertThat(storage.content(LOG)).isEqualTo("one\ntwother\ntwo\n");
        }
    }

    @Nested
    class WhenForced {

        @Test
        void forcesWhatIsWritten() {
            write(chunk("one\n"));
            assertThat(storage.unforced(LOG)).isEqualTo(4);
            assertThat(engine.force()).isTrue();
            assertThat(storage.unforced(LOG)).isZero();
        }

        @Test
        void forcesAFileBeforeItRolls() {
            engine.force();
            roller.maxLength = 4;
            write(chunk("one\n", "two\n"));
            assertThat(storage.unforced("logs/app.1")).isZero();
        }

        @Test
        void saysSoIfTheDeviceRefuses() {
            write(chunk("one\n"));
            storage.failAt = storage.calls + 1;
            assertThat(engine.force()).isFalse();
            assertThat(told.failed).isEqualTo(1);
        }

        @Test
        void confirmsNothingAfterARefusalUntilItIsWrittenAgain() {
            write(chunk("one\n"));
            storage.failAt = storage.calls + 1;
            engine.force();
            engine.retryNow();
            assertThat(engine.force()).isFalse();
            engine.writtenAgain();
            write(chunk("one\n"));
            assertThat(engine.force()).isTrue();
        }

        @Test
        void confirmsNothingIfTheDeviceRefusedWhenTheFileRolled() {
            engine.force();
            write(chunk("one\n"));
            roller.maxLength = 4;
            storage.refusing = true;
            write(chunk("two\n"));
            storage.refusing = false;
            assertThat(storage.content("logs/app.1")).isEqualTo("one\n");
            assertThat(engine.force()).isFalse();
            engine.writtenAgain();
            assertThat(engine.force()).isTrue();
        }
    }

    private final class FakeRoller implements Roller<String> {
        long maxLength = Long.MAX_VALUE;
        String rollBefore = "";
        boolean dueOnTick;
        boolean stuck;
        int asked;
        int rolls;
        long length;

        @Override
        public Path file() {
            return Path.of(LOG);
        }

        @Override
        public boolean due(String event) {
            asked++;
            boolean due = rollBefore.equals(event) || length >= maxLength;
            if (due) {
                length = 0;
            }
            return due;
        }

        @Override
        public boolean forced() {
            return true;
        }

        @Override
        public boolean dueByClock() {
            return dueOnTick;
        }

        @Override
        public boolean wantsEvent() {
            return true;
        }

        @Override
        public void added(long bytes) {
            length += bytes;
        }

        @Override
        public void length(long bytes) {
            length = bytes;
        }

        @Override
        public void roll() {
            rolls++;
            if (!stuck) {
                storage.rename(LOG, "logs/app." + rolls);
            }
        }
    }

    private static final class Told implements FileReport {
        int written;
        int failed;
        int recovered;
        int replaced;

        @Override
        public void written(int events) {
            written += events;
        }

        @Override
        public void failed(Path file, Throwable cause) {
            failed++;
        }

        @Override
        public void recovered(Path file) {
            recovered++;
        }

        @Override
        public void replaced(Path file) {
            replaced++;
        }
    }
}
