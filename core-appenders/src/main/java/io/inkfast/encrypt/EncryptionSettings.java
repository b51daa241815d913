package io.inkfast.encrypt;

import ch.qos.logback.classic.Level;
import io.inkfast.component.LevelSetting;
import io.inkfast.internal.Settings;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The texts of an encrypted file appender's settings, and what they mean. */
final class EncryptionSettings {

    private static final Duration LEAST_HEARTBEAT = Duration.ofSeconds(1);

    @Nullable
    String keyset;

    @Nullable
    String suite;

    @Nullable
    String compress;

    @Nullable
    String hideMetadata;

    @Nullable
    String flushLevel;

    @Nullable
    String flushInterval;

    @Nullable
    String heartbeat;

    @Nullable
    String anchorLogger;

    @Nullable
    String anchorInterval;

    /** What {@link EncryptedFileAppender}'s setters say of each. */
    record Values(
            String keyset,
            Suite suite,
            boolean compress,
            boolean hideMetadata,
            Level flushLevel,
            Duration flushInterval,
            Duration heartbeat,
            @Nullable String anchorLogger,
            Duration anchorInterval) {}

    Values read(Settings settings) {
        return new Values(
                settings.required("keyset", keyset),
                suite(settings),
                settings.flag("compress", compress, false),
                settings.flag("hideMetadata", hideMetadata, false),
                LevelSetting.read(settings, "flushLevel", flushLevel, Level.ERROR),
                settings.time(
                        "flushInterval",
                        flushInterval,
                        Duration.ofMillis(200),
                        Duration.ofMillis(1),
                        Duration.ofMinutes(1)),
                heartbeat(settings),
                settings.text("anchorLogger", anchorLogger),
                settings.time(
                        "anchorInterval",
                        anchorInterval,
                        Duration.ofMinutes(1),
                        Duration.ofSeconds(1),
                        Duration.ofDays(1)));
    }

    private Suite suite(Settings settings) {
        String text = settings.text("suite", suite);
        String wanted = text == null ? "" : text.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "");
        if (wanted.matches("AES(256|128|192)?CBC.*") && !wanted.contains("HS512")) {
            settings.problem("<suite> [" + text + "] has no protection against changes, and is not offered; use"
                    + " AES256_CBC_HS512, which is AES-256-CBC with HMAC-SHA-512, or AES256_GCM");
            return Suite.AES256_GCM;
        }
        return settings.choice("suite", suite, Suite.AES256_GCM);
    }

    private Duration heartbeat(Settings settings) {
        Duration time =
                settings.time("heartbeat", heartbeat, Duration.ofSeconds(10), Duration.ZERO, Duration.ofDays(1));
        if (!time.isZero() && time.compareTo(LEAST_HEARTBEAT) < 0) {
            settings.problem("<heartbeat> [" + heartbeat + "] is shorter than 1 second; allowed is 0 seconds for never,"
                    + " or from 1 second to 1 day");
        }
        return time;
    }
}
