package io.inkfast.mask;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkfast.mask.scan.Profile;
import io.inkfast.mask.scan.Rules;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.util.RawValue;

/** Objects that say what a value is only after the value. */
class ValueBeforeNameTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Policy POLICY = new Policy(false, false, Rules.of(Profile.SECRETS, Profile.PCI));

    private static String written(Consumer<JsonGenerator> body) {
        StringWriter out = new StringWriter();
        try (JsonGenerator generator = new RedactingJsonGenerator(JSON.createGenerator(out), new Redactor(POLICY))) {
            body.accept(generator);
        }
        return out.toString();
    }

    private static String redacted(String line) {
        return written(generator -> assertThat(RawJson.copy(line.replace('\'', '"'), generator))
                        .isTrue())
                .replace('"', '\'');
    }

    @Test
    void theValueIsHidden() {
        assertThat(redacted("{'value':'x','name':'password'}")).isEqualTo("{'value':'****','name':'password'}");
        assertThat(redacted("[{'val':1234,'key':'pin','a':{'b':[1]}},{'content':'y','type':'apiKey'}]"))
                .isEqualTo("[{'val':'****','key':'pin','a':{'b':[1]}},{'content':'****','type':'apiKey'}]");
        assertThat(redacted("{'value':'x','a':{'b':[1]},'name':'password','c':'password=y'}"))
                .isEqualTo("{'value':'****','a':{'b':[1]},'name':'password','c':'password=****'}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'value':'x','name':'Accept'}",
                "{'value':1.50,'name':'latency','unit':'ms'}",
                "{'value':1E+2,'name':'latency'}",
                "{'value':'x'}",
                "{'value':['x'],'name':'y'}",
                "{'value':null,'name':'password'}",
                "{'value':true,'name':'password'}",
                "{'value':'','name':'password'}",
                "{'value':'x','name':['password']}",
                "{'a':{'value':'x','b':{'value':'y','c':1}},'name':'password'}",
                "{'value':{'value':'x'},'b':[{'value':1}]}",
                "{}",
                "[[{'value':'x'}],{'value':'x'}]"
            })
    void anythingElseIsWrittenAsItIs(String line) {
        assertThat(redacted(line)).isEqualTo(line);
    }

    @Test
    void whateverAnObjectHoldsComesOutAgain() {
        Map<String, Object> object = new java.util.LinkedHashMap<>();
        object.put("value", 7L);
        object.put("bytes", new byte[] {1, 2, 3});
        object.put("raw", new RawValue("{ \"x\" : 1.0E2 }"));
        object.put("numbers", List.of((short) 1, 2, 3L, 4.5f, 5.5, new BigDecimal("1.10"), BigInteger.TEN));
        assertThat(written(generator -> generator.writePOJO(object))).isEqualTo(JSON.writeValueAsString(object));
        for (Object number : List.of((short) 1, 2, 3L, 4.5f, 5.5, new BigDecimal("1.10"), BigInteger.TEN)) {
            assertThat(written(generator -> generator.writePOJO(Map.of("value", number))))
                    .isEqualTo("{\"value\":" + number + "}");
        }
    }

    @Test
    void theWaitIsBoundedAndEndsWithTheValueHidden() {
        String between =
                IntStream.range(0, 80).mapToObj(i -> "'a" + i + "':" + i).collect(Collectors.joining(","));
        String line = "{'value':'x'," + between + ",'name':'password'}";
        assertThat(redacted(line)).isEqualTo(line.replace("'x'", "'****'"));
    }
}
