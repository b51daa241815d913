package io.inkfast.mask;

import static net.logstash.logback.argument.StructuredArguments.kv;
import static org.assertj.core.api.Assertions.assertThat;

import io.inkfast.mask.text.Injection;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.logstash.logback.marker.Markers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MarkerFactory;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JsonInjectionTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String TAG = Character.toString(0xe0041);
    private static final String LAST = Character.toString(0x1ffff);
    private static final String HARM =
            "\u007f\u0085\u009b\u2028\u202e\u2066\u200b\ufeff\u00ad\u3164\ufffe" + TAG + LAST;

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"", "<redaction><profile>none</profile></redaction>"})
    void escapesWithoutLoss(String options) {
        try (Encoding encoding = Encoding.with(directory, options)) {
            String text = "x" + HARM + "👩\u200d🚀 pass\u200dwort 🚀";
            encoding.context().getMDCAdapter().put("mdc" + TAG, text);
            encoding.logger()
                    .atInfo()
                    .addMarker(Markers.appendRaw("raw", "{\"k" + HARM + "\" :\n \"" + text + "\"}"))
                    .addKeyValue("kv\u202e", Map.of("in\u2028ner", List.of(text)))
                    .log(text, new IllegalStateException(text));
            String line = encoding.last();
            for (int i = 0; i < line.length() - 2; i++) {
                assertThat(Injection.harmful(line, i) && !Character.isLowSurrogate(line.charAt(i)))
                        .as("%d in %s", i, line)
                        .isFalse();
            }
            JsonNode json = JSON.readTree(line);
            assertThat(json.get("message").stringValue()).isEqualTo(text);
            assertThat(json.get("mdc" + TAG).stringValue()).isEqualTo(text);
            assertThat(json.get("kv\u202e").get("in\u2028ner").get(0).stringValue())
                    .isEqualTo(text);
            assertThat(json.get("raw").get("k" + HARM).stringValue()).isEqualTo(text);
            assertThat(json.get("stack_trace").stringValue()).contains(text);
        }
    }

    /* Jackson's other generator sees each half of a pair alone. */
    @Test
    void escapesInOtherEncodingsToo() {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = new EscapingGenerator(JSON.createGenerator(out), new TopLevelNames(Set.of()))) {
            json.writeString("a" + TAG + "🚀" + LAST + "\u2028");
        }
        assertThat(out).hasToString("\"a\\uDB40\\uDC41🚀\\uD83F\\uDFFF\\u2028\"");
    }

    @Test
    void leavesJoinersWhereTheyJoin() {
        try (Encoding encoding = Encoding.with(directory, "")) {
            encoding.logger().info("👩\u200d🚀 می\u200cخواهم 🚀");
            assertThat(encoding.last()).contains("\"👩\u200d🚀 می\u200cخواهم 🚀\"");
            encoding.logger().info("pass\u200dwort 🚀");
            assertThat(encoding.last()).contains("\"pass\\u200Dwort 🚀\"");
        }
    }

    @Test
    void doesNotLetDataTakeTheEncodersNames() {
        String options = "<includeCallerData>true</includeCallerData><eventId>true</eventId>"
                + "<customFields>{\"level\":\"FAKE\",\"service\":\"x\",\"user\":\"custom\"}</customFields>";
        try (Encoding encoding = Encoding.with(directory, options)) {
            encoding.context().putProperty("logger_name", "fake");
            encoding.context().getMDCAdapter().put("@timestamp", "fake");
            encoding.context().getMDCAdapter().put("user", "mdc");
            encoding.logger()
                    .atInfo()
                    .addMarker(MarkerFactory.getMarker("REAL"))
                    .addMarker(Markers.append("tags", "fake").and(Markers.append("event.id", "fake")))
                    .addKeyValue("message", "fake")
                    .addKeyValue("stack_trace", "fake")
                    .addKeyValue("caller_class_name", "fake")
                    .addKeyValue("user", "pair")
                    .addKeyValue("user", "again")
                    .addKeyValue("message_1", "mine")
                    .log("real {}", kv("user", "argument"), new IllegalStateException("boom"));
            LinkedHashSet<String> keys = keys(encoding.last());
            JsonNode json = JSON.readTree(encoding.last());
            assertThat(json.get("message").stringValue()).isEqualTo("real user=argument");
            assertThat(json.get("level").stringValue()).isEqualTo("INFO");
            assertThat(json.get("logger_name").stringValue()).isEqualTo("com.shop.Checkout");
            assertThat(json.get("tags").get(0).stringValue()).isEqualTo("REAL");
            assertThat(json.get("stack_trace").stringValue()).contains("boom");
            assertThat(json.get("caller_class_name").stringValue()).isEqualTo(JsonInjectionTest.class.getName());
            assertThat(json.get("event.id").stringValue()).contains("-");
            assertThat(json.get("user").stringValue()).isEqualTo("mdc");
            assertThat(keys)
                    .contains(
                            "message_1", "message_1_1", "stack_trace_1", "caller_class_name_1", "event.id_1", "tags_1")
                    .contains("level_1", "logger_name_1", "@timestamp_1", "user_1", "user_2", "user_3", "user_4");
        }
    }

    @Test
    void leavesNamesBelowTheTopAlone() {
        try (Encoding encoding = Encoding.with(directory, "")) {
            encoding.logger()
                    .atInfo()
                    .addKeyValue("request", Map.of("message", "inner", "level", "inner"))
                    .log("x");
            assertThat(encoding.last()).contains("\"message\":\"inner\"").contains("\"level\":\"inner\"");
        }
    }

    /* Every name at the top, each of which must be there once. */
    private static LinkedHashSet<String> keys(String line) {
        LinkedHashSet<String> keys = new LinkedHashSet<>();
        try (JsonParser parser = JsonFactory.builder().build().createParser(ObjectReadContext.empty(), line)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                assertThat(keys.add(parser.currentName()))
                        .as(parser.currentName())
                        .isTrue();
                parser.nextToken();
                parser.skipChildren();
            }
        }
        return keys;
    }
}
