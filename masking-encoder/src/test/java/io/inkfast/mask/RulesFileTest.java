package io.inkfast.mask;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RulesFileTest {

    @TempDir
    Path directory;

    private Encoding with(String json, String elements) throws IOException {
        Path file = directory.resolve("rules.json");
        Files.writeString(file, json);
        return Encoding.with(directory, "<redaction><rules>file:" + file + "</rules>" + elements + "</redaction>");
    }

    @Test
    void addsToTheElements() throws Exception {
        String json = """
                {
                  "fields": ["customerNote", "order.serial = keepLast(4)"],
                  "allow": "sessionToken",
                  "types": ["shelf = replace(card)"],
                  "patterns": [{"name": "shelf", "regex": "CARD-[0-9]{4,8}:-", "maxMatch": 64}]
                }""";
        try (Encoding encoding = with(json, "<field>other</field>")) {
            for (int start = 0; start < 2; start++) {
                encoding.logger().info("CARD-123456:- customerNote=a other=b sessionToken=visible CARD-123:-");
                assertThat(encoding.last())
                        .contains("\"message\":\"card customerNote=**** other=**** sessionToken=visible CARD-123:-\"");
                assertThat(encoding.complaints()).isEmpty();
                encoding.encoder().stop();
                encoding.encoder().start();
            }
        }
    }

    @Test
    void reportsUnknownKeysAndWrongValues() throws Exception {
        String json = """
                {"field": ["a"], "allow": [1], "patterns": [{"regx": "KEY1", "name": "x"}, 5]}""";
        try (Encoding encoding = with(json, "")) {
            encoding.logger().info("hello");
            assertThat(encoding.last())
                    .contains("the redaction is misconfigured")
                    .doesNotContain("hello");
            String setting = "ERROR <rules> [file:" + directory.resolve("rules.json") + "]";
            assertThat(encoding.complaints())
                    .contains(
                            setting
                                    + ": [field] is not one of fields, allow, types, patterns, knownSecrets; did you mean"
                                    + " fields?",
                            setting + ": [allow] is not a text or a list of texts",
                            setting
                                    + ": [regx] is not one of name, literal, regex, action, maxMatch; did you mean regex?",
                            setting
                                    + ": [patterns] is not a list of objects with name, literal, regex, action, maxMatch",
                            "ERROR <regex> is required");
        }
    }

    @Test
    void reportsAFileThatIsMissingOrBad() throws Exception {
        try (Encoding encoding = Encoding.with(directory, "<redaction><rules>file:no-such.json</rules></redaction>")) {
            assertThat(encoding.complaints())
                    .contains("ERROR <rules> [file:no-such.json] cannot be read [java.nio.file.NoSuchFileException]");
        }
        try (Encoding encoding = Encoding.with(directory, "<redaction><rules>rules.json</rules></redaction>")) {
            assertThat(encoding.complaints()).contains("ERROR <rules> [rules.json] is not file:PATH or classpath:NAME");
        }
        try (Encoding encoding = Encoding.with(directory, "<redaction><rules>classpath:no.json</rules></redaction>")) {
            assertThat(encoding.complaints()).contains("ERROR <rules> [classpath:no.json] is not on the class path");
        }
        String place = "ERROR <rules> [file:" + directory.resolve("rules.json") + "]";
        try (Encoding encoding = with("{\"fields\":\n[\"a\",", "")) {
            assertThat(encoding.complaints())
                    .anyMatch(said -> said.startsWith(place + " is not JSON: error in line 2"));
        }
        try (Encoding encoding = with("{\"fields\":\"a\",\"fields\":\"b\"}", "")) {
            assertThat(encoding.complaints())
                    .anyMatch(said -> said.startsWith(place + " is not JSON: error in line 1"));
        }
        try (Encoding encoding = with("[]", "")) {
            assertThat(encoding.complaints()).contains(place + " is not a JSON object");
        }
    }
}
