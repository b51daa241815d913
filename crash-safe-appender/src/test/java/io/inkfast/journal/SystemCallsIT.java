package io.inkfast.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkfast.testing.ChildJvm;
import io.inkfast.testing.Torture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The order of the system calls, which no outcome shows: ext4 keeps many names and bytes that nobody has forced. See {@link
 * Strace} for what it needs.
 */
@Tag(Torture.TAG)
@Timeout(1800)
class SystemCallsIT {

    private static final int RECORDS = 200;

    @TempDir
    Path folder;

    private Path directory;
    private ChildJvm jvm;

    @BeforeEach
    void needStrace() throws Exception {
        Strace.need("SystemCallsIT");
        jvm = ChildJvm.archived(
                folder, TracedProcess.class, folder.resolve("warm").toString(), Integer.toString(RECORDS));
        directory = folder.resolve("journal");
    }

    private Strace.Run run(String injection) throws IOException, InterruptedException {
        return Strace.run(
                folder, injection, jvm.command(TracedProcess.class, directory.toString(), Integer.toString(RECORDS)));
    }

    /** What is on the device, and under which names, as far as the calls prove it. */
    private final class Device {
        private final Set<String> unforced = new HashSet<>();
        private final Set<String> failed = new HashSet<>();
        private final Set<String> unsyncedNames = new HashSet<>();
        private final Set<String> segments = new LinkedHashSet<>();
        private int acknowledged;

        void see(Strace.Call call) {
            if (call.name().equals("write")) {
                if (call.arguments().contains("\"" + TracedProcess.ACKED + " ")) {
                    acknowledge(call);
                }
            } else if (call.path().startsWith(directory.toString())) {
                switch (call.name()) {
                    case "pwrite64" -> write(call);
                    case "fdatasync", "fsync" -> force(call);
                    case "rename" -> rename(call);
                    default -> assertThat(call.result()).isNotNegative();
                }
            }
        }

        private void write(Strace.Call call) {
            if (SegmentFile.isSegment(call.file())) {
                assertThat(call.position())
                        .as("the header is there already: %s", call)
                        .isPositive();
                assertThat(unsyncedNames)
                        .as("the name is on the device: %s", call)
                        .doesNotContain(call.file());
            }
            if (call.result() > 0) {
                unforced.add(call.file());
            }
            if (call.file().equals(Checkpoints.FILE)) {
                // Opened again, and the slot is written again, as a whole: what is forced then is all new.
                failed.remove(call.file());
            }
        }

        private void force(Strace.Call call) {
            if (call.path().equals(directory.toString())) {
                if (call.result() == 0) {
                    unsyncedNames.clear();
                }
                return;
            }
            assertThat(failed).as("not once more: %s", call).doesNotContain(call.file());
            if (call.result() == 0) {
                unforced.remove(call.file());
            } else {
                failed.add(call.file());
            }
        }

        private void rename(Strace.Call call) {
            if (call.result() != 0) {
                return;
            }
            assertThat(call.to()).startsWith(directory.toString());
            boolean given = SegmentFile.isSegment(call.file());
            if (!given) {
                assertThat(unforced)
                        .as("the content is on the device: %s", call)
                        .doesNotContain(call.file());
            }
            unforced.remove(call.file());
            failed.remove(call.file());
            unsyncedNames.add(call.toFile());
            if (SegmentFile.isSegment(call.toFile())) {
                segments.add(call.toFile());
            }
        }

        /* One thread does everything, so nothing may be outstanding but what was written again elsewhere. */
        private void acknowledge(Strace.Call call) {
            acknowledged++;
            Set<String> open = new HashSet<>(unforced);
            open.removeAll(failed);
            open.removeIf(file -> !SegmentFile.isSegment(file));
            assertThat(open).as("all is on the device: %s", call).isEmpty();
        }
    }

    @Test
    void eachStepIsOnTheDeviceBeforeTheNext() throws Exception {
        Strace.Run run = run("");
        Device device = new Device();
        run.calls().forEach(device::see);
        assertThat(run.exit()).isZero();
        assertThat(device.acknowledged).isEqualTo(RECORDS);
        assertThat(device.segments).hasSizeGreaterThan(5);
    }

    /* The kernel says it once: a second call would succeed, and prove nothing. */
    @Test
    void aFileWhoseForceHasFailedIsNotForcedAgainAndNothingIsPromisedOnItsStrength() throws Exception {
        long forces = run("").calls().stream().filter(SystemCallsIT::isForce).count();
        assertThat(forces).isGreaterThan(RECORDS);
        long most = Math.min(forces, Torture.times(6, 20, Integer.MAX_VALUE));
        for (int n = 1; n <= most; n++) {
            directory = folder.resolve("failed-" + n);
            Strace.Run run = run("fdatasync:error=EIO:when=" + n);
            Device device = new Device();
            run.calls().forEach(device::see);
            assertThat(run.exit()).isZero();
            assertThat(run.calls())
                    .filteredOn(call -> isForce(call) && call.result() < 0)
                    .as("%d", n)
                    .hasSize(1);
            assertThat(device.acknowledged).as("%d", n).isEqualTo(RECORDS);
            Set<Long> there = new HashSet<>();
            JournalReader.of(directory).events(0, (lsn, payload) -> there.add(lsn));
            assertThat(there).as("%d", n).containsAll(TracedProcess.promised(run.said()));
        }
    }

    private static boolean isForce(Strace.Call call) {
        return call.name().equals("fdatasync");
    }
}
