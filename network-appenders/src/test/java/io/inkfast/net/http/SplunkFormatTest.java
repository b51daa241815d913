package io.inkfast.net.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkfast.net.Answer;
import io.inkfast.net.Batch;
import io.inkfast.net.Batches;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SplunkFormatTest {

    private static final HttpFormat BARE = new SplunkFormat(null, null, null, null);

    private static String body(HttpFormat format, Batch batch) {
        return new String(format.body(batch, 0, batch.size()), StandardCharsets.UTF_8);
    }

    @Test
    void aBodyWithAllThatCanBeConfigured() {
        HttpFormat format = new SplunkFormat("web-1", "sh\"op", "_json", "main");
        Batch batch = Batches.of(
                new Batches.Part(1_700_000_000_123L, "", "{\"a\":1}"),
                new Batches.Part(1_700_000_001_000L, "", "a \"text\"\nof two lines"));
        assertThat(body(format, batch))
                .isEqualTo(
                        "{\"time\":1700000000.123,\"host\":\"web-1\",\"source\":\"sh\\\"op\",\"sourcetype\":\"_json\","
                                + "\"index\":\"main\",\"event\":{\"a\":1},\"fields\":{\"event.id\":\"id-0\"}}\n"
                                + "{\"time\":1700000001.000,\"host\":\"web-1\",\"source\":\"sh\\\"op\",\"sourcetype\":\"_json\","
                                + "\"index\":\"main\",\"event\":\"a \\\"text\\\"\\nof two lines\","
                                + "\"fields\":{\"event.id\":\"id-1\"}}\n");
    }

    @Test
    void whatIsNotConfiguredIsNotThere() {
        assertThat(body(BARE, Batches.of(new Batches.Part(7, "", "{}"))))
                .isEqualTo("{\"time\":0.007,\"event\":{},\"fields\":{\"event.id\":\"id-0\"}}\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | 0 | EACH | ",
                "200 | 24 | EACH | ",
                "200 | 7 | DENIED | HTTP 200, code 7: the token may not write to the index",
                "403 | 1 | DENIED | HTTP 403, code 1: the token is disabled",
                "401 | 2 | DENIED | HTTP 401, code 2: a token is required",
                "401 | 3 | DENIED | HTTP 401, code 3: the authorization is not one of a token",
                "403 | 4 | DENIED | HTTP 403, code 4: the token is not known",
                "400 | 5 | MALFORMED | HTTP 400, code 5",
                "400 | 6 | MALFORMED | HTTP 400, code 6",
                "400 | 7 | DENIED | HTTP 400, code 7: the token may not write to the index",
                "500 | 8 | BUSY | HTTP 500, code 8",
                "503 | 9 | BUSY | HTTP 503, code 9",
                "400 | 10 | DENIED | HTTP 400, code 10: the token wants indexers to acknowledge; use one that does not",
                "400 | 12 | MALFORMED | HTTP 400, code 12",
                "400 | 13 | MALFORMED | HTTP 400, code 13",
                "400 | 15 | MALFORMED | HTTP 400, code 15",
                "503 | 18 | BUSY | HTTP 503, code 18",
                "429 | 26 | BUSY | HTTP 429, code 26"
            })
    void answersAreJudgedByTheirCode(int status, int code, Answer.Kind kind, String why) throws IOException {
        Batch batch = Batches.of(List.of("a", "b"), "");
        Answer answer = BARE.read(new Replied(status, "{\"text\":\"x\",\"code\":" + code + "}"), batch);
        assertThat(answer.kind()).isEqualTo(kind);
        assertThat(answer.why()).isEqualTo(why == null ? "" : why);
        assertThat(Batches.fate(batch, 1)).isEqualTo(kind == Answer.Kind.EACH ? "ACCEPTED" : "UNKNOWN");
    }

    @ParameterizedTest
    @CsvSource({"413, TOO_LARGE", "404, DENIED", "502, BUSY", "400, MALFORMED"})
    void whereThereIsNoCodeByTheirStatus(int status, Answer.Kind kind) throws IOException {
        Answer answer = BARE.read(new Replied(status, "<html>"), Batches.of(List.of("a"), ""));
        assertThat(answer.kind()).isEqualTo(kind);
        assertThat(answer.why()).isEqualTo("HTTP " + status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>sign in</html>", "{}", "[0]", "{\"code\":\"0\"}", "{\"code\":0"})
    void aGoodStatusAloneAcknowledgesNothing(String text) {
        Batch batch = Batches.of(List.of("a"), "");
        assertThatThrownBy(() -> BARE.read(new Replied(200, text), batch))
                .isInstanceOf(IOException.class)
                .hasMessage("an answer that is not of an event collector");
        assertThat(Batches.fate(batch, 0)).isEqualTo("UNKNOWN");
    }

    @ParameterizedTest
    @CsvSource({"6, 3, 3", "12, 0, 0", "6, 4, -1", "6, -1, -1", "7, 1, -1", "9, 2, -1", "0, 0, -1"})
    void oneEventIsNamed(int code, int number, int named) {
        String text = "{\"text\":\"x\",\"code\":" + code + ",\"invalid-event-number\":" + number + "}";
        assertThat(BARE.named(new Replied(400, text), 4)).isEqualTo(named);
    }

    @Test
    void whateverAnAnswerSaysNothingElseIsThrown() {
        Random random = new Random(1);
        byte[] answer = "{\"text\":\"Success\",\"code\":0,\"invalid-event-number\":3}".getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 20_000; i++) {
            byte[] changed = answer.clone();
            for (int k = 0; k <= random.nextInt(3); k++) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt(128);
            }
            Replied replied = new Replied(200, new String(changed, StandardCharsets.UTF_8));
            try {
                assertThat(BARE.named(replied, 4)).isBetween(-1, 3);
                assertThat(BARE.read(replied, Batches.of(List.of("{}"), "")).kind())
                        .isNotNull();
            } catch (IOException e) {
                assertThat(e.getMessage()).isEqualTo("an answer that is not of an event collector");
            }
        }
    }
}
