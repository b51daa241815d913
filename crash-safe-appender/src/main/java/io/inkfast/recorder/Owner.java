package io.inkfast.recorder;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A process, so that it is told from a later one with the same id.
 *
 * @param startMillis 0 if not known
 * @param bootId      of zeros if not known
 */
record Owner(long pid, long startMillis, UUID bootId) {

    static final UUID UNKNOWN_BOOT = new UUID(0, 0);

    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

    /* The system keeps starts in ticks since a boot whose time it adjusts. */
    private static final long SAME_START_MILLIS = 1000;

    /** This process. */
    static Owner current() {
        ProcessHandle own = ProcessHandle.current();
        return new Owner(own.pid(), start(own), currentBoot());
    }

    static Owner of(RingHeader ring) {
        return new Owner(ring.pid(), ring.processStartMillis(), ring.bootId());
    }

    /**
     * Whether it may still run, as far as this machine can tell. What this very process owns is known otherwise: a ring with
     * its id that is not one of its own is an earlier process's.
     */
    boolean mayBeAlive() {
        UUID boot = currentBoot();
        if (!bootId.equals(UNKNOWN_BOOT) && !boot.equals(UNKNOWN_BOOT) && !bootId.equals(boot)) {
            return false;
        }
        if (pid == ProcessHandle.current().pid()) {
            return false;
        }
        Optional<ProcessHandle> process = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
        if (process.isEmpty()) {
            return false;
        }
        long start = start(process.get());
        return start == 0 || startMillis == 0 || Math.abs(start - startMillis) <= SAME_START_MILLIS;
    }

    private static long start(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    private static UUID currentBoot() {
        try {
            return UUID.fromString(
                    Files.readString(BOOT_ID, StandardCharsets.US_ASCII).trim());
        } catch (IOException | RuntimeException e) {
            // Not Linux, or not allowed.
            return UNKNOWN_BOOT;
        }
    }
}
