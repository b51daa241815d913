package io.inkfast.async;

import io.inkfast.component.HandOff;
import io.inkfast.component.QueueSettings;
import io.inkfast.internal.Settings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The settings of a front as texts, and what they mean. */
final class FrontSettings {

    private static final int DEFAULT_QUEUE_SIZE = 8192;
    private static final int DEFAULT_MAX_BATCH = 512;

    final QueueSettings queue = new QueueSettings(DEFAULT_QUEUE_SIZE);

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
        HandOff.Limits limits = queue.read(settings, heap);
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
}
