package io.inkfast.component;

import ch.qos.logback.classic.Level;
import io.inkfast.internal.Settings;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads settings that are levels. Stateless.
 *
 * @since 0.1.0
 */
public final class LevelSetting {

    private static final List<String> NAMES = List.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "OFF");
    private static final Map<String, Level> LEVELS = Map.of(
            "trace", Level.TRACE,
            "debug", Level.DEBUG,
            "info", Level.INFO,
            "warn", Level.WARN,
            "error", Level.ERROR,
            "off", Level.OFF);

    private LevelSetting() {}

    /** The level that the element says. */
    public static Level read(Settings settings, String element, @Nullable String text, Level otherwise) {
        return settings.choice(element, text, LEVELS, otherwise, NAMES);
    }
}
