package io.inkfast.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A process that owns a file, so that it is told from a later one with the same id.
 *
 * @param startMillis 0 if not known
 * @param bootId      of zeros if not known
 * @since 0.1.0
 */
public record Owner(long pid, long startMillis, UUID bootId) {

    /** Where the machine does not number its starts. */
    public static final UUID UNKNOWN_BOOT = new UUID(0, 0);

    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

    /* The system keeps starts in ticks since a boot whose time it adjusts. */
    private static final long SAME_START_MILLIS = 1000;

    /** This process. */
    public static Owner current() {
        ProcessHandle own = ProcessHandle.current();
        return new Owner(own.pid(), start(own), currentBoot());
    }

    /** As {@link #toText} has written it; null if that is not what the text is. */
    public static @Nullable Owner parse(String text) {
        String[] parts = text.trim().split(" ", 4);
        try {
            return parts.length == 3
                    ? new Owner(Long.parseLong(parts[0]), Long.parseLong(parts[1]), UUID.fromString(parts[2]))
                    : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** One line. */
    public String toText() {
        return pid + " " + startMillis + " " + bootId;
    }

    /**
     * Whether it may still run, as far as this machine can tell. What this very process owns is known otherwise: a file
     * with its id that is not one of its own is an earlier process's.
     */
    public boolean mayBeAlive() {
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
