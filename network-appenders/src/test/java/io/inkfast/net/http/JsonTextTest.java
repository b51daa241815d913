package io.inkfast.net.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

class JsonTextTest {

    private static String written(byte[] body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        JsonText.write(out, body);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static String written(String body) {
        return written(body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void anObjectStaysAsItIsInOneLine() {
        assertThat(written("{\"a\":\"\u00e4\u20ac\\n\"}")).isEqualTo("{\"a\":\"\u00e4\u20ac\\n\"}");
        assertThat(written(" {\n  \"a\" : [1, 2]\r\n}")).isEqualTo(" {   \"a\" : [1, 2]  }");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "order 7 is paid | \"order 7 is paid\"",
                "[1] | \"[1]\"",
                "{broken} | \"{broken}\"",
                "{\"a\":1}{\"b\":2} | \"{\\\"a\\\":1}{\\\"b\\\":2}\"",
                "{\"a\":1 | \"{\\\"a\\\":1\"",
                "{ | \"{\""
            })
    void anythingElseIsAString(String body, String value) {
        assertThat(written(body)).isEqualTo(value);
    }

    @Test
    void linesOfATextAreNoLines() {
        assertThat(written("a\n\tb")).isEqualTo("\"a\\n\\tb\"");
    }

    @Test
    void whateverTheBytesItIsOneValueInOneLine() {
        Random random = new Random(1);
        byte[] object = "{\"a\":\"x\",\n\"b\":[1,{}]}".getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 20_000; i++) {
            byte[] body = object.clone();
            for (int k = 0; k <= random.nextInt(3); k++) {
                body[random.nextInt(body.length)] = (byte) random.nextInt(256);
            }
            String value = written(body);
            assertThat(value).doesNotContain("\n").doesNotContain("\r");
            try (JsonParser json = new JsonFactory().createParser(ObjectReadContext.empty(), value)) {
                assertThat(json.nextToken()).isIn(JsonToken.START_OBJECT, JsonToken.VALUE_STRING);
                json.skipChildren();
                assertThat(json.nextToken()).isNull();
            }
        }
    }
}
