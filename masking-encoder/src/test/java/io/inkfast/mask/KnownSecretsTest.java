package io.inkfast.mask;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import io.inkfast.component.EventRedactor;
import io.inkfast.internal.Settings;
import io.inkfast.mask.scan.Profile;
import io.inkfast.mask.scan.Rules;
import io.inkfast.mask.scan.TextScanner;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.event.KeyValuePair;

class KnownSecretsTest {

    private static final String VALUE = "Tr0ub4dor & \"3\"/\u00fc<";

    @TempDir
    Path directory;

    private final Settings settings = new Settings();
    private final LoggerContext context = new LoggerContext();
    private List<String> notes = List.of();

    private TextScanner scanner(Map<String, String> environment, String... texts) {
        Rules.Builder rules = new Rules.Builder(List.of(Profile.SECRETS));
        notes = new KnownSecretElements(settings, environment, Map.of("vault.token", "from-the-context"))
                .add(List.of(texts), rules);
        return rules.build().newScanner();
    }

    @Nested
    class Forms {

        private final TextScanner scanner = scanner(Map.of("DB_PASSWORD", VALUE), "env:*_PASSWORD");

        private void hides(String text) {
            assertThat(scanner.redact("<" + text + ">")).as(text).isEqualTo("<****>");
        }

        @Test
        void plainAndEscapedForJson() {
            hides(VALUE);
            String json = VALUE.replace("\"", "\\\"");
            hides(json);
            hides(json.replace("\\", "\\\\").replace("\"", "\\\""));
            hides(json.replace("/", "\\/"));
        }

        @Test
        void percentEncoded() {
            String form = URLEncoder.encode(VALUE, StandardCharsets.UTF_8);
            hides(form);
            hides(form.replace("+", "%20"));
            hides(form.replace("%2F", "%2f").replace("%C3%BC", "%c3%bc").replace("%3C", "%3c"));
        }

        @Test
        void escapedForXml() {
            String xml = VALUE.replace("&", "&amp;").replace("<", "&lt;");
            hides(xml);
            hides(xml.replace("\"", "&quot;"));
        }

        @Test
        void hexadecimal() {
            byte[] bytes = VALUE.getBytes(StandardCharsets.UTF_8);
            hides(HexFormat.of().formatHex(bytes));
            hides(HexFormat.of().withUpperCase().formatHex(bytes));
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "u", "us", "usr", "user"})
        void base64WhereverItBegins(String before) {
            for (String after : new String[] {"", "x", "yz", "abc"}) {
                byte[] bytes = (before + VALUE + after).getBytes(StandardCharsets.UTF_8);
                for (Base64.Encoder encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
                    String text = "<" + encoder.encodeToString(bytes) + ">";
                    String shown = scanner.redact(text);
                    assertThat(shown).contains("****").hasSizeLessThan(text.length() - VALUE.length());
                    for (int i = 0; i + 6 < VALUE.length(); i++) {
                        String part = Base64.getEncoder()
                                .withoutPadding()
                                .encodeToString(VALUE.substring(i, i + 6).getBytes(StandardCharsets.UTF_8));
                        assertThat(shown).doesNotContain(part.substring(0, part.length() - 1));
                    }
                }
            }
        }

        @Test
        void caseCounts() {
            String other = "TR0UB4DOR & \"3\"/\u00fc<";
            assertThat(scanner.redact(other)).isEqualTo(other);
        }

