package io.inkfast.mask;

import static net.logstash.logback.argument.StructuredArguments.kv;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.logstash.logback.marker.Markers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Marker;
import org.slf4j.helpers.BasicMarkerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Profile strict: only what was declared harmless passes. */
class StrictTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    Path directory;

    private Encoding strict(String elements) {
        return Encoding.with(directory, "<redaction><profile>strict</profile>" + elements + "</redaction>");
    }

    private static JsonNode last(Encoding encoding) {
        assertThat(encoding.complaints()).isEmpty();
        return JSON.readTree(encoding.last());
    }

    @Test
    @SuppressWarnings("deprecation") // References of markers, which are printed as long as there are any.
    void noFieldsPassOfAMarkerThatAPlainOneRefersTo() {
        try (Encoding encoding = strict("")) {
            Marker plain = new BasicMarkerFactory().getDetachedMarker("AUDIT");
            plain.add(Markers.append("m", "canary1"));
            encoding.logger().info(plain, "x");
            assertThat(last(encoding).get("tags").get(0).asString()).isEqualTo("AUDIT");
            assertThat(encoding.last()).contains("\"m\":\"****\"");
        }
    }

    @Test
    void nothingOfTheDataPassesUnlisted() {
        try (Encoding encoding = strict("")) {
            encoding.context().getMDCAdapter().put("tenant", "canary1");
            encoding.logger()
                    .atInfo()
                    .addMarker(Markers.append("m", "canary2")
                            .and(Markers.appendEntries(Map.of("n", "canary3")))
                            .and(Markers.appendRaw("r", "{\"x\":\"canary4\"}")))
                    .addKeyValue("k", "canary5")
                    .addKeyValue("number", 12345678)
                    .addKeyValue("flag", true)
                    .addKeyValue("list", List.of("canary6", 7654321))
                    .addKeyValue("bean", new Bean("canary7"))
                    .setCause(new IllegalStateException("canary8", new RuntimeException("canary9")))
                    .log("took {} of {} at {}", "canary10", kv("s", "canary11"), 87654321);
            assertThat(last(encoding).get("message").asString()).isEqualTo("took **** of s=**** at ****");
            assertThat(encoding.last())
                    .doesNotContain("canary")
                    .doesNotContain("12345678")
                    .doesNotContain("7654321")
                    .contains("\"list\":[\"****\",\"****\"]", "\"bean\":{\"name\":\"****\"}", "\"flag\":\"****\"")
                    .contains(
                            "\"tenant\":\"****\"",
                            "\"r\":{\"x\":\"****\"}",
                            "\"s\":\"****\"",
                            "IllegalStateException: ****");
            JsonNode line = last(encoding);
            assertThat(line.get("level").asString()).isEqualTo("INFO");
            assertThat(line.get("logger_name").asString()).isEqualTo("com.shop.Checkout");
        }
    }

    @Test
    void listedNamesPassWhereverTheyAreUnlessTheirValueIsSensitive() {
        try (Encoding encoding = strict("<allow>orderNumber, tenant, m</allow>")) {
            encoding.context().getMDCAdapter().put("tenant", "acme");
            Map<String, Object> order = new LinkedHashMap<>();
            order.put("order_number", List.of(17, 18));
            order.put("note", "canary");
            encoding.logger()
                    .atInfo()
                    .addMarker(Markers.append("m", Map.of("orderNumber", 5, "x", "canary")))
                    .addKeyValue("orderNumber", 17)
                    .addKeyValue("order", order)
                    .log("orderNumber={} {} {} {}", 17, kv("orderNumber", "4111111111111111"), kv("tenant", "acme"), 3);
            JsonNode line = last(encoding);
            assertThat(line.get("message").asString()).isEqualTo("orderNumber=17 orderNumber=**** tenant=acme ****");
            assertThat(line.get("tenant").asString()).isEqualTo("acme");
            assertThat(encoding.last())
                    .contains("\"order\":{\"order_number\":[17,18],\"note\":\"****\"}")
                    .doesNotContain("canary")
                    .doesNotContain("4111");
            assertThat(line.get("m").get("orderNumber").asInt()).isEqualTo(5);
        }
    }

    @Test
    void markedValuesPassUnlessTheyAreSensitive() {
        try (Encoding encoding = strict("")) {
            encoding.logger()
                    .atInfo()
                    .addKeyValue("a", Safe.of("shown"))
                    .addKeyValue("b", Safe.of(Map.of("x", 17)))
                    .addKeyValue("c", new Marked("seen"))
                    .addKeyValue("d", Safe.of("4111111111111111"))
                    .addKeyValue("password", Safe.of("hunter2"))
                    .addKeyValue("e", Map.of("f", Safe.of(17), "g", 18))
                    .log("{} {} {}", Safe.of("one"), new Marked("two"), Safe.of("4111111111111111"));
            JsonNode line = last(encoding);
            assertThat(line.get("message").asString()).isEqualTo("one two ****");
            assertThat(line.get("a").asString()).isEqualTo("shown");
            assertThat(line.get("b").get("x").asInt()).isEqualTo(17);
            assertThat(line.get("c").get("name").asString()).isEqualTo("seen");
            assertThat(line.get("d").asString()).isEqualTo("****");
            assertThat(line.get("password").asString()).isEqualTo("****");
            assertThat(line.get("e").get("f").asInt()).isEqualTo(17);
            assertThat(line.get("e").get("g").asString()).isEqualTo("****");
        }
    }

    @Test
    void safeIsTheValueUnderOtherProfiles() {
        try (Encoding encoding = Encoding.with(directory, "")) {
            encoding.logger()
                    .atInfo()
                    .addKeyValue("a", Safe.of(Map.of("x", 17)))
                    .log("{}", Safe.of("one"));
            JsonNode line = last(encoding);
            assertThat(line.get("message").asString()).isEqualTo("one");
            assertThat(line.get("a").get("x").asInt()).isEqualTo(17);
        }
    }

    @Test
    void whatWasFixedOnTheCallersThreadIsNoMoreToBeSeen() {
        try (Encoding encoding = strict("<allow>x</allow>")) {
            encoding.logger()
                    .atInfo()
                    .addKeyValue("a", new LinkedHashMap<>(Map.of("x", 17)))
                    .addKeyValue("b", Safe.of(new LinkedHashMap<>(Map.of("y", 18))))
                    .addKeyValue("c", new LinkedHashMap<>(Map.of("z", "canary")))
                    .log("{}", kv("d", new LinkedHashMap<>(Map.of("z", "canary", "x", 19))));
            var frozen = encoding.encoder().freeze(encoding.sink().events.get(0));
            String line = new String(encoding.encoder().encode(frozen), StandardCharsets.UTF_8);
            assertThat(line)
                    .contains("\"a\":{\"x\":17}", "\"b\":{\"y\":18}", "\"c\":{\"z\":\"****\"}", "\"x\":19")
                    .doesNotContain("canary");
        }
    }

    @Test
    void theTypeOfTheRestIsUnlisted() {
        try (Encoding encoding = strict("<type>unlisted = replace(unlisted)</type>")) {
            encoding.logger().atInfo().addKeyValue("a", "x").log("{}", "y");
            JsonNode line = last(encoding);
            assertThat(line.get("message").asString()).isEqualTo("unlisted");
            assertThat(line.get("a").asString()).isEqualTo("unlisted");
        }
    }

    @Test
    void messagesWithoutArgumentsAreSearchedByEveryProfile() {
        try (Encoding encoding = strict("")) {
            encoding.logger().info("started, password=hunter2, card 4111111111111111");
            assertThat(last(encoding).get("message").asString()).isEqualTo("started, password=****, card ****");
        }
    }

    public record Bean(String name) {}

    /** As another library has it. */
    static final class Annotations {
        @Retention(RetentionPolicy.RUNTIME)
        @interface Safe {}
    }

    @Annotations.Safe
    public record Marked(String name) {
        @Override
        public String toString() {
            return name;
        }
    }
}
