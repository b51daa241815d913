package io.inkfast.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
                                + " from 0 seconds to 1 hour",
                        "<unit> [secnds] is not one of NANOSECONDS, MICROSECONDS, MILLISECONDS, SECONDS, MINUTES,"
                                + " HOURS, DAYS; did you mean SECONDS?",
                        "<flag> [yes] is not one of true, false",
                        "<file> is required",
                        "<file> uses the variable [LOG_FILE], which is not set; set it, or give a default:"
                                + " ${LOG_FILE:-value}");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 seconds",
        "1, 1 millisecond",
        "1500, 1500 milliseconds",
        "1000, 1 second",
        "30000, 30 seconds",
        "90000, 90 seconds",
        "60000, 1 minute",
        "3600000, 1 hour",
        "86400000, 1 day",
        "315360000000, 3650 days"
    })
    void saysTimesAsTheReferenceDoes(long millis, String said) {
        assertThat(Settings.time(Duration.ofMillis(millis))).isEqualTo(said);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"17179869185GB", "17179869184 gb", "999999999999999gb", "8589934592GB", "4097 mb", "4294967297"})
    void aSizeBeyondEveryRangeIsAProblem(String text) {
        assertThat(settings.bytes("maxSize", text, 7, 0, 1L << 32)).isEqualTo(7);
        assertThat(settings.problems())
                .containsExactly("<maxSize> [" + text + "] is not a size such as 64KB or 10MB, from 0 bytes to 4GB");
    }

    @Test
    void theLargestSizeAndTheSmallestAreInTheRange() {
        assertThat(settings.bytes("b", "4GB", 7, 0, 1L << 32)).isEqualTo(1L << 32);
        assertThat(settings.bytes("b", "4294967296", 7, 0, 1L << 32)).isEqualTo(1L << 32);
        assertThat(settings.bytes("b", "1KB", 7, 1024, 1L << 32)).isEqualTo(1024);
        assertThat(settings.problems()).isEmpty();
    }

    @Test
    void readsPaths() {
        assertThat(settings.path("file", " logs/app.log ")).isEqualTo(Path.of("logs/app.log"));
        assertThat(settings.requiredPath("file", "logs/app.log")).isEqualTo(Path.of("logs/app.log"));
        assertThat(settings.path("file", " ")).isNull();
        assertThat(settings.problems()).isEmpty();
    }

    @Test
    void saysWhatIsNoPath() {
        assertThat(settings.path("file", "a\0b")).isNull();
        assertThat(settings.requiredPath("directory", "a\0b")).isEqualTo(Path.of(""));
        assertThat(settings.requiredPath("directory", null)).isEqualTo(Path.of(""));
        assertThat(settings.problems())
                .containsExactly(
                        "<file> [a\0b] is not a path", "<directory> [a\0b] is not a path", "<directory> is required");
    }

    @Test
    void acceptsConstantsInAnyCase() {
        assertThat(settings.choice("unit", "seconds", TimeUnit.DAYS)).isEqualTo(TimeUnit.SECONDS);
        assertThat(settings.problems()).isEmpty();
    }
}
