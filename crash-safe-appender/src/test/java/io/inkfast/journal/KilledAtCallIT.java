package io.inkfast.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkfast.internal.SystemDirectory;
import io.inkfast.internal.Ticker;
import io.inkfast.testing.ChildJvm;
import io.inkfast.testing.Torture;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed on its way into the n-th system call; in a long run, for every n. See {@link Strace}. */
@Tag(Torture.TAG)
@Timeout(7200)
class KilledAtCallIT {

    private static final int RECORDS = 200;

    @TempDir
    Path folder;

    private ChildJvm jvm;

    private Strace.Run run(Path directory, String injection) throws Exception {
        return Strace.run(
                folder, injection, jvm.command(TracedProcess.class, directory.toString(), Integer.toString(RECORDS)));
    }

    /* For strace: a call, and which one of its kind. */
    private List<String> moments() throws Exception {
        Map<String, Integer> counts = new TreeMap<>();
        Path directory = folder.resolve("whole");
        for (Strace.Call call : run(directory, "").calls()) {
            if (call.path().startsWith(directory.toString())) {
                counts.merge(call.name(), 1, Integer::sum);
            }
        }
        assertThat(counts.keySet()).contains("pwrite64", "fdatasync", "fsync", "rename");
        List<String> moments = new ArrayList<>();
        counts.forEach((name, count) -> {
            for (int n = 1; n <= count; n++) {
                moments.add(name + ":signal=KILL:when=" + n);
            }
        });
        Collections.shuffle(moments, new Random(1));
        return moments;
    }

    @Test
    void whatWasPromisedIsThereAndTheNextProcessGoesOn() throws Exception {
        Strace.need("KilledAtCallIT");
        jvm = ChildJvm.archived(
                folder, TracedProcess.class, folder.resolve("warm").toString(), Integer.toString(RECORDS));
        List<String> moments = moments();
        int most = Math.min(moments.size(), Torture.times(10, 100, Integer.MAX_VALUE));
        for (int i = 0; i < most; i++) {
            String moment = moments.get(i);
            Path directory = folder.resolve("killed-" + i);
            Strace.Run killed = run(directory, moment);
            assertThat(killed.exit()).as(moment).isEqualTo(128 + 9);
            check(directory, moment, killed);
        }
    }

    private static void check(Path directory, String moment, Strace.Run killed) throws Exception {
        Set<Long> promised = TracedProcess.promised(killed.said());
        SystemDirectory files = new SystemDirectory(directory);
        assertThat(JournalScan.of(files, JournalSettings.LARGEST_RECORD).lost())
                .as(moment)
                .isEmpty();
        Journal next = Journal.open(files, TracedProcess.SETTINGS, new JournalListener() {}, Ticker.SYSTEM, () -> 1);
        Cursor cursor = next.cursor();
        Set<Long> found = new HashSet<>();
        while (cursor.next()) {
            found.add(cursor.lsn());
        }
        assertThat(found).as(moment).containsAll(promised);
        long lsn = JournalTest.append(next, "goes on", Durability.DISK);
        next.syncNow();
        next.step();
        assertThat(next.durableLsn()).as(moment).isEqualTo(lsn);
        assertThat(JournalTest.rest(cursor)).as(moment).containsExactly("goes on");
        next.delivered(cursor.lsn());
        assertThat(next.close(1000)).isTrue();
        assertThat(JournalScan.of(files, JournalSettings.LARGEST_RECORD).closedCleanly())
                .as(moment)
                .isTrue();
    }
}
