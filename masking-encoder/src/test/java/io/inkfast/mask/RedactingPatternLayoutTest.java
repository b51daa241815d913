package io.inkfast.mask;

import static net.logstash.logback.argument.StructuredArguments.kv;
import static net.logstash.logback.argument.StructuredArguments.value;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.pattern.CompositeConverter;
import io.inkfast.mask.text.Injection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.logstash.logback.marker.Markers;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MarkerFactory;

class RedactingPatternLayoutTest {

    private static final String CARD = "4111111111111111";

    @TempDir
    Path directory;

    /** Prints what it should not. */
    public static final class Careless extends ClassicConverter {

        @Override
        public String convert(ILoggingEvent event) {
            return "careless\nforged " + CARD;
        }
    }

    /** Adds data of its own to what it gets. */
    public static final class CarelessComposite extends CompositeConverter<ILoggingEvent> {

        @Override
        protected String transform(ILoggingEvent event, String in) {
            return "\u001b[31m" + in + "\u001b[0m token=ghp_0123456789abcdefghijABCDEFGHIJ012345\nforged\u001b]0;title";
        }
    }

    /** Rewrites what it gets. */
    public static final class Rewriting extends CompositeConverter<ILoggingEvent> {

        @Override
        protected String transform(ILoggingEvent event, String in) {
            return in.replace('o', '0');
        }
    }

    private static final String RULES =
            """
            <conversionRule conversionWord="careless" class="%s"/>
            <conversionRule conversionWord="around" class="%s"/>
            <conversionRule conversionWord="rewrite" class="%s"/>
            """.formatted(Careless.class.getName(), CarelessComposite.class.getName(), Rewriting.class.getName());

    @Test
    void printsCleanEventsAsPatternLayoutDoes() {
        String pattern =
                "%-5level [%thread] %logger{12} %X{user:-none} %marker - %highlight(%msg) %kvp %replace(%msg){'o','0'}%n";
        try (PatternOutput ours = PatternOutput.of(directory, pattern);
                PatternOutput plain = PatternOutput.plain(directory, pattern)) {
            for (PatternOutput each : List.of(ours, plain)) {
                each.context().getMDCAdapter().put("user", "anna");
                each.logger()
                        .atWarn()
                        .addMarker(MarkerFactory.getMarker("AUDIT"))
                        .addKeyValue("order", 17)
                        .log("shipped {} to {}", "book", "Köln");
            }
            assertThat(ours.last())
                    .isEqualTo(plain.last())
                    .startsWith("WARN  [" + Thread.currentThread().getName() + "] c.s.Checkout anna AUDIT - \u001b[31m")
                    .endsWith(" order=\"17\" shipped b00k t0 Köln\n");
            assertThat(ours.harness().complaints()).isEmpty();
        }
    }

    @Test
    void masksByNameInEachChannel() {
        try (PatternOutput output = PatternOutput.of(
                directory,
                "%msg | %X{password} | %X | %kvp | %maskedKvp{order} | %kvp{NONE} | %marker | %property{db.password}"
                        + " | %prefix(%X{password} %level) %n")) {
            output.context().getMDCAdapter().put("password", "hunter-22 x");
            System.setProperty("db.password", "hunter-22 x");
            output.logger()
                    .atInfo()
                    .addMarker(Markers.append("password", "hunter-22 x"))
                    .addKeyValue("apiKey", "hunter-22 x")
                    .addKeyValue("order", "17")
                    .addKeyValue("nested", Map.of("password", "hunter-22 x"))
                    .log(
                            "password={} {} {}",
                            "hunter-22 x",
                            kv("password", "hunter-22 x"),
                            value("pwd", "hunter-22 x"));
            System.clearProperty("db.password");
            assertThat(output.last())
                    .doesNotContain("hunter")
                    .startsWith(
                            "password=**** password=**** **** | **** | password=**** | apiKey=\"****\" order=\"17\"")
                    .contains("order=\"XXX\"")
                    .endsWith(" | password=**** | **** | password=**** level=INFO \n");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%.-20msg%n",
                "%.12msg%n",
                "%.-24replace(%msg){'x','y'}%n",
                "%.-30(%msg) %n",
                "%-40.-25kvp%n",
                "%.-25X{note}%n"
            })
    void cutsAfterItRedacted(String pattern) {
        String text = "paid card " + CARD + " x";
        try (PatternOutput output = PatternOutput.of(directory, pattern)) {
            output.context().getMDCAdapter().put("note", text);
            output.logger().atInfo().addKeyValue("note", text).log(text);
            assertThat(output.last())
                    .doesNotContain("4111")
                    .doesNotContain("1111")
                    .contains("*");
        }
    }

