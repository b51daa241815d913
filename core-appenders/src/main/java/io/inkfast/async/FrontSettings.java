package io.inkfast.async;

import ch.qos.logback.classic.Level;
import io.inkfast.internal.Settings;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The settings of a front as texts, and what they mean. */
final class FrontSettings {

    private static final int DEFAULT_QUEUE_SIZE = 8192;
    private static final int MAX_QUEUE_SIZE = 1 << 24;
    private static final long DEFAULT_MAX_QUEUED_BYTES = 64L << 20;
    private static final int DEFAULT_MAX_BATCH = 512;

    @Nullable
    String queueSize;

    @Nullable
    String maxQueuedBytes;

    @Nullable
    String overflow;

    @Nullable
    String blockTimeout;

    @Nullable
    String reserveLevel;

    @Nullable
    String reservePercent;

    @Nullable
    String includeCallerData;

    @Nullable
    String maxBatchSize;

    @Nullable
    String linger;

    @Nullable
    String encodeAhead;

    @Nullable
    String flushPerBatch;

    @Nullable
    String maxWrite;

    @Nullable
    String stopTimeout;

    @Nullable
    String shutdownHook;

    @Nullable
    String uncaughtHandler;

    @Nullable
    String fallback;

    record Values(
            HandOff.Limits limits,
            Pump.Pace pace,
            boolean includeCallerData,
            boolean encodeAhead,
            boolean flushPerBatch,
            int maxWriteBytes,
            Duration stopTimeout,
            boolean shutdownHook,
            boolean uncaughtHandler,
            @Nullable String fallback) {}

    /** Reads all; problems end up in {@code settings}. */
    Values read(Settings settings, long heap) {
        int size = settings.count("queueSize", queueSize, DEFAULT_QUEUE_SIZE, 1, MAX_QUEUE_SIZE);
        long bytes = settings.bytes(
                "maxQueuedBytes",
                maxQueuedBytes,
                Math.min(DEFAULT_MAX_QUEUED_BYTES, heap / 4),
                1024,
                Long.MAX_VALUE >> 1);
        int percent = settings.count("reservePercent", reservePercent, 10, 0, 90);
        Wiring.checkHeap(size, bytes, maxQueuedBytes != null, heap, settings);
        HandOff.Limits limits = new HandOff.Limits(
                size,
                size - (int) ((long) size * percent / 100),
                bytes,
                settings.choice("overflow", overflow, Overflow.BLOCK),
                settings.choice("reserveLevel", reserveLevel, levels(), Level.WARN, levelNames()),
                settings.time("blockTimeout", blockTimeout, Duration.ofSeconds(1), Duration.ZERO, Duration.ofDays(1))
                        .toNanos());
        Duration lingers = settings.time("linger", linger, Duration.ZERO, Duration.ZERO, Duration.ofMinutes(1));
        return new Values(
                limits,
                new Pump.Pace(
                        settings.count("maxBatchSize", maxBatchSize, DEFAULT_MAX_BATCH, 1, 65536), lingers.toNanos()),
                settings.flag("includeCallerData", includeCallerData, false),
                settings.flag("encodeAhead", encodeAhead, true),
                settings.flag("flushPerBatch", flushPerBatch, true),
                (int) settings.bytes("maxWrite", maxWrite, 64 << 10, 512, 64 << 10),
                settings.time("stopTimeout", stopTimeout, Duration.ofSeconds(5), Duration.ZERO, Duration.ofHours(1)),
                settings.flag("shutdownHook", shutdownHook, true),
                settings.flag("uncaughtHandler", uncaughtHandler, false),
                settings.text("fallback", fallback));
    }

    private static List<String> levelNames() {
        return List.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "OFF");
    }

    private static Map<String, Level> levels() {
        Map<String, Level> levels = new LinkedHashMap<>();
        for (String name : levelNames()) {
            levels.put(name.toLowerCase(Locale.ROOT), Level.toLevel(name));
        }
        return levels;
    }
}
