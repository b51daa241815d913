package io.inkfast.mask;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

class EscapingGeneratorTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static String written(Consumer<JsonGenerator> body) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = new EscapingGenerator(JSON.createGenerator(out), new TopLevelNames(Set.of()))) {
            body.accept(json);
        }
        return out.toString();
    }

    /* A method that Jackson adds fails this: is there text in it that would go past the escapes? */
    @Test
    void leavesToJacksonOnlyWhatHasNoTextOrIsMadeOfTheOthers() {
        List<String> withoutText = List.of(
                "writeArray[double[], int, int]",
                "writeArray[int[], int, int]",
                "writeArray[long[], int, int]",
                "writeBoolean[boolean]",
                "writeEndArray[]",
                "writeEndObject[]",
                "writeNull[]",
                "writeNumber[BigDecimal]",
                "writeNumber[BigInteger]",
                "writeNumber[double]",
                "writeNumber[float]",
                "writeNumber[int]",
                "writeNumber[long]",
                "writeNumber[short]",
                "writeOmittedProperty[String]",
                "writeStartArray[]",
                "writeStartArray[Object]",
                "writeStartArray[Object, int]",
                "writeStartObject[]",
                "writeStartObject[Object]",
                "writeStartObject[Object, int]");
        List<String> madeOfTheOthers = List.of(
                "copyCurrentEvent[JsonParser]",
                "copyCurrentEventExact[JsonParser]",
                "copyCurrentStructure[JsonParser]",
                "copyCurrentStructureExact[JsonParser]",
                "writePOJO[Object]",
                "writeTree[TreeNode]",
                "writeTypePrefix[WritableTypeId]",
                "writeTypeSuffix[WritableTypeId]");
        List<String> notForJson = List.of("writeObjectId[Object]", "writeObjectRef[Object]", "writeTypeId[Object]");
        List<String> bytesOnly = List.of("writeEmbeddedObject[Object]");
        assertThat(RedactingJsonGeneratorTest.inherited(EscapingGenerator.class))
                .isSubsetOf(Stream.of(withoutText, madeOfTheOthers, notForJson, bytesOnly)
                        .flatMap(List::stream)
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-0", "17", "-1.50", "1e5", "1.0E+12", "2E-3"})
    void writesNumbersAsTheyAre(String number) {
        assertThat(written(json -> json.writeNumber(number))).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "+1",
                "007",
                ".5",
                "1.",
                "1.e5",
                "1e",
                "1e+",
                "NaN",
                "1,\"level\":\"x\"",
                "\u0661\u0662",
                "1 ",
                "0x1"
            })
    void writesWhatIsNoNumberAsText(String number) {
        String expected = JSON.writeValueAsString(number);
        assertThat(written(json -> json.writeNumber(number))).isEqualTo(expected);
        assertThat(written(json -> json.writeNumber(number.toCharArray(), 0, number.length())))
                .isEqualTo(expected);
    }
}
