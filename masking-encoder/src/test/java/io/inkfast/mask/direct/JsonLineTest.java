package io.inkfast.mask.direct;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkfast.internal.BatchBuffer;
import io.inkfast.mask.text.Injection;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class JsonLineTest {

    private static final byte[] NAME = "\"a\":".getBytes(StandardCharsets.US_ASCII);

    private final JsonMapper jackson = new JsonMapper();
    private final JsonLine line = new JsonLine();

    private String written() {
        BatchBuffer out = new BatchBuffer(16);
        line.end(out);
        return new String(out.array(), 0, out.size(), StandardCharsets.UTF_8);
    }

    private String asMember(String text, boolean ascii) {
        line.begin();
        line.name(NAME);
        assertThat(line.string(text, ascii)).isTrue();
        return written();
    }

    @Nested
    class Strings {

        @Test
        void ofAsciiAreWrittenAsJacksonDoesWhereverTheEscapeIs() {
            for (char c = 0; c < 0x7F; c++) {
                for (int length = 0; length < 20; length++) {
                    String text = "x".repeat(length) + c + "y".repeat(length);
                    String expected = "{\"a\":" + jackson.writeValueAsString(text) + "}";
                    assertThat(asMember(text, true)).isEqualTo(expected);
                    assertThat(asMember(text, false)).isEqualTo(expected);
                }
            }
        }

        @Test
        void ofAnyAlphabetAreWrittenAsJacksonDoes() {
            Random random = new Random(1);
            for (int i = 0; i < 20_000; i++) {
                String text = random.ints(random.nextInt(40), 0x20, 0x2000)
                        .filter(c -> c < 0x7F || (Character.isLetterOrDigit(c) && !Injection.alwaysHarmful(c)))
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .append(i % 3 == 0 ? "\uD83D\uDE00" : "\u4E2D")
                        .toString();
                assertThat(asMember(text, false)).isEqualTo("{\"a\":" + jackson.writeValueAsString(text) + "}");
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "\u0085",
                    "\u202E",
                    "\uFEFF",
                    "a\u200Db",
                    "\uD800",
                    "\uDC00x",
                    "x\uD83D",
                    "\uDB40\uDC41",
                    "\uFFFE"
                })
        void thatCouldDoHarmAreRefused(String text) {
            line.begin();
            line.name(NAME);
            assertThat(line.string(text, false)).isFalse();
        }

        @Test
        void growTheLineAsFarAsNeeded() {
            String text = "\u00e9\"".repeat(100_000);
            assertThat(asMember(text, false)).hasSize(text.length() + 100_000 + 8);
        }

        @Test
        void leaveTextsThatAreVeryLongToOthers() {
            line.begin();
            line.name(NAME);
            assertThat(line.string("a".repeat(300_000), true)).isFalse();
        }
    }

    @Test
    void separatesMembersAndLeavesEmptyOnesOut() {
        line.begin();
        line.members("\"x\":1,\"y\":2".getBytes(StandardCharsets.US_ASCII));
        line.members(new byte[0]);
        line.name(NAME);
        line.number(3);
        assertThat(written()).isEqualTo("{\"x\":1,\"y\":2,\"a\":3}");
    }

    @ParameterizedTest
    @ValueSource(
            longs = {
                0,
                9,
                10,
                99,
                100,
                -1,
                Integer.MAX_VALUE,
                Integer.MIN_VALUE,
                1L + Integer.MAX_VALUE,
                999_999_999_999_999_999L,
                1_000_000_000_000_000_000L,
                Long.MAX_VALUE,
                Long.MIN_VALUE
            })
    void writesNumbers(long number) {
        line.begin();
        line.name(NAME);
        line.number(number);
        assertThat(written()).isEqualTo("{\"a\":" + number + "}");
    }

    @Nested
    class Times {

        @ParameterizedTest
        @ValueSource(strings = {"UTC", "Europe/Berlin", "Asia/Kathmandu", "+01:02:03"})
        void areWrittenAsTheFormatterDoes(String zoneId) {
            ZoneId zone = ZoneId.of(zoneId);
            Timestamps timestamps = new Timestamps(zone);
            Random random = new Random(2);
            int[] fractions = {0, 1, 10, 100_000_000, 123_000_000, 123_456_000, 999_999_999, 120};
            for (int i = 0; i < 5_000; i++) {
                Instant instant =
                        Instant.ofEpochSecond(random.nextLong(-1L << 35, 1L << 35), fractions[i % fractions.length]);
                line.begin();
                line.name(NAME);
                assertThat(timestamps.write(instant, line)).isTrue();
                assertThat(written())
                        .isEqualTo("{\"a\":\""
                                + DateTimeFormatter.ISO_OFFSET_DATE_TIME
                                        .withZone(zone)
                                        .format(instant)
                                + "\"}");
            }
        }

        @Test
        void farAwayAreRefused() {
            Timestamps timestamps = new Timestamps(ZoneOffset.UTC);
            assertThat(timestamps.write(Instant.parse("+10000-01-01T00:00:00Z"), line))
                    .isFalse();
            assertThat(timestamps.write(Instant.parse("-0001-01-01T00:00:00Z"), line))
                    .isFalse();
            assertThat(timestamps.write(Instant.MAX, line)).isFalse();
        }
    }
}
