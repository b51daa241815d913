package io.inkfast.net.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkfast.net.Answer;
import io.inkfast.net.Batch;
import io.inkfast.net.Batches;
import io.inkfast.net.Batches.Part;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LokiFormatTest {

    private static final long NOON = Instant.parse("2026-11-26T12:00:00Z").toEpochMilli();

    private static LokiFormat format(boolean level, boolean metadata) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("app", "check\"out");
        labels.put("zone", "b");
        return new LokiFormat(labels, level, metadata);
    }

    private static String body(HttpFormat format, Batch batch) {
        return new String(format.body(batch, 0, batch.size()), StandardCharsets.UTF_8);
    }

    private static List<String> fates(Batch batch) {
        return IntStream.range(0, batch.size())
                .mapToObj(i -> Batches.fate(batch, i))
                .toList();
    }

    @Test
    void theHeadIsTheTimeWithTheNumberOfTheEventForItsLastDigitsAndTheLevel() {
        Instant time = Instant.parse("2023-11-14T22:13:20.123456789Z");
        assertThat(new String(format(true, false).head(time, "INFO", "0mfb2k8x9a1b2c3d-17"), StandardCharsets.UTF_8))
                .isEqualTo("1700000000123456017 info");
        assertThat(new String(format(true, false).head(time, "WARN", "0mfb2k8x9a1b2c3d-81234"), StandardCharsets.UTF_8))
                .isEqualTo("1700000000123456234 warn");
        assertThat(new String(format(true, false).head(time, "WARN", "own"), StandardCharsets.UTF_8))
                .isEqualTo("1700000000123456000 warn");
    }

    @Test
    void aStreamHasItsLinesInTheOrderOfTheirTimes() {
        Batch batch = Batches.of(
                new Part(0, "30 info", "{\"a\":1}"), new Part(0, "10 warn", "two\nlines"), new Part(0, "20 info", "c"));
        assertThat(body(format(false, false), batch))
                .isEqualTo("{\"streams\":[{\"stream\":{\"app\":\"check\\\"out\",\"zone\":\"b\"},\"values\":["
                        + "[\"10\",\"two\\nlines\"],[\"20\",\"c\"],[\"30\",\"{\\\"a\\\":1}\"]]}]}");
    }

    @Test
    void eachLevelIsAStreamIfItIsALabel() {
        Batch batch = Batches.of(new Part(0, "3 info", "a"), new Part(0, "1 warn", "b"), new Part(0, "2 info", "c"));
        assertThat(body(format(true, true), batch))
                .isEqualTo("{\"streams\":[{\"stream\":{\"app\":\"check\\\"out\",\"zone\":\"b\",\"level\":\"info\"},"
                        + "\"values\":[[\"2\",\"c\",{\"event_id\":\"id-2\"}],[\"3\",\"a\",{\"event_id\":\"id-0\"}]]},"
                        + "{\"stream\":{\"app\":\"check\\\"out\",\"zone\":\"b\",\"level\":\"warn\"},"
                        + "\"values\":[[\"1\",\"b\",{\"event_id\":\"id-1\"}]]}]}");
    }

    @Test
    void aDeadLetterOfAnotherProtocolHasTheTimeOfItsEvent() {
        Batch batch = Batches.of(new Part(7, "{\"create\":{}}", "a"));
        assertThat(body(new LokiFormat(Map.of("app", "x"), true, false), batch))
                .isEqualTo("{\"streams\":[{\"stream\":{\"app\":\"x\"},\"values\":[[\"7000000\",\"a\"]]}]}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "204 | EACH | ",
                "200 | DENIED | HTTP 200 where a push is answered with 204",
                "260 | DENIED | HTTP 260 where a push is answered with 204",
                "400 | MALFORMED | HTTP 400",
                "401 | DENIED | HTTP 401",
                "413 | TOO_LARGE | HTTP 413",
                "429 | BUSY | HTTP 429",
                "500 | BUSY | HTTP 500"
            })
    void answers(int status, Answer.Kind kind, String why) throws IOException {
        Batch batch = Batches.of(List.of("a", "b"), "1 info");
        Answer answer = format(true, false).read(new Replied(status, "error parsing labels"), batch);
        assertThat(answer.kind()).isEqualTo(kind);
        assertThat(answer.why()).isEqualTo(why == null ? "" : why);
        assertThat(fates(batch)).containsOnly(kind == Answer.Kind.EACH ? "ACCEPTED" : "UNKNOWN");
    }

    @Nested
    class WhenSomethingIsTooOld {

        private static final String OLD = "entry for stream '{app=\"x\"}' has timestamp too old: 2026-11-19T11:00:00Z,"
                + " oldest acceptable timestamp is: 2026-11-26T12:00:00Z\n";
        private static final String BEHIND =
                "entry with timestamp 2026-11-26 10:00:00 +0000 UTC ignored, reason: 'entry"
                        + " too far behind, entry timestamp is: 2026-11-26T10:00:00Z, oldest acceptable timestamp is:"
                        + " 2026-11-26T12:00:00Z',\nuser 'fake', total ignored: 1 out of 3 for stream: {app=\"x\"}";

        private Batch mixed() {
            return Batches.of(
                    new Part(NOON - 1, "1 info", "a"),
                    new Part(NOON, "2 warn", "b"),
                    new Part(NOON + 1, "3 info", "c"));
        }

        private Answer said(HttpFormat format, String text, Batch batch) throws IOException {
            return format.read(new Replied(400, text), batch);
        }

        @Test
        void whatIsOlderThanItSaysIsRefusedAndTheOthersAreSentAgain() throws IOException {
            for (String text : List.of(OLD, BEHIND)) {
                Batch batch = mixed();
                assertThat(said(format(false, false), text, batch)).isEqualTo(Answer.EACH);
                assertThat(fates(batch)).containsExactly("REFUSED", "UNKNOWN", "UNKNOWN");
                assertThat(Batches.reason(batch, 0))
                        .isEqualTo("HTTP 400, older than [2026-11-26T12:00:00Z], the oldest that it takes");
            }
        }

        @Test
        void howFarBehindIsOfOneStreamOnly() throws IOException {
            Batch batch = mixed();
            assertThat(said(format(true, false), BEHIND, batch).kind()).isEqualTo(Answer.Kind.MALFORMED);
            assertThat(fates(batch)).containsOnly("UNKNOWN");
            Batch old = mixed();
            assertThat(said(format(true, false), OLD, old)).isEqualTo(Answer.EACH);
            assertThat(fates(old)).containsExactly("REFUSED", "UNKNOWN", "UNKNOWN");
        }

        @Test
        void theOneThatStandsAloneIsRefusedWhateverItsTime() throws IOException {
            // What it says is cut to seconds.
            for (String text : List.of(OLD, BEHIND)) {
                Batch batch = Batches.of(new Part(NOON + 300, "1 info", "a"));
                assertThat(said(format(true, false), text, batch)).isEqualTo(Answer.EACH);
                assertThat(fates(batch)).containsExactly("REFUSED");
            }
        }

        @Test
        void ifNoneIsOlderItIsLookedForByHalves() throws IOException {
            Batch batch = Batches.of(new Part(NOON, "1 info", "a"), new Part(NOON, "2 info", "b"));
            assertThat(said(format(false, false), OLD, batch).kind()).isEqualTo(Answer.Kind.MALFORMED);
            assertThat(fates(batch)).containsOnly("UNKNOWN");
        }

        @Test
        void whatIsTooNewIsKeptUntilItIsNot() throws IOException {
            Batch batch = mixed();
            Answer answer = said(
                    format(false, false), "entry for stream '{}' has timestamp too new: 2026-11-26T13:00:00Z", batch);
            assertThat(answer).isEqualTo(Answer.denied("HTTP 400, its clock is behind ours"));
            assertThat(fates(batch)).containsOnly("UNKNOWN");
        }
    }
}
