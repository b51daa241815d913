package io.inkfast.wal;

import ch.qos.logback.classic.Level;
import io.inkfast.component.LevelSetting;
import io.inkfast.component.Overflow;
import io.inkfast.internal.Settings;
import io.inkfast.keys.EncryptionKeyset;
import io.inkfast.keys.KeysetSetting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The texts of a write-ahead appender's settings, and what they mean. */
final class WalSettings {

    private static final Duration LONGEST = Duration.ofHours(1);

    /* What waits is safe already, and is not made room of; and no call waits for ever. */
    private static final Map<String, Overflow> OVERFLOWS =
            Map.of("drop_newest", Overflow.DROP_NEWEST, "block_timeout", Overflow.BLOCK_TIMEOUT);

    private static final List<String> OVERFLOW_NAMES = List.of("DROP_NEWEST", "BLOCK_TIMEOUT");

    @Nullable
    String directory;

    @Nullable
    String diskLevel;

    @Nullable
    String osLevel;

    @Nullable
    String syncTimeout;

    @Nullable
    String reserve;

    @Nullable
    String maxSize;

    @Nullable
    String overflow;

    @Nullable
    String stopTimeout;

    @Nullable
    String onFailure;

    @Nullable
    String onLocked;

    @Nullable
    String onUnavailable;

    @Nullable
    String includeCallerData;

    @Nullable
    String shutdownHook;

    @Nullable
    String uncaughtHandler;

    @Nullable
    String keyset;

    @Nullable
    String allowClear;

    /** What {@link WriteAheadAppender}'s setters say of each. */
    record Values(
            Path directory,
            Level diskLevel,
            Level osLevel,
            long syncNanos,
            long reserveBytes,
            long maxBytes,
            Overflow overflow,
            Duration stopTimeout,
            OnFailure onFailure,
            OnLocked onLocked,
            OnUnavailable onUnavailable,
            boolean includeCallerData,
            boolean shutdownHook,
            boolean uncaughtHandler,
            @Nullable EncryptionKeyset keyset,
            boolean allowClear) {}

    Values read(Settings settings) {
        Level disk = LevelSetting.read(settings, "diskLevel", diskLevel, Level.ERROR);
        Level os = LevelSetting.read(settings, "osLevel", osLevel, Level.WARN);
        long reserveBytes = settings.bytes("reserve", reserve, 32L << 20, 0, 16L << 30);
        long maxBytes = settings.bytes("maxSize", maxSize, 1L << 30, 64L << 20, 1L << 40);
        if (reserveBytes > maxBytes) {
            settings.problem("<reserve> [" + Settings.size(reserveBytes) + "] is more than <maxSize> ["
                    + Settings.size(maxBytes) + "]; allowed is at most that");
        }
        return new Values(
                settings.requiredPath("directory", directory).toAbsolutePath().normalize(),
                disk,
                os,
                settings.time("syncTimeout", syncTimeout, Duration.ofSeconds(5), Duration.ofMillis(1), LONGEST)
                        .toNanos(),
                reserveBytes,
                maxBytes,
                settings.choice("overflow", overflow, OVERFLOWS, Overflow.DROP_NEWEST, OVERFLOW_NAMES),
                settings.time("stopTimeout", stopTimeout, Duration.ofSeconds(5), Duration.ZERO, LONGEST),
                settings.choice("onFailure", onFailure, OnFailure.DEGRADE),
                settings.choice("onLocked", onLocked, OnLocked.SUBDIR),
                settings.choice("onUnavailable", onUnavailable, OnUnavailable.DEGRADE),
                settings.flag("includeCallerData", includeCallerData, false),
                settings.flag("shutdownHook", shutdownHook, true),
                settings.flag("uncaughtHandler", uncaughtHandler, false),
                keys(settings),
                settings.flag("allowClear", allowClear, false));
    }

    private @Nullable EncryptionKeyset keys(Settings settings) {
        EncryptionKeyset keys = KeysetSetting.read(settings, keyset);
        if (keys != null && !keys.canUnwrap()) {
            settings.problem("<keyset> [" + settings.text("keyset", keyset)
                    + "] has public keys only; a journal must be read again after a crash: use a keyset that also opens,"
                    + " on a host that may read its events");
        }
        return keys;
    }
}
