package io.inkfast.net.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkfast.net.Answer;
import io.inkfast.net.Batch;
import io.inkfast.net.Batches;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinesAndArraysTest {

    private static HttpFormat format(String name) {
        return name.equals("lines") ? new NdjsonFormat() : new JsonArrayFormat();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "lines | application/x-ndjson | {\"a\":1}@\"text\"@{\"b\" :  2}@",
                "array | application/json | [{\"a\":1},\"text\",{\"b\" :  2}]"
            })
    void bodies(String name, String type, String body) {
        Batch batch = Batches.of(List.of("{\"a\":1}", "text", "{\"b\" :\r\n2}"), "");
        assertThat(format(name).contentType()).isEqualTo(type);
        assertThat(new String(format(name).body(batch, 0, 3), StandardCharsets.UTF_8))
                .isEqualTo(body.replace('@', '\n'));
    }

    @ParameterizedTest
    @ValueSource(strings = {"lines", "array"})
    void aPartOfABatch(String name) {
        Batch batch = Batches.of(List.of("a", "b", "c"), "");
        assertThat(new String(format(name).body(batch, 1, 2), StandardCharsets.UTF_8).strip())
                .isEqualTo(name.equals("lines") ? "\"b\"" : "[\"b\"]");
    }

    @ParameterizedTest
    @CsvSource({
        "200, EACH, ACCEPTED",
        "202, EACH, ACCEPTED",
        "204, EACH, ACCEPTED",
        "301, DENIED, UNKNOWN",
        "400, MALFORMED, UNKNOWN",
        "401, DENIED, UNKNOWN",
        "404, DENIED, UNKNOWN",
        "413, TOO_LARGE, UNKNOWN",
        "429, BUSY, UNKNOWN",
        "500, BUSY, UNKNOWN"
    })
    void answers(int status, Answer.Kind kind, String fate) throws IOException {
        for (String name : List.of("lines", "array")) {
            Batch batch = Batches.of(List.of("a", "b"), "");
            assertThat(format(name).read(new Replied(status, "whatever"), batch).kind())
                    .isEqualTo(kind);
            assertThat(List.of(Batches.fate(batch, 0), Batches.fate(batch, 1))).containsOnly(fate);
        }
    }
}