    @Test
    void printsOneLineForOneEvent() {
        String forged = "x\r\n2026-01-01 INFO forged\u0085\u2028\u001b[2J\u009b1m\u202e\t";
        try (PatternOutput output = PatternOutput.of(directory, "[%thread] %msg %X %kvp %marker%n")) {
            String thread = Thread.currentThread().getName();
            Thread.currentThread().setName(forged);
            output.context().getMDCAdapter().put("k\n", forged);
            output.logger()
                    .atInfo()
                    .addMarker(MarkerFactory.getDetachedMarker("m\nforged"))
                    .addKeyValue("a\nb", forged)
                    .log(forged);
            Thread.currentThread().setName(thread);
            assertThat(output.last().lines()).hasSize(1);
            assertThat(output.last().replace("\n", ""))
                    .matches("[ -~]+")
                    .contains("x\\r\\n2026-01-01 INFO forged\\u0085\\u2028\\u001B[2J");
        }
    }

    @Test
    void neverBeginsALineWithData() {
        RuntimeException thrown = new IllegalStateException(
                "one\n2026-01-01 INFO forged", new IllegalArgumentException("two\r\nforged password=hunter22"));
        thrown.addSuppressed(new RuntimeException("three\nforged"));
        for (String ex : List.of(
                "", "%ex", "%xEx", "%rEx", "%rootException", "%throwable{2}", "%caller{2}%ex", "%highlight(%n%ex)")) {
            try (PatternOutput output = PatternOutput.of(directory, "%level %msg%n" + ex)) {
                output.logger().info("multi\nline", thrown);
                assertThat(output.last()).as(ex).doesNotContain("hunter").doesNotContain("\nforged");
                List<String> lines = output.last().lines().toList();
                assertThat(lines.get(0)).isEqualTo("INFO multi\\nline");
                assertThat(lines.stream().skip(1))
                        .as(ex)
                        .allMatch(line -> line.startsWith("\t") || line.startsWith("| ") || line.startsWith("\u001b"));
                assertThat(output.last()).contains("| ").contains("two\\r\\nforged password=****");
            }
        }
    }

    @Test
    void keepsPatternsThatPutStackTracesOnOneLine() {
        try (PatternOutput output =
                PatternOutput.of(directory, "%level %msg %replace(%ex){'[\\r\\n\\t]+', ' ~ '}%nopex%n")) {
            output.logger().info("x", new IllegalStateException("boom"));
            assertThat(output.last().lines()).hasSize(1);
            assertThat(output.last()).startsWith("INFO x java.lang.IllegalStateException: boom ~ at ");
        }
    }

    @Test
    void printsNoExceptionIfThePatternSaysSo() {
        try (PatternOutput output = PatternOutput.of(directory, "%msg%nopex%n")) {
            output.logger().info("x", new IllegalStateException("boom"));
            assertThat(output.last()).isEqualTo("x\n");
        }
    }

    @Test
    void guardsConvertersOfOthers() {
        try (PatternOutput output =
                PatternOutput.of(directory, "%msg %careless %around(%msg) %rewrite(foo %msg%n%ex)", "", RULES)) {
            output.logger().info("hello\nworld", new IllegalStateException("boom"));
            assertThat(output.last())
                    .startsWith("hello\\nworld careless\\nforged **** \u001b[31mhello\\nworld\u001b[0m token=****")
                    .contains("f00 hell0\\nw0rld\n| java.lang.IllegalStateExcepti0n: b00m\n\tat ")
                    .doesNotContain("\nforged")
                    .doesNotContain("\u001b]");
        }
    }

