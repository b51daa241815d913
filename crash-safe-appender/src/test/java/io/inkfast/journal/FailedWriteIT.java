package io.inkfast.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkfast.internal.SystemDirectory;
import io.inkfast.internal.Ticker;
import io.inkfast.testing.ChildJvm;
import io.inkfast.testing.Torture;
import java.nio.charset.StandardCharsets;
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

/**
 * The k-th write fails, writes nothing, or says that it has written what it has not; in a long run, for every k. See {@link
 * Strace}.
 */
@Tag(Torture.TAG)
@Timeout(4 * 3600)
class FailedWriteIT {

    private static final int RECORDS = 200;
    // Among so many there are lies about what is promised still.
    private static final int MANY = 40;

    @TempDir
    Path folder;

    /** What happens to a write. */
    private enum Fault {
        FULL("error=ENOSPC"),
        BROKEN("error=EIO"),
        NOTHING("retval=0"),
        /* Then the first bytes are not there, or none. */
        SOME_ARE_A_LIE("retval=8"),
        ALL_ARE_A_LIE("");

        private final String injection;

        Fault(String injection) {
            this.injection = injection;
        }

        boolean isLie() {
            return this == SOME_ARE_A_LIE || this == ALL_ARE_A_LIE;
        }

        String at(int write, long bytes) {
            String what = this == ALL_ARE_A_LIE ? "retval=" + bytes : injection;
            return "pwrite64:" + what + ":when=" + (write + 1);
        }
    }

    private record Moment(Fault fault, int write) {}

    private ChildJvm jvm;

    private Strace.Run run(Path directory, String injection) throws Exception {
        return Strace.run(
                folder, injection, jvm.command(TracedProcess.class, directory.toString(), Integer.toString(RECORDS)));
    }

    @Test
    void whatWasPromisedIsThereAndNothingIsGarbled() throws Exception {
        Strace.need("FailedWriteIT");
        jvm = ChildJvm.archived(
                folder, TracedProcess.class, folder.resolve("warm").toString(), Integer.toString(RECORDS));
        List<Strace.Call> writes = run(folder.resolve("whole"), "").calls().stream()
                .filter(call -> call.name().equals("pwrite64"))
                .toList();
        List<Moment> moments = new ArrayList<>();
        // A lie costs nothing where all that it hits is delivered in the end: most of what was written early.
        int firstLie = Torture.times(writes.size() * 3 / 4, writes.size() * 3 / 4, 0);
        for (Fault fault : Fault.values()) {
            for (int write = fault.isLie() ? firstLie : 0; write < writes.size(); write++) {
                moments.add(new Moment(fault, write));
            }
        }
        Collections.shuffle(moments, new Random(2));
        assertThat(writes).hasSizeGreaterThan(RECORDS);
        int cost = 0;
        int most = Math.min(moments.size(), Torture.times(10, 20, Integer.MAX_VALUE));
        for (int i = 0; i < most; i++) {
            Moment moment = moments.get(i);
            Strace.Call write = writes.get(moment.write());
            Path directory = folder.resolve("run-" + i);
            String injection = moment.fault().at(moment.write(), write.count());
            Strace.Run run = run(directory, injection);
            String what = injection + " of " + write.file();
            assertThat(run.exit()).as(what).isZero();
            assertThat(run.calls()).as(what).filteredOn(Strace.Call::isInjected).hasSize(1);
            cost += check(directory, what, run, moment.fault().isLie());
        }
        assertThat(cost > 0 || most < MANY).as("lies have cost something").isTrue();
    }

    /* How many of the promised records are missing. */
    private static int check(Path directory, String what, Strace.Run run, boolean isLie) throws Exception {
        SystemDirectory files = new SystemDirectory(directory);
        JournalScan scan = JournalScan.of(files, JournalSettings.LARGEST_RECORD);
        List<Long> appended = appended(run.said());
        assertThat(appended).as(what).hasSize(RECORDS);
        Map<Long, String> there = new TreeMap<>();
        JournalReader.of(directory)
                .events(0, (lsn, payload) -> there.put(lsn, new String(payload, StandardCharsets.US_ASCII)));
        there.forEach((lsn, text) -> assertThat(text).as(what).isEqualTo(TracedProcess.text(appended.indexOf(lsn))));
        Set<Long> missing = new HashSet<>(TracedProcess.promised(run.said()));
        missing.removeAll(there.keySet());
        if (!isLie) {
            assertThat(missing).as(what).isEmpty();
            assertThat(scan.lost()).as(what).isEmpty();
            assertThat(scan.unreadable()).as(what).isEmpty();
        }
        long delivered = TracedProcess.delivering(run.said());
        for (long lsn : appended) {
            // The books balance: it is there, was delivered, is in a gap that says so, or a lie has cost it, and that
            // is told.
            assertThat(there.containsKey(lsn)
                            || lsn <= delivered
                            || scan.gaps().stream().anyMatch(gap -> gap.from() <= lsn && lsn <= gap.to())
                            || (isLie && isTold(scan, lsn)))
                    .as("%s: %d of %s, lost %s, torn %s", what, lsn, there.keySet(), scan.lost(), scan.torn())
                    .isTrue();
        }
        goesOn(files, what, there.keySet(), delivered);
        return missing.size();
    }

    private static boolean isTold(JournalScan scan, long lsn) {
        return !scan.unreadable().isEmpty()
                || scan.lost().stream().anyMatch(range -> range.first() <= lsn && lsn <= range.last())
                || scan.torn().stream().anyMatch(range -> range.first() <= lsn && lsn <= range.last());
    }

    private static void goesOn(SystemDirectory files, String what, Set<Long> there, long delivered) throws Exception {
        Journal next = Journal.open(files, TracedProcess.SETTINGS, new JournalListener() {}, Ticker.SYSTEM, () -> 1);
        Cursor cursor = next.cursor();
        Set<Long> missing = new HashSet<>(there);
        missing.removeIf(lsn -> lsn <= delivered);
        while (cursor.next()) {
            missing.remove(cursor.lsn());
        }
        assertThat(missing).as(what).isEmpty();
        long lsn = JournalTest.append(next, "goes on", Durability.DISK);
        next.syncNow();
        next.step();
        assertThat(next.durableLsn()).as(what).isEqualTo(lsn);
        assertThat(JournalTest.rest(cursor)).as(what).containsExactly("goes on");
        next.delivered(cursor.lsn());
        assertThat(next.close(1000)).as(what).isTrue();
    }

    /* The LSN of each record, in order. */
    private static List<Long> appended(String said) {
        return said.lines()
                .map(line -> line.split(" "))
                .filter(words -> words[0].equals(TracedProcess.ACKED) || words[0].equals(TracedProcess.REFUSED))
                .map(words -> Long.parseLong(words[1]))
                .toList();
    }
}
