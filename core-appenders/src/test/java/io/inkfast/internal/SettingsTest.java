package io.inkfast.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SettingsTest {

    private final Settings settings = new Settings();

    @Test
    void absentAndEmptyTextsGiveTheDefault() {
        assertThat(settings.count("n", null, 7, 1, 9)).isEqualTo(7);
        assertThat(settings.flag("f", "  ", true)).isTrue();
        assertThat(settings.bytes("b", "", 5, 0, 9)).isEqualTo(5);
        assertThat(settings.problems()).isEmpty();
    }

    @Test
    void readsSizesAndTimesInLogbacksNotation() {
        assertThat(settings.bytes("b", "64KB", 0, 0, 1 << 30)).isEqualTo(65536);
        assertThat(settings.bytes("b", "2 mb", 0, 0, 1 << 30)).isEqualTo(2 << 20);
        assertThat(settings.bytes("b", "17", 0, 0, 1 << 30)).isEqualTo(17);
        assertThat(settings.time("t", "5 seconds", Duration.ZERO, Duration.ZERO, Duration.ofDays(1)))
                .isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.time("t", "1.5 minutes", Duration.ZERO, Duration.ZERO, Duration.ofDays(1)))
                .isEqualTo(Duration.ofSeconds(90));
        assertThat(settings.time("t", "250", Duration.ZERO, Duration.ZERO, Duration.ofDays(1)))
                .isEqualTo(Duration.ofMillis(250));
        assertThat(settings.problems()).isEmpty();
    }

    @Test
    void reportsEveryProblemWithWhatIsAllowed() {
        settings.count("queueSize", "many", 1, 1, 100);
        settings.count("queueSize", "101", 1, 1, 100);
        settings.bytes("maxWrite", "5 mib", 1, 512, 65536);
        settings.time("stopTimeout", "5 secnds", Duration.ZERO, Duration.ZERO, Duration.ofHours(1));
        settings.choice("unit", "secnds", TimeUnit.SECONDS);
        settings.flag("flag", "yes", false);
        settings.required("file", null);
        settings.text("file", "logs/LOG_FILE_IS_UNDEFINED");
        assertThat(settings.problems())
                .containsExactly(
                        "<queueSize> [many] is not a whole number from 1 to 100",
                        "<queueSize> [101] is not a whole number from 1 to 100",
                        "<maxWrite> [5 mib] is not a size such as 64KB or 10MB, from 512 bytes to 64KB",
                        "<stopTimeout> [5 secnds] is not a time such as 500 milliseconds or 5 seconds,"
                                + " from 0 seconds to 3600 seconds",
                        "<unit> [secnds] is not one of NANOSECONDS, MICROSECONDS, MILLISECONDS, SECONDS, MINUTES,"
                                + " HOURS, DAYS; did you mean SECONDS?",
                        "<flag> [yes] is not one of true, false",
                        "<file> is required",
                        "<file> uses the variable [LOG_FILE], which is not set; set it, or give a default:"
                                + " ${LOG_FILE:-value}");
    }

    @Test
    void acceptsConstantsInAnyCase() {
        assertThat(settings.choice("unit", "seconds", TimeUnit.DAYS)).isEqualTo(TimeUnit.SECONDS);
        assertThat(settings.problems()).isEmpty();
    }
}