    @Test
    void knowsTheWordRedact() {
        try (PatternOutput output = PatternOutput.of(directory, "%redact(%msg) %n")) {
            output.logger().info("password=hunter22");
            assertThat(output.last()).isEqualTo("password=**** \n");
        }
        String rule = "<conversionRule conversionWord=\"redact\" class=\"io.inkfast.mask.RedactingConverter\"/>";
        try (PatternOutput output = PatternOutput.of(directory, "%redact(%msg) %n", "", rule)) {
            output.logger().info("password=hunter22", new IllegalStateException("boom"));
            assertThat(output.last()).startsWith("password=**** \n| java.lang.IllegalStateException: boom\n\tat ");
        }
    }

    @Test
    void findsWhatOnlyStandsTogetherInTheLine() {
        try (PatternOutput output = PatternOutput.of(directory, "password=%X{word} %X{a}%X{b}%n")) {
            output.context().getMDCAdapter().put("word", "hunter22");
            output.context().getMDCAdapter().put("a", "41111111");
            output.context().getMDCAdapter().put("b", "11111111");
            output.logger().info("x");
            assertThat(output.last()).isEqualTo("password=**** ****\n");
        }
    }

    @Test
    void saysWhatLogbackMakesOfAParenthesisBeforeAPercentSign() {
        try (PatternOutput output = PatternOutput.of(directory, "%highlight(%msg)%n")) {
            assertThat(output.harness().complaints())
                    .containsExactly(
                            "WARN <pattern> has [)%]: Logback prints what follows a closing parenthesis at once as it"
                                    + " stands; put a space between them");
        }
    }

    @Test
    void saysNothingOfAParenthesisThatIsText() {
        try (PatternOutput output = PatternOutput.of(directory, "\\(%msg\\)%n")) {
            output.logger().info("hello");
            assertThat(output.last()).isEqualTo("(hello)\n");
            assertThat(output.harness().complaints()).isEmpty();
        }
    }

    @Test
    void neverSwallowsALineBreak() {
        try (PatternOutput output = PatternOutput.of(directory, "%msg%n%ex")) {
            output.logger().info("password=", new IllegalStateException("Authorization:"));
            assertThat(output.last()).startsWith("password=\n| java.lang.IllegalStateException: Authorization:\n\tat ");
            output.logger().info("-----BEGIN RSA PRIVATE KEY-----\nabc");
            assertThat(output.last()).endsWith("\n").hasLineCount(1).doesNotContain("abc");
        }
    }

    @Test
    void printsOneLineWhateverIsInTheEvent() {
        Random random = new Random(7);
        int[] alphabet = {
            'a', ' ', '=', '\n', '\r', '\t', 0x1b, 0x9b, 0x85, 0x2028, 0x202e, 0x200d, 0x1f469, 0xe0041, 0xd83d
        };
        try (PatternOutput output = PatternOutput.of(
                directory, "%-5.10msg|%X|%kvp|%marker|%replace(%msg){'a','b'}|%highlight(%.-7msg) %n%nopex")) {
            for (int round = 0; round < 500; round++) {
                StringBuilder text = new StringBuilder();
                for (int i = random.nextInt(30); i >= 0; i--) {
                    text.appendCodePoint(alphabet[random.nextInt(alphabet.length)]);
                }
                output.context().getMDCAdapter().put(text.toString(), text.toString());
                output.logger()
                        .atInfo()
                        .addMarker(MarkerFactory.getDetachedMarker(text.toString()))
                        .addKeyValue(text.toString(), text.toString())
                        .log(text.toString());
                output.context().getMDCAdapter().clear();
                String line = output.last()
                        .replaceFirst("\n$", "")
                        .replace("\u001b[34m", "")
                        .replace("\u001b[0;39m", "");
                assertThat(Injection.neutralise(line)).as("%s", text).isEqualTo(line);
            }
        }
    }

