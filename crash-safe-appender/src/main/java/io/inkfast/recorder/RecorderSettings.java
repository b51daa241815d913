package io.inkfast.recorder;

import ch.qos.logback.classic.Level;
import io.inkfast.component.LevelSetting;
import io.inkfast.internal.Settings;
import io.inkfast.keys.EncryptionKeyset;
import io.inkfast.keys.KeysetSetting;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a recorder, read.
 *
 * @param blocks   of the ring
 * @param dumpOn   null for none
 * @param key      null for none
 * @param interval the least time from one dump to the next
 */
record RecorderSettings(
        Path directory,
        int blocks,
        @Nullable Level dumpOn,
        @Nullable String key,
        int dumpEvents,
        Duration interval,
        int keep,
        @Nullable EncryptionKeyset keyset,
        boolean allowClear) {

    private static final long DEFAULT_SIZE = 8L << 20;
    private static final long LEAST_SIZE = 256L << 10;
    private static final long LARGEST_SIZE = 255L << 20;

    /** The texts of the elements. */
    static final class Texts {
        @Nullable
        String directory;

        @Nullable
        String size;

        @Nullable
        String dumpOn;

        @Nullable
        String key;

        @Nullable
        String dumpEvents;

        @Nullable
        String dumpInterval;

        @Nullable
        String keep;

        @Nullable
        String keyset;

        @Nullable
        String allowClear;
    }

    /** Reads them; problems are added to {@code settings}. */
    static RecorderSettings read(Texts texts, Settings settings) {
        long size = settings.bytes("size", texts.size, DEFAULT_SIZE, LEAST_SIZE, LARGEST_SIZE);
        Level level = LevelSetting.read(settings, "dumpOn", texts.dumpOn, Level.OFF);
        return new RecorderSettings(
                settings.requiredPath("directory", texts.directory),
                (int) ((size - RingFormat.HEADER) / RingFormat.BLOCK),
                level == Level.OFF ? null : level,
                settings.text("key", texts.key),
                settings.count("dumpEvents", texts.dumpEvents, 1000, 1, 1_000_000),
                settings.time(
                        "dumpInterval", texts.dumpInterval, Duration.ofMinutes(1), Duration.ZERO, Duration.ofDays(1)),
                settings.count("keep", texts.keep, 5, 1, 1000),
                KeysetSetting.read(settings, texts.keyset),
                settings.flag("allowClear", texts.allowClear, false));
    }
}
