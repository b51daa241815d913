package io.inkfast.net.syslog;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SyslogFormatTest {

    private static final Instant AT = Instant.parse("2026-02-03T04:05:06.000789123Z");

    private static String head(SyslogFormat.Standard standard, String host, String app, String message, String data) {
        SyslogFormat format = new SyslogFormat(standard, 16, host, app, "4711", message);
        return new String(format.head(Level.INFO, AT, data), StandardCharsets.UTF_8);
    }

    @Test
    void rfc5424HasEverythingInItsPlace() {
        assertThat(head(SyslogFormat.Standard.RFC5424, "web-1", "checkout", "ORDER", "[a@1 b=\"c\"]"))
                .isEqualTo("<134>1 2026-02-03T04:05:06.000789Z web-1 checkout 4711 ORDER [a@1 b=\"c\"] ");
    }

    @Test
    void whatIsMissingIsAHyphen() {
        assertThat(head(SyslogFormat.Standard.RFC5424, "", "", "", ""))
                .isEqualTo("<134>1 2026-02-03T04:05:06.000789Z - - 4711 - - ");
    }

    @Test
    void rfc3164HasTheTimeOfTheHost() {
        String local = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT)
                .withZone(ZoneId.systemDefault())
                .format(AT);
        assertThat(head(SyslogFormat.Standard.RFC3164, "web-1", "check:out[1]", "", ""))
                .matches("<134>Feb  [234] " + local + " web-1 check\\?out\\?1\\?\\[4711]: ");
    }

    @Test
    void namesAreShortPrintableAndWithoutSpaces() {
        assertThat(head(SyslogFormat.Standard.RFC5424, "wéb 1\n", "x".repeat(60), "y".repeat(40), ""))
                .isEqualTo("<134>1 2026-02-03T04:05:06.000789Z w?b?1? " + "x".repeat(48) + " 4711 " + "y".repeat(32)
                        + " - ");
    }

    @ParameterizedTest
    @CsvSource({"ERROR,131", "WARN,132", "INFO,134", "DEBUG,135", "TRACE,135"})
    void theSeverityFollowsTheLevel(String level, int expected) {
        SyslogFormat format = new SyslogFormat(SyslogFormat.Standard.RFC5424, 16, "h", "a", "1", "");
        assertThat(new String(format.head(Level.toLevel(level), AT, ""), StandardCharsets.UTF_8))
                .startsWith("<" + expected + ">1 ");
    }

    @Test
    void eachSecondIsWrittenRightAlsoWhenTheyComeInTurns() {
        SyslogFormat format = new SyslogFormat(SyslogFormat.Standard.RFC5424, 16, "h", "a", "1", "");
        for (int i = 0; i < 10; i++) {
            Instant at = AT.plusSeconds(i % 2 * 100L);
            assertThat(new String(format.head(Level.INFO, at, ""), StandardCharsets.UTF_8))
                    .startsWith(
                            "<134>1 " + (i % 2 == 0 ? "2026-02-03T04:05:06.000789Z" : "2026-02-03T04:06:46.000789Z"));
        }
    }

    @Test
    void facilitiesHaveTheirNumbers() {
        assertThat(Facility.byName())
                .containsEntry("kern", 0)
                .containsEntry("user", 1)
                .containsEntry("authpriv", 10)
                .containsEntry("local0", 16)
                .containsEntry("local7", 23)
                .hasSize(24);
    }
}