    @Test
    void mayBeCalledByManyThreads() throws InterruptedException {
        try (PatternOutput output = PatternOutput.of(directory, "%msg %X{user}%n")) {
            List<Thread> threads = new ArrayList<>();
            for (int t = 0; t < 8; t++) {
                String user = "user" + t;
                Thread thread = new Thread(() -> {
                    output.context().getMDCAdapter().put("user", user);
                    for (int i = 0; i < 500; i++) {
                        output.logger().info("{} password={}", user, "hunter22");
                    }
                });
                threads.add(thread);
                thread.start();
            }
            for (Thread thread : threads) {
                thread.join(30_000);
            }
            assertThat(output.harness().appender("SINK", PatternOutput.Sink.class).texts)
                    .hasSize(4_000)
                    .allMatch(line -> line.matches("(user\\d) password=\\*{4} \\1\n"));
        }
    }

    @Test
    void leavesTheEventAlone() {
        try (PatternOutput output = PatternOutput.of(directory, "%msg %kvp %X %marker%n")) {
            ILoggingEvent[] seen = new ILoggingEvent[1];
            output.context().getLogger("ROOT").addAppender(new ch.qos.logback.core.AppenderBase<>() {
                {
                    setContext(output.context());
                    start();
                }

                @Override
                protected void append(ILoggingEvent event) {
                    seen[0] = event;
                }
            });
            output.logger().atInfo().addKeyValue("password", "p").log("password={}", "p");
            assertThat(seen[0].getFormattedMessage()).isEqualTo("password=p");
            assertThat(seen[0].getKeyValuePairs().get(0).value).isEqualTo("p");
        }
    }

    @Nested
    class WhenSomethingIsWrong {

        @Test
        void withholdsEverythingOfAWrongConfiguration() {
            try (PatternOutput output =
                    PatternOutput.of(directory, "%msg%n", "<redaction><profile>secrts</profile></redaction>", "")) {
                output.logger().info("hello", new IllegalStateException("boom"));
                assertThat(output.last())
                        .endsWith(" INFO com.shop.Checkout - [event withheld: the redaction is misconfigured]\n")
                        .doesNotContain("hello");
                assertThat(output.harness().complaints())
                        .contains(
                                "ERROR <profile> [secrts] is not one of secrets, pci, gdpr, hipaa, strict, none; did you mean secrets?",
                                "ERROR Everything is redacted until that is corrected: only timestamp, level and logger of"
                                        + " each event are written");
            }
        }

        @Test
        void noticesMisspeltElements() {
            try (PatternOutput output = PatternOutput.of(
                    directory, "%msg%n", "<redaction><feild>x</feild></redaction><patern>x</patern>", "")) {
                output.logger().info("hello");
                assertThat(output.last()).contains("[event withheld: ");
                assertThat(output.harness().complaints())
                        .anyMatch(line -> line.startsWith("ERROR <feild>"))
                        .anyMatch(line -> line.startsWith("ERROR <patern>"));
            }
        }

        @Test
        void withholdsAnEventWhoseRenderingFails() {
            try (PatternOutput output =
                    PatternOutput.of(directory, "%msg %fail%n", "", """
                    <conversionRule conversionWord="fail" class="%s"/>""".formatted(Failing.class.getName()))) {
                output.logger().info("secret stuff");
                assertThat(output.last())
                        .endsWith("[event withheld: redaction failed java.lang.IllegalStateException]\n")
                        .doesNotContain("stuff");
                assertThat(output.harness().complaints())
                        .containsExactly("ERROR The content of an event was withheld, because it could not be redacted"
                                + " [java.lang.IllegalStateException]");
            }
        }

        @Test
        void startsAgainAfterStop() {
            try (PatternOutput output = PatternOutput.of(directory, "%msg%n")) {
                var encoder = output.harness()
                        .appender("SINK", PatternOutput.Sink.class)
                        .getEncoder();
                var layout = (RedactingPatternLayout)
                        ((ch.qos.logback.core.encoder.LayoutWrappingEncoder<ILoggingEvent>) encoder).getLayout();
                layout.stop();
                layout.start();
                output.logger().info("password=hunter22");
                assertThat(output.last()).isEqualTo("password=****\n");
            }
        }
    }

    /** Fails, and quotes the event. */
    public static final class Failing extends ClassicConverter {

        @Override
        public String convert(ILoggingEvent event) {
            throw new IllegalStateException(event.getFormattedMessage());
        }
    }
}
