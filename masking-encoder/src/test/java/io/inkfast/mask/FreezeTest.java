package io.inkfast.mask;

import static net.logstash.logback.argument.StructuredArguments.array;
import static net.logstash.logback.argument.StructuredArguments.entries;
import static net.logstash.logback.argument.StructuredArguments.fields;
import static net.logstash.logback.argument.StructuredArguments.kv;
import static net.logstash.logback.argument.StructuredArguments.raw;
import static net.logstash.logback.argument.StructuredArguments.value;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import io.inkfast.mask.scan.Profile;
import io.inkfast.mask.scan.Rules;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.logstash.logback.argument.StructuredArgument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FreezeTest {

    @TempDir
    Path directory;

    @Test
    void keepsWhatWasThereWhenTheEventWasFrozen() {
        try (Encoding encoding = Encoding.with(directory, "")) {
            List<String> list = new ArrayList<>(List.of("one", "password=hunter2"));
            Map<String, Object> map = new TreeMap<>(Map.of("a", 1, "apiKey", "hunter2"));
            encoding.logger()
                    .atInfo()
                    .addKeyValue("map", map)
                    .addArgument(list)
                    .addArgument(kv("kept", map))
                    .log("x {} {}");
            ILoggingEvent event = encoding.sink().events.get(0);
            ILoggingEvent frozen = encoding.encoder().freeze(event);
            assertThat(frozen).isNotSameAs(event);
            list.set(0, "CHANGED");
            map.put("a", "CHANGED");
            String line = new String(encoding.encoder().encode(frozen));
            assertThat(line)
                    .contains("\"message\":\"x [one, password=****] kept={a=1, apiKey=****}\"")
                    .contains("\"map\":{\"a\":1,\"apiKey\":\"****\"}")
                    .contains("\"kept\":{\"a\":1,\"apiKey\":\"****\"}")
                    .doesNotContain("CHANGED")
                    .doesNotContain("hunter2");
            assertThat(String.valueOf(frozen.getKeyValuePairs()) + List.of(frozen.getArgumentArray()))
                    .doesNotContain("hunter2");
            assertThat(event.getArgumentArray()[0]).isSameAs(list);
            assertThat(event.getKeyValuePairs().get(0).value).isSameAs(map);
        }
    }

    @Test
    void returnsTheSameEventIfNothingCanChange() {
        try (Encoding encoding = Encoding.with(directory, "")) {
            encoding.logger()
                    .atInfo()
                    .addKeyValue("n", 1L)
                    .addArgument("text")
                    .addArgument(Thread.State.NEW)
                    .log("x {} {}");
            encoding.logger().info("plain");
            for (ILoggingEvent event : encoding.sink().events) {
                assertThat(encoding.encoder().freeze(event)).isSameAs(event);
            }
        }
    }

    @Test
    void withholdsWhatThrows() {
        try (Encoding encoding = Encoding.with(directory, "")) {
            encoding.logger()
                    .atInfo()
                    .addKeyValue("a", new RedactingJsonEncoderTest.Throwing())
                    .log("x");
            ILoggingEvent frozen =
                    encoding.encoder().freeze(encoding.sink().events.get(0));
            assertThat(new String(encoding.encoder().encode(frozen))).contains("\"a\":\"[withheld]\"");
        }
    }

    @Test
    void describesAnEventInOneRedactedLine() {
        try (Encoding encoding = Encoding.with(directory, "")) {
            encoding.logger().error("password=hunter2\nnext", new IllegalStateException("token=hunter2"));
            assertThat(encoding.encoder().describe(encoding.sink().events.get(0)))
                    .isEqualTo("password=**** next | java.lang.IllegalStateException: token=****");
        }
    }

    record Login(String password) {}

    static List<StructuredArgument> structuredArguments() {
        String phrase = "correct horse battery";
        return List.of(
                value("password", "hunter2abc"),
                value("password", phrase),
                value("acct", "DE2024000123456789"),
                kv("acct", "DE2024000123456789"),
                kv("password", phrase),
                kv("password", phrase, "{0} is {1}"),
                value("gone", phrase),
                kv("gone", phrase),
                value("note", phrase),
                kv("note", phrase),
                array("password", "correct", "horse"),
                raw("password", "\"correct horse battery\""),
                entries(Map.of("password", "hunter2abc")),
                fields(new Login("hunter2abc")));
    }

    @ParameterizedTest
    @MethodSource("structuredArguments")
    void aFrozenStructuredArgumentIsSeenAsTheOriginalIs(StructuredArgument argument) {
        seenAsTheOriginal("", argument);
    }

    @ParameterizedTest
    @MethodSource("structuredArguments")
    void aFrozenStructuredArgumentIsSeenAsTheOriginalIsUnderProfileStrict(StructuredArgument argument) {
        seenAsTheOriginal("<profile>strict</profile><allow>note</allow>", argument);
    }

    private void seenAsTheOriginal(String profile, StructuredArgument argument) {
        String fields = "<field>acct=keepLast(4)</field><field>gone=remove</field>";
        try (Encoding encoding = Encoding.with(directory, "<redaction>" + profile + fields + "</redaction>")) {
            assertThat(encoding.complaints()).isEmpty();
            encoding.logger().info("login {} done", argument);
            String line = encoding.last();
            ILoggingEvent frozen =
                    encoding.encoder().freeze(encoding.sink().events.get(0));
            assertThat(new String(encoding.encoder().encode(frozen), StandardCharsets.UTF_8))
                    .isEqualTo(line);
            assertThat(line).doesNotContain("hunter2abc").doesNotContain("0123456789");
        }
    }

    @Test
    void aPatternMasksAFrozenStructuredArgumentByItsName() {
        try (Encoding encoding = Encoding.of(
                directory,
                LayoutWrappingEncoder.class.getName(),
                "<layout class=\"" + RedactingPatternLayout.class.getName()
                        + "\"><pattern>%msg%n</pattern></layout>")) {
            encoding.logger().info("login {} and {}", value("password", "hunter2abc"), kv("password", "correct horse"));
            var layout = (RedactingPatternLayout)
                    ((LayoutWrappingEncoder<ILoggingEvent>) encoding.sink().getEncoder()).getLayout();
            ILoggingEvent frozen = layout.freeze(encoding.sink().events.get(0));
            assertThat(layout.doLayout(frozen).strip()).isEqualTo("login **** and password=****");
        }
    }

    @Test
    void usesTheSameRedactorForTheNextEvent() {
        Policy policy = new Policy(false, false, Rules.of(Profile.SECRETS));
        Redactor redactor = policy.redactors().take(policy);
        policy.redactors().giveBack(redactor);
        LoggingEvent event = new LoggingEvent();
        event.setMessage("x {}");
        event.setArgumentArray(new Object[] {new ArrayList<>(List.of("password=hunter2"))});
        for (int i = 0; i < 2; i++) {
            ILoggingEvent frozen = FrozenEvent.of(event, policy, SharedMapper.MAPPER);
            assertThat(frozen.getArgumentArray()[0]).hasToString("[password=****]");
        }
        assertThat(policy.redactors().take(policy)).isSameAs(redactor);
        assertThat(policy.redactors().take(policy)).isNotSameAs(redactor);
    }
}
