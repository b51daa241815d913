package io.inkfast.net.elastic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkfast.net.Batch;
import io.inkfast.net.Batches;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BulkFormatTest {

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String item(int status, String error) {
        return "{\"create\":{\"_index\":\"a\",\"status\":" + status + error + "}}";
    }

    @Test
    void theActionNamesIndexAndId() {
        assertThat(new String(BulkFormat.action("app-2026.11.26", "run-1"), StandardCharsets.UTF_8))
                .isEqualTo("{\"create\":{\"_index\":\"app-2026.11.26\",\"_id\":\"run-1\"}}");
    }

    @Test
    void theActionIsJsonWhateverTheNames() {
        assertThat(new String(BulkFormat.action("a\"b", "c\\\nd"), StandardCharsets.UTF_8))
                .isEqualTo("{\"create\":{\"_index\":\"a\\\"b\",\"_id\":\"c\\\\\\nd\"}}");
    }

    @Test
    void theBodyHasTwoLinesForEachEventAndEndsWithALineFeed() {
        Batch batch = Batches.of(List.of("{\"a\":1}", "{\n  \"b\" : 2\r\n}"), "{}");
        assertThat(new String(BulkFormat.body(batch), StandardCharsets.UTF_8))
                .isEqualTo("{}\n{\"a\":1}\n{}\n{   \"b\" : 2  }\n");
    }

    @ParameterizedTest
    @CsvSource({
        "200, ACCEPTED",
        "201, ACCEPTED",
        "409, DUPLICATE",
        "429, AGAIN",
        "500, AGAIN",
        "503, AGAIN",
        "401, AGAIN",
        "403, AGAIN",
        "404, AGAIN",
        "400, REFUSED",
        "413, REFUSED",
        "422, REFUSED"
    })
    void anItemIsJudgedByItsStatus(int status, String fate) throws IOException {
        Batch batch = Batches.of(List.of("{}"), "{}");
        String error = ",\"error\":{\"type\":\"t\",\"reason\":\"r\",\"caused_by\":{\"type\":\"x\",\"reason\":\"y\"}}";
        BulkFormat.read(utf8("{\"took\":1,\"errors\":true,\"items\":[" + item(status, error) + "]}"), batch);
        assertThat(Batches.fate(batch, 0)).isEqualTo(fate);
        if (fate.equals("REFUSED")) {
            assertThat(Batches.reason(batch, 0)).isEqualTo(status + " t: r");
        }
    }

    @Test
    void itemsAreInTheOrderOfTheRequest() throws IOException {
        Batch batch = Batches.of(List.of("{}", "{}", "{}"), "{}");
        BulkFormat.read(utf8("{\"items\":[" + item(201, "") + "," + item(429, "") + "," + item(409, "") + "]}"), batch);
        assertThat(List.of(Batches.fate(batch, 0), Batches.fate(batch, 1), Batches.fate(batch, 2)))
                .containsExactly("ACCEPTED", "AGAIN", "DUPLICATE");
    }

    @Test
    void anAnswerWithTooFewOrTooManyItemsIsNone() {
        for (String items : List.of("", item(201, ""), item(201, "") + "," + item(201, "") + "," + item(201, ""))) {
            Batch batch = Batches.of(List.of("{}", "{}"), "{}");
            assertThatThrownBy(() -> BulkFormat.read(utf8("{\"items\":[" + items + "]}"), batch))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void noBeginningOfAnAnswerIsTakenForAWholeOne() {
        byte[] answer = utf8("{\"items\":[" + item(201, "") + "," + item(400, ",\"error\":{\"type\":\"t\"}") + "]}");
        for (int end = 0; end < answer.length; end++) {
            byte[] cut = java.util.Arrays.copyOf(answer, end);
            Batch batch = Batches.of(List.of("{}", "{}"), "{}");
            assertThatThrownBy(() -> BulkFormat.read(cut, batch))
                    .as("first %d bytes", end)
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void whateverAnAnswerSaysNothingElseIsThrown() {
        Random random = new Random(1);
        byte[] answer = utf8("{\"items\":[" + item(201, ",\"error\":{\"type\":\"t\",\"reason\":null}") + "]}");
        for (int i = 0; i < 20_000; i++) {
            byte[] changed = answer.clone();
            for (int k = 0; k <= random.nextInt(3); k++) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt(128);
            }
            try {
                BulkFormat.read(changed, Batches.of(List.of("{}"), "{}"));
            } catch (IOException e) {
                assertThat(e.getMessage()).isNotEmpty();
            }
        }
    }
}
