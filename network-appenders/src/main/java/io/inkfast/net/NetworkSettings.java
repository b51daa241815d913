package io.inkfast.net;

import io.inkfast.component.HandOff;
import io.inkfast.component.QueueSettings;
import io.inkfast.internal.Settings;
import io.inkfast.keys.EncryptionKeyset;
import io.inkfast.keys.KeysetSetting;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The settings that all network appenders have, read.
 *
 * @param deadLetter null for none
 * @param keyset     of the dead letters; null for none
 */
record NetworkSettings(
        HandOff.Limits queue,
        int maxBatchSize,
        long maxBatchBytes,
        Duration linger,
        Duration retryDelay,
        Duration maxRetryDelay,
        Duration connectionAge,
        Duration stopTimeout,
        boolean shutdownHook,
        @Nullable Path deadLetter,
        @Nullable EncryptionKeyset keyset,
        boolean allowClear) {

    private static final int DEFAULT_QUEUE_SIZE = 1 << 16;
    private static final Duration DAY = Duration.ofDays(1);

    /** The texts of the elements. */
    static final class Texts {
        final QueueSettings queue = new QueueSettings(DEFAULT_QUEUE_SIZE);

        @Nullable
        String maxBatchSize;

        @Nullable
        String maxBatchBytes;

        @Nullable
        String linger;

        @Nullable
        String retryDelay;

        @Nullable
        String maxRetryDelay;

        @Nullable
        String connectionAge;

        @Nullable
        String stopTimeout;

        @Nullable
        String shutdownHook;

        @Nullable
        String deadLetter;

        @Nullable
        String keyset;

        @Nullable
        String allowClear;
    }

    /** Reads them; problems are added to {@code settings}. */
    static NetworkSettings read(Texts texts, NetworkDefaults defaults, Settings settings) {
        Duration first = settings.time(
                "retryDelay", texts.retryDelay, Duration.ofMillis(200), Duration.ofMillis(10), Duration.ofHours(1));
        Duration longest =
                settings.time("maxRetryDelay", texts.maxRetryDelay, Duration.ofSeconds(30), Duration.ofMillis(10), DAY);
        if (longest.compareTo(first) < 0) {
            settings.problem("<maxRetryDelay> [" + Settings.time(longest) + "] is less than <retryDelay> ["
                    + Settings.time(first) + "]");
        }
        return new NetworkSettings(
                texts.queue.read(settings, Runtime.getRuntime().maxMemory()),
                settings.count("maxBatchSize", texts.maxBatchSize, defaults.maxBatchSize(), 1, 1 << 20),
                settings.bytes("maxBatchBytes", texts.maxBatchBytes, defaults.maxBatchBytes(), 1024, 1L << 30),
                settings.time("linger", texts.linger, defaults.linger(), Duration.ZERO, Duration.ofMinutes(1)),
                first,
                longest,
                settings.time("connectionAge", texts.connectionAge, Duration.ZERO, Duration.ZERO, DAY),
                settings.time("stopTimeout", texts.stopTimeout, Duration.ofSeconds(5), Duration.ZERO, DAY),
                settings.flag("shutdownHook", texts.shutdownHook, true),
                settings.path("deadLetter", texts.deadLetter),
                KeysetSetting.read(settings, texts.keyset),
                settings.flag("allowClear", texts.allowClear, false));
    }
}
