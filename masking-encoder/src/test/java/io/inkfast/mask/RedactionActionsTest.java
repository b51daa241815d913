package io.inkfast.mask;

import static net.logstash.logback.argument.StructuredArguments.kv;
import static org.assertj.core.api.Assertions.assertThat;

import io.inkfast.internal.Settings;
import io.inkfast.mask.scan.TextScanner;
import io.inkfast.mask.scan.Types;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import net.logstash.logback.marker.Markers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Actions as a user meets them: by type, by name and by path, in texts and in JSON. */
class RedactionActionsTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String CARD = "4111111111111111";

    @TempDir
    Path directory;

    private Encoding encoding(String elements) throws Exception {
        return Encoding.with(
                directory,
                "<redaction><keyset>" + TestKeyset.in(directory).reference() + "</keyset>" + elements + "</redaction>");
    }

    private static JsonNode last(Encoding encoding) {
        assertThat(encoding.complaints()).isEmpty();
        return JSON.readTree(encoding.last());
    }

    private TextScanner scanner(String... elements) throws Exception {
        Redaction redaction = new Redaction();
        redaction.setKeyset(TestKeyset.in(directory).reference());
        for (String element : elements) {
            if (element.startsWith("field ")) {
                redaction.addField(element.substring(6));
            } else {
                redaction.addType(element);
            }
        }
        Settings settings = new Settings();
        Policy policy = redaction.compile(settings);
        assertThat(settings.problems()).isEmpty();
        return policy.rules().newScanner();
    }

    @Test
    void aTypeHasOneActionInEveryChannel() throws Exception {
        try (Encoding encoding = encoding("<type>pan = keepFirstLast(6,4)</type><type>SECRET = hash</type>")) {
            encoding.context().getMDCAdapter().put("card", CARD);
            encoding.logger()
                    .atInfo()
                    .addMarker(Markers.append("m", Map.of("x", CARD)))
                    .addKeyValue("pan", Long.parseLong(CARD))
                    .addKeyValue("n", Long.parseLong(CARD))
                    .addKeyValue("password", "hunter2")
                    .log("paid with {} password={} {}", CARD, "hunter2", kv("dbPassword", "hunter2"));
            JsonNode line = last(encoding);
            String hash = line.get("password").asString();
            assertThat(hash).startsWith("\u2039secret:h1:");
            assertThat(line.get("message").asString())
                    .isEqualTo("paid with 411111****1111 password=" + hash + " dbPassword=" + hash);
            assertThat(line.get("dbPassword").asString()).isEqualTo(hash);
            for (String name : List.of("card", "pan", "n")) {
                assertThat(line.get(name).asString()).isEqualTo("411111****1111");
            }
            assertThat(line.get("m").get("x").asString()).isEqualTo("411111****1111");
        }
    }

    @Test
    void aFieldHasItsOwnAction() throws Exception {
        try (Encoding encoding = encoding("<field>customerNote = hash</field><field>serial = keepLast(4)</field>"
                + "<field>gone = remove</field><field>order.items[*].id = replace(id)</field>")) {
            encoding.context().getMDCAdapter().put("gone", "g1");
            encoding.context().getMDCAdapter().put("Serial", "abcdefgh6789");
            Map<String, Object> item = new LinkedHashMap<>();
            item.put("id", 17);
            item.put("gone", List.of("g2"));
            item.put("qty", 2);
            encoding.logger()
                    .atInfo()
                    .addMarker(Markers.appendRaw("order", "{\"items\":[{\"id\":1}]}"))
                    .addKeyValue("order", Map.of("items", List.of(item)))
                    .addKeyValue("customer_note", 123)
                    .addKeyValue("a", Map.of("customerNote", "123"))
                    .addKeyValue("b", Map.of("customerNote", List.of("123")))
                    .addKeyValue("c", UUID.fromString("4bf92f35-77b3-4da6-a3ce-929d0e0e4736"))
                    .log("customerNote={} serial: {} gone={} next", "123", "abcdefgh6789", "g3");
            JsonNode line = last(encoding);
            String hash = line.get("customer_note").asString();
            assertThat(hash).startsWith("\u2039customerNote:h1:");
            assertThat(line.get("a").get("customerNote").asString()).isEqualTo(hash);
            assertThat(line.get("b").get("customerNote").asString()).isEqualTo("****");
            assertThat(line.get("message").asString())
                    .isEqualTo("customerNote=" + hash + " serial: ****6789 gone=\"\" next");
            assertThat(line.get("Serial").asString()).isEqualTo("****6789");
            assertThat(line.has("gone")).isFalse();
            assertThat(encoding.last())
                    .contains("\"order\":{\"items\":[{\"id\":\"id\",\"qty\":2}]}")
                    .contains("\"order_1\":{\"items\":[{\"id\":\"id\"}]}");
        }
    }

    @Test
    void nullAndEmptyStayAsTheyAre() throws Exception {
        try (Encoding encoding = encoding("<field>note = hash</field>")) {
            Map<String, Object> values = new LinkedHashMap<>();
            values.put("note", null);
            values.put("Note", "");
            encoding.logger().atInfo().addKeyValue("v", values).log("x");
            last(encoding);
            assertThat(encoding.last()).contains("\"v\":{\"note\":null,\"Note\":\"\"}");
        }
    }

    @Test
    void aTokenIsOpenedAgainAndAForgedOneIsNot() throws Exception {
        TextScanner scanner = scanner("secret = token");
        String redacted = scanner.redact("password=hunter2, ok");
        assertThat(scanner.redact(redacted)).isEqualTo(redacted);
        String token = redacted.substring("password=".length(), redacted.indexOf(','));
        assertThat(TestPseudonyms.reveal(directory, token)).isEqualTo("hunter2");
        String forged = "password=\u2039password:t1:hunter2\u203a";
        assertThat(scanner.redact(forged)).doesNotContain("hunter2").isEqualTo(scanner.redact(scanner.redact(forged)));
        String inText = "see \u2039password:t1:hunter2\u203a";
        assertThat(scanner.redact(inText)).doesNotContain("hunter2");
    }

    @Test
    void whatIsInATokenIsNotSearched() throws Exception {
        String token = "\u2039pan:t1:AQutyv4rLgSxaqV3rt3ZwEQZTbf-Cxc52a5fK1VkKVY-Z1Xm2VoxuQ\u203a";
        TextScanner scanner = scanner("field pan = mask");
        for (String text :
                List.of("x " + token + " y", "pan=" + token, "{\"pan\":\"" + token + "\"}", "pan: " + token + ".")) {
            assertThat(scanner.redact(text)).isEqualTo(text);
        }
        assertThat(scanner.redact("pan=" + token.replace('Q', 'R') + " x"))
                .doesNotContain("AQutyv4")
                .doesNotContain("ARutyv4");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mask",
                "keepLast(4)",
                "keepLast(1)",
                "keepFirstLast(1,3)",
                "hash",
                "token",
                "remove",
                "replace(gone)",
                "replace(not shown)",
                "replace([not, shown])",
                "replace(<gone>)",
                "replace(\"gone\")",
                "replace(--)",
                "replace(gone.)",
                "replace(a/b)"
            })
    void redactedTextsAreRedactedAlready(String action) throws Exception {
        TextScanner scanner = scanner(
                "secret = " + action,
                "pan = " + (action.startsWith("keepL") ? "keepLast(4)" : action),
                "token = " + action,
                "cookie = " + action,
                "credentials = " + action,
                "cardCode = " + action,
                "field note = " + action);
        for (String text : TEXTS) {
            String once = scanner.redact(text);
            assertThat(once)
                    .as(text)
                    .isNotEqualTo(text)
                    .doesNotContain("[withheld]")
                    .doesNotContain("canary");
            assertThat(scanner.redact(once)).as(text).isEqualTo(once);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"mask", "keepLast(4)", "keepFirstLast(2,2)", "hash", "token", "remove", "replace(not [shown])"})
    void theCorpusRedactedOnceIsRedactedAlready(String action) throws Exception {
        TextScanner scanner = scanner(
                Types.names().stream().map(type -> type + " = " + action).toArray(String[]::new));
        String corpus = corpus();
        assertThat(corpus.lines().filter(line -> !scanner.redact(line).equals(line)))
                .hasSizeGreaterThan(100)
                .allSatisfy(line -> {
                    String once = scanner.redact(line);
                    assertThat(once).isNotEqualTo(TextScanner.WITHHELD);
                    assertThat(scanner.redact(once)).isEqualTo(once);
                });
    }

    private static String corpus() throws IOException {
        try (InputStream in = RedactionActionsTest.class.getResourceAsStream("corpus.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static final List<String> TEXTS = List.of(
            "password=hunter2canary next",
            "password=hunter2canary",
            "password=hunter2canary, user=joe",
            "[password=hunter2canary, user=joe]",
            "[password=two wordscanary here, user=joe]",
            "password: hunter2canary next",
            "password: \"hunter2canary and more\" next",
            "{\"password\":\"hunter2canary\",\"x\":1}",
            "{\"a\":\"{\\\"password\\\":\\\"hunter2canary\\\"}\"}",
            "?password=hunter2canary&x=1",
            "<password>hunter2canary</password>",
            "--password hunter2canary next",
            "note=hunter2canary next; note=\"a canary\"",
            "note: canary123",
            "paid with 4111 1111 1111 1111 now",
            "paid with 4111111111111111",
            "pan=4111111111111111&cvv=123 x",
            "https://joe:hunter2canary@host/x",
            "Cookie: a=canary; b=canary",
            "Authorization: Bearer abcdefcanary012345",
            "use ghp_0123456789abcdefghijABCDEFGHIJ012345 now");

    @ParameterizedTest
    @ValueSource(strings = {"replace(password=x)", "replace(secret=gone)", "replace(4111111111111111)"})
    void aReplacementThatIsSensitiveItselfIsRefused(String action) {
        Redaction redaction = new Redaction();
        redaction.addField("note = " + action);
        Settings settings = new Settings();
        redaction.compile(settings);
        assertThat(settings.problems()).hasSize(1).first().asString().contains("the text would itself be redacted");
    }

    @Test
    void everyMistakeIsSaidAtOnceAndEverythingIsRedacted() {
        try (Encoding encoding = Encoding.with(
                directory,
                "<redaction><type>emai = hash</type><type>email = hash</type><type>pan = mask</type><type>PAN = mask</type>"
                        + "<type>ip</type><field>a[ = mask</field><keyset>vault:x</keyset></redaction>")) {
            encoding.logger().info("hello {}", CARD);
            assertThat(encoding.last())
                    .contains("event withheld")
                    .doesNotContain("hello")
                    .doesNotContain(CARD);
            assertThat(encoding.complaints())
                    .anyMatch(c -> c.contains("<type> [emai = hash]: [emai] is not one of secret, token")
                            && c.contains("did you mean email?"))
                    .anyMatch(c -> c.contains("<type> [PAN = mask]: there is another action for this type"))
                    .anyMatch(c -> c.contains("<type> [ip] must be a type and an action"))
                    .anyMatch(c -> c.contains("<field> [a[ = mask] is neither a name nor a path"))
                    .anyMatch(c -> c.contains("<keyset>"))
                    .noneMatch(c -> c.contains("needs <keyset>"));
        }
    }
}
