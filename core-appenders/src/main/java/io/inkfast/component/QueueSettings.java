package io.inkfast.component;

import ch.qos.logback.classic.Level;
import io.inkfast.internal.Settings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a queue of events as texts, and what they mean. The setters only store; one thread.
 *
 * @since 0.1.0
 */
public final class QueueSettings {

    private static final int MAX_QUEUE_SIZE = 1 << 24;
    private static final long DEFAULT_MAX_QUEUED_BYTES = 64L << 20;

    /* An event with its message, snapshot and place in the queue; for a rough check against the heap. */
    private static final long EVENT_BYTES = 1024;

    private final int defaultQueueSize;
    private @Nullable String queueSize;
    private @Nullable String maxQueuedBytes;
    private @Nullable String overflow;
    private @Nullable String blockTimeout;
    private @Nullable String reserveLevel;
    private @Nullable String reservePercent;

    /** @param defaultQueueSize how many events wait where nothing is said */
    public QueueSettings(int defaultQueueSize) {
        this.defaultQueueSize = defaultQueueSize;
    }

    public void setQueueSize(String text) {
        queueSize = text;
    }

    public void setMaxQueuedBytes(String text) {
        maxQueuedBytes = text;
    }

    public void setOverflow(String text) {
        overflow = text;
    }

    public void setBlockTimeout(String text) {
        blockTimeout = text;
    }

    public void setReserveLevel(String text) {
        reserveLevel = text;
    }

    public void setReservePercent(String text) {
        reservePercent = text;
    }

    /** Reads all; problems end up in {@code settings}. */
    public HandOff.Limits read(Settings settings, long heap) {
        int size = settings.count("queueSize", queueSize, defaultQueueSize, 1, MAX_QUEUE_SIZE);
        long bytes = settings.bytes(
                "maxQueuedBytes",
                maxQueuedBytes,
                Math.min(DEFAULT_MAX_QUEUED_BYTES, heap / 4),
                1024,
                Long.MAX_VALUE >> 1);
        int percent = settings.count("reservePercent", reservePercent, 10, 0, 90);
        checkHeap(size, bytes, heap, settings);
        return new HandOff.Limits(
                size,
                size - (int) ((long) size * percent / 100),
                bytes,
                settings.choice("overflow", overflow, Overflow.BLOCK),
                LevelSetting.read(settings, "reserveLevel", reserveLevel, Level.WARN),
                settings.time("blockTimeout", blockTimeout, Duration.ofSeconds(1), Duration.ZERO, Duration.ofDays(1))
                        .toNanos());
    }

    private void checkHeap(int size, long bytes, long heap, Settings settings) {
        if (queueSize != null && size * EVENT_BYTES > heap / 2) {
            settings.problem("<queueSize> [" + size + "] events of about 1 KB do not fit into half of the heap ("
                    + Settings.size(heap / 2 / 1024 * 1024) + "); allowed is up to " + heap / 2 / EVENT_BYTES
                    + ", or give the JVM more with -Xmx");
        }
        if (maxQueuedBytes != null && bytes > heap / 2) {
            settings.problem("<maxQueuedBytes> [" + Settings.size(bytes) + "] is more than half of the heap;"
                    + " allowed is up to " + Settings.size(heap / 2 / 1024 * 1024)
                    + ", or give the JVM more with -Xmx");
        }
    }
}