        @Test
        void theLongestOfSeveralWins() {
            TextScanner several = scanner(
                    Map.of(
                            "A_TOKEN",
                            "abcdefgh",
                            "B_TOKEN",
                            "abcdefghijkl",
                            "C_TOKEN",
                            "efghijkl",
                            "D_TOKEN",
                            "abcdefgh"),
                    "env:*_TOKEN");
            assertThat(several.redact("abcdefghijkl abcdefgh efghijkl abcdefg")).isEqualTo("**** **** **** abcdefg");
        }
    }

    @Nested
    class Places {

        @Test
        void variablesPropertiesAndFiles() throws Exception {
            Files.writeString(directory.resolve("one"), " file-secret-1\n");
            Files.writeString(directory.resolve("two"), "file-secret-2");
            System.setProperty("known.secrets.test.secret", "property-secret");
            try {
                TextScanner scanner = scanner(
                        Map.of("API_TOKEN", "env-secret", "PATH", "/usr/local/bin"),
                        "env:API_TOKEN, property:known.*.secret , context:vault.token",
                        "file:" + directory + "/*");
                assertThat(scanner.redact("env-secret property-secret from-the-context file-secret-1 file-secret-2"))
                        .isEqualTo("**** **** **** **** ****");
                assertThat(scanner.redact("/usr/local/bin")).isEqualTo("/usr/local/bin");
                assertThat(settings.problems()).isEmpty();
                assertThat(notes).isEmpty();
            } finally {
                System.clearProperty("known.secrets.test.secret");
            }
        }

        @Test
        void namesTheVariableAndNotTheValueThatIsTooShort() {
            TextScanner scanner = scanner(
                    Map.of("DB_PASSWORD", "abcde", "E", ""),
                    "env:*_PASSWORD",
                    "env:E",
                    "env:NONE",
                    "env:NONE*",
                    "file:/no/such/*");
            assertThat(scanner.redact("abcde")).isEqualTo("abcde");
            assertThat(notes)
                    .containsExactly(
                            "<knownSecrets>: the value of [env:DB_PASSWORD] is shorter than 6 characters and is not looked"
                                    + " for",
                            "<knownSecrets>: [env:E] is empty",
                            "<knownSecrets> [env:NONE] is not set",
                            "<knownSecrets> [file:/no/such/*]: there is no such directory");
        }

        @Test
        void reportsWhatCannotBeRead() {
            scanner(Map.of(), "environment:X, env:, propety:x, file:" + directory + "/none");
            assertThat(settings.problems())
                    .containsExactly(
                            "<knownSecrets> [environment:X] is not env:NAME, property:NAME, context:NAME or file:PATH",
                            "<knownSecrets> [env:] is not env:NAME, property:NAME, context:NAME or file:PATH",
                            "<knownSecrets> [propety:x] is not env:NAME, property:NAME, context:NAME or file:PATH; did"
                                    + " you mean property?",
                            "<knownSecrets> [file:" + directory + "/none] cannot be read"
                                    + " [java.nio.file.NoSuchFileException]");
        }
    }

    @Nested
    class AtRunTime {

        @Test
        void hidesAValueFromTheMomentItIsAddedEvenInANameThatWasSeenBefore() {
            try (Encoding encoding = Encoding.with(directory, "")) {
                encoding.logger().atInfo().addKeyValue("vault-value-1", 1).log("vault-value-1");
                assertThat(encoding.last()).contains("\"message\":\"vault-value-1\"", "\"vault-value-1\":1");
                assertThat(KnownSecrets.add("vault-value-1")).isTrue();
                encoding.logger().atInfo().addKeyValue("vault-value-1", 1).log("vault-value-1");
                assertThat(encoding.last()).doesNotContain("vault-value-1").contains("\"message\":\"****\"");
                assertThat(KnownSecrets.remove("vault-value-1")).isTrue();
                encoding.logger().info("vault-value-1");
                assertThat(encoding.last()).contains("vault-value-1");
            }
        }

        @Test
        void hidesAWholeNumberInWhatIsStored() {
            context.setMDCAdapter(new LogbackMDCAdapter());
            Redaction redaction = new Redaction();
            redaction.setContext(context);
            EventRedactor redactor = redaction.forStorage(redaction, problem -> {
                throw new IllegalStateException(problem);
            });
            LoggingEvent event = new LoggingEvent("x", context.getLogger("a"), Level.INFO, "got {}", null, null);
            event.setArgumentArray(new Object[] {483_920});
            event.addKeyValuePair(new KeyValuePair("reading", 4_839_201L));
            assertThat(redactor.redact(event).getArgumentArray()).containsExactly(483_920);
            try {
                assertThat(KnownSecrets.addAll(List.of("483920", "4839201"))).isTrue();
                ILoggingEvent stored = redactor.redact(event);
                assertThat(stored.getArgumentArray()).doesNotContain(483_920);
                assertThat(stored.getKeyValuePairs().get(0).value).isNotEqualTo(4_839_201L);
                assertThat(stored.getFormattedMessage()).doesNotContain("483920");
            } finally {
                KnownSecrets.remove("483920");
                KnownSecrets.remove("4839201");
            }
        }

        @Test
        void hidesAPropertyOfTheContextThatWasSeenBefore() {
            context.setMDCAdapter(new LogbackMDCAdapter());
            context.putProperty("note", "vault-value-3");
            Redaction redaction = new Redaction();
            redaction.setContext(context);
            EventRedactor redactor = redaction.forStorage(redaction, problem -> {
                throw new IllegalStateException(problem);
            });
            LoggingEvent event = new LoggingEvent("x", context.getLogger("a"), Level.INFO, "m", null, null);
            assertThat(redactor.redact(event).getLoggerContextVO().getPropertyMap())
                    .containsEntry("note", "vault-value-3");
            try {
                KnownSecrets.add("vault-value-3");
                assertThat(redactor.redact(event).getLoggerContextVO().getPropertyMap())
                        .containsEntry("note", "****");
            } finally {
                KnownSecrets.remove("vault-value-3");
            }
        }

        @Test
        void keepsTheOldestWhenThereAreTooMany() {
            List<String> values =
                    IntStream.range(0, 1_001).mapToObj(i -> "vault-value-" + i).toList();
            try (Encoding encoding = Encoding.with(directory, "")) {
                assertThat(KnownSecrets.addAll(values)).isFalse();
                encoding.logger().info("vault-value-999 vault-value-1000");
                assertThat(encoding.last()).contains("\"message\":\"**** ****0\"");
            } finally {
                values.forEach(KnownSecrets.SHARED::remove);
            }
            assertThat(KnownSecrets.SHARED.size()).isZero();
            assertThat(KnownSecrets.SHARED.current()).isNull();
        }

        @Test
        void refusesShortOnes() {
            assertThat(KnownSecrets.add("short")).isFalse();
        }

        @Test
        void neverTellsAValue() {
            KnownSecrets.add("vault-value-2");
            try {
                assertThat(KnownSecrets.SHARED.toString() + KnownSecrets.SHARED.current())
                        .isEqualTo("1 known valuesknown values");
            } finally {
                KnownSecrets.remove("vault-value-2");
            }
        }
    }
}
