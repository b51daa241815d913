package io.inkfast.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The recorder's thread, step by step. */
@Timeout(30)
class DumpDeskTest {

    @TempDir
    Path directory;

    private final List<String> said = new ArrayList<>();
    private final List<Death> deaths = new ArrayList<>();
    private final List<RingFile> made = new ArrayList<>();
    private long now;
    private boolean failing;

    private final DumpDesk desk = new DumpDesk(
            new DumpDesk.Files() {
                @Override
                public RingFile create() throws IOException {
                    RingFile ring = RingFile.create(directory, RingFormat.MIN_BLOCKS, "{}");
                    made.add(ring);
                    if (failing) {
                        desk().ring().completeExceptionally(new TimeoutException());
                    }
                    return ring;
                }

                @Override
                public List<Death> deaths() throws IOException {
                    fail();
                    return deaths;
                }

                @Override
                public Dump dump(RingFile ring, long lastEvent, int key) throws IOException {
                    fail();
                    return new Dump("dump " + lastEvent + " " + key, 1, Instant.EPOCH);
                }

                private void fail() throws IOException {
                    if (failing) {
                        throw new IOException("disk");
                    }
                }
            },
            new DumpDesk.Report() {
                @Override
                public void died(Death death) {
                    said.add("died " + death.pid());
                }

                @Override
                public void dumped(Dump dump, long heldBack) {
                    said.add(dump.file() + " held back " + heldBack);
                }

                @Override
                public void replaced(RingFile ring) {
                    said.add("replaced");
                }

                @Override
                public void failed(String what, Throwable cause) {
                    said.add("cannot " + what + ": " + cause.getMessage());
                }
            },
            () -> now,
            Duration.ofSeconds(10));

    /* The files are made before it is. */
    private DumpDesk desk() {
        return desk;
    }

    @AfterEach
    void close() throws IOException {
        for (RingFile file : made) {
            file.close();
        }
    }

    private void steps(int count) {
        for (int i = 0; i < count; i++) {
            desk.step();
        }
    }

    /* From another thread than the one that steps, as every caller's is. */
    private void failing(long event, int key) throws InterruptedException {
        Thread caller = new Thread(() -> desk.failing(event, key));
        caller.start();
        caller.join();
    }

    @Test
    void makesTheRingLooksForTheDeadAndTellsWhenThereIsSomebodyToTell() {
        deaths.add(new Death(4711, Instant.EPOCH, 1, directory));
        steps(1);
        assertThat(desk.ring()).isCompleted();
        steps(1);
        assertThat(said).isEmpty();
        desk.configured();
        steps(1);
        assertThat(said).containsExactly("died 4711");
    }

    @Test
    void dumpsOnceInTheIntervalAndSaysHowManyGotNone() throws InterruptedException {
        steps(2);
        failing(1, 0);
        failing(2, 0);
        failing(3, 0);
        steps(1);
        now = Duration.ofSeconds(10).toNanos() - 1;
        failing(4, 0);
        now++;
        failing(5, 7);
        steps(1);
        assertThat(said).containsExactly("dump 1 0 held back 0", "dump 5 7 held back 3");
    }

    @Test
    void itsOwnEventsAskForNothing() {
        steps(2);
        desk.failing(1, 0);
        LockSupport.unpark(Thread.currentThread());
        steps(1);
        assertThat(said).isEmpty();
    }

    @Test
    void saysWhatFailsAndGoesOn() throws Exception {
        steps(1);
        failing = true;
        steps(1);
        failing(1, 0);
        steps(1);
        failing = false;
        assertThat(said)
                .containsExactly(
                        "cannot look for the rings of processes that ended: disk", "cannot write a dump: disk");
        var dump = desk.ask(9);
        steps(1);
        assertThat(dump.get().file()).isEqualTo("dump 9 0");
        assertThat(desk.await(Duration.ZERO)).isTrue();
    }

    @Test
    void deletesARingThatNobodyWaitsForAnyMore() throws IOException {
        failing = true;
        desk.step();
        assertThat(made).hasSize(1);
        assertThat(FlightDirectory.rings(directory)).isEmpty();
    }
}
