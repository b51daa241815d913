package io.inkfast.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkfast.mask.scan.Profile;
import io.inkfast.mask.scan.Rules;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.io.StringWriter;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.core.Base64Variants;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.io.SerializedString;
import tools.jackson.databind.json.JsonMapper;

class RedactingJsonGeneratorTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Policy POLICY = new Policy(false, false, Rules.of(Profile.SECRETS, Profile.PCI));

    /** What a generator leaves to Jackson, of all that writes or copies. */
    static List<String> inherited(Class<? extends JsonGenerator> generator) {
        return Stream.of(generator.getMethods())
                .filter(method ->
                        method.getName().startsWith("write") || method.getName().startsWith("copy"))
                .filter(method -> !Modifier.isFinal(method.getModifiers()) && !Modifier.isStatic(method.getModifiers()))
                .filter(method -> !method.getDeclaringClass().getPackageName().equals("io.inkfast.mask"))
                .map(method -> method.getName()
                        + Stream.of(method.getParameterTypes())
                                .map(Class::getSimpleName)
                                .toList())
                .sorted()
                .toList();
    }

    private static String written(Consumer<JsonGenerator> body) {
        StringWriter out = new StringWriter();
        JsonGenerator generator = new RedactingJsonGenerator(JSON.createGenerator(out), new Redactor(POLICY));
        generator.writeStartObject();
        body.accept(generator);
        generator.writeEndObject();
        generator.close();
        return out.toString();
    }

    @Test
    void overridesEveryMethodThatWritesOrCopies() {
        assertThat(inherited(RedactingJsonGenerator.class)).isEmpty();
    }

    @Test
    void masksWhatIsWrittenUnderASensitiveNameByAnyMethod() {
        List<Consumer<JsonGenerator>> ways = List.of(
                g -> g.writeString("hunter2"),
                g -> g.writeString("hunter2".toCharArray(), 0, 7),
                g -> g.writeString(new SerializedString("hunter2")),
                g -> g.writeString(new StringReader("hunter2"), -1),
                g -> g.writeUTF8String("hunter2".getBytes(StandardCharsets.UTF_8), 0, 7),
                g -> g.writeRawUTF8String("hunter2".getBytes(StandardCharsets.UTF_8), 0, 7),
                g -> g.writeRawValue("\"hunter2\""),
                g -> g.writeRawValue(new SerializedString("\"hunter2\"")),
                g -> g.writeNumber(1232),
                g -> g.writeNumber((short) 1232),
                g -> g.writeNumber(1232L),
                g -> g.writeNumber(1232.5),
                g -> g.writeNumber(1232.5f),
                g -> g.writeNumber("1232"),
                g -> g.writeNumber("1232".toCharArray(), 0, 4),
                g -> g.writeBinary("hunter2".getBytes(StandardCharsets.UTF_8)),
                g -> g.writeBinary(new ByteArrayInputStream("hunter2".getBytes(StandardCharsets.UTF_8)), 7),
                g -> g.writePOJO(List.of("hunter2")),
                g -> g.writePOJO(Map.of("a", "hunter2")),
                g -> g.writeTree(JSON.valueToTree(List.of("hunter2"))),
                g -> g.writeEmbeddedObject("hunter2".getBytes(StandardCharsets.UTF_8)),
                g -> g.writeArray(new int[] {1232}, 0, 1),
                g -> g.writeArray(new String[] {"hunter2"}, 0, 1),
                g -> {
                    g.writeStartArray();
                    g.writeStartObject();
                    g.writeName("x");
                    g.writeRaw("hunter2");
                    g.writeEndObject();
                    g.writeEndArray();
                });
        for (Consumer<JsonGenerator> way : ways) {
            assertThat(written(g -> {
                        g.writeName("userPassword");
                        way.accept(g);
                        g.writeName("next");
                        g.writeString("x");
                    }))
                    .isEqualTo("{\"userPassword\":\"****\",\"next\":\"x\"}");
        }
    }

    @Test
    void leavesNullTrueAndEmptyAlone() {
        assertThat(written(g -> {
                    g.writeNullProperty("password");
                    g.writeBooleanProperty("secret", true);
                    g.writeStringProperty("token", "");
                }))
                .isEqualTo("{\"password\":null,\"secret\":true,\"token\":\"\"}");
    }

    @Test
    void searchesRawJsonAndLeavesItAsItIsIfClean() {
        assertThat(written(g -> {
                    g.writeName("a");
                    g.writeRawValue("{ \"x\" : 1.0E2 }");
                    g.writeName("b");
                    g.writeRawValue("{ \"x\" : {\"pass\\u0077ord\": [1]} }");
                    g.writeName("c");
                    g.writeRawValue("not json, password=hunter2\n");
                    g.writeName("d");
                    g.writeRawValue("{} , \"level\":\"x\"");
                }))
                .isEqualTo("{\"a\":{ \"x\" : 1.0E2 },\"b\":{\"x\":{\"password\":\"****\"}},"
                        + "\"c\":\"not json, password=****\\n\",\"d\":\"{} , \\\"level\\\":\\\"x\\\"\"}");
    }

    @Test
    void refusesRawFragmentsWithSecrets() {
        assertThatThrownBy(() -> written(g -> {
                    g.writeName("a");
                    g.writeRaw("\"password\":\"hunter2\"");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void masksTheValueOfANameThatIsItselfAValue() {
        assertThat(written(g -> g.writePOJOProperty(
                        "headers", List.of(new Pair("Authorization", "x"), new Pair("Accept", "text/html")))))
                .isEqualTo("{\"headers\":[{\"name\":\"Authorization\",\"value\":\"****\"},"
                        + "{\"name\":\"Accept\",\"value\":\"text/html\"}]}");
    }

    @Test
    void keepsHiddenNamesApart() {
        assertThat(written(g -> {
                    g.writeNumberProperty("4111111111111111", 1);
                    g.writeNumberProperty("5555555555554444", 2);
                }))
                .isEqualTo("{\"****\":1,\"****#2\":2}");
    }

    @Test
    void searchesBinaryData() {
        assertThat(written(g -> {
                    g.writeName("a");
                    g.writeBinary(Base64Variants.MIME, "password=hunter2".getBytes(StandardCharsets.UTF_8), 0, 16);
                    g.writeName("b");
                    g.writeBinary(new byte[] {1, 2, 3});
                }))
                .isEqualTo("{\"a\":\"****\",\"b\":\"AQID\"}");
    }

    public record Pair(String name, String value) {}
}
