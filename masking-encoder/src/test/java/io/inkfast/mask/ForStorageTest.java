package io.inkfast.mask;

import static net.logstash.logback.argument.StructuredArguments.kv;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import io.inkfast.component.EventRedactor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import net.logstash.logback.argument.StructuredArgument;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;
import tools.jackson.databind.JacksonSerializable;

/** What appenders get that store events. */
class ForStorageTest {

    private final LoggerContext context = new LoggerContext();
    private final List<String> problems = new ArrayList<>();

    @BeforeEach
    void setUp() {
        context.setMDCAdapter(new LogbackMDCAdapter());
    }

    private EventRedactor redactor(String profile) {
        Redaction redaction = new Redaction();
        redaction.setContext(context);
        redaction.addProfile(profile);
        RedactingJsonEncoder owner = new RedactingJsonEncoder();
        owner.setContext(context);
        return redaction.forStorage(owner, problems::add);
    }

    private LoggingEvent event(String template, Object... arguments) {
        return new LoggingEvent("x", context.getLogger("a"), Level.INFO, template, null, arguments);
    }

    @Test
    void valuesAreScalarsOrWriteThemselves() {
        UUID id = new UUID(1, 2);
        LoggingEvent event = event("m {} {} {} {}", 5, "text", id, kv("k", "v"));
        event.addKeyValuePair(new KeyValuePair("time", Instant.EPOCH));
        event.addKeyValuePair(new KeyValuePair("thrown", new IllegalStateException("password=hunter2")));
        ILoggingEvent safe = redactor("secrets").redact(event);
        assertThat(problems).isEmpty();
        assertThat(safe.getArgumentArray()).startsWith(5, "text");
        assertThat(safe.getArgumentArray()[2])
                .isInstanceOf(JacksonSerializable.class)
                .hasToString(id.toString());
        assertThat(safe.getArgumentArray()[3])
                .isInstanceOf(StructuredArgument.class)
                .hasToString("k=v");
        assertThat(safe.getKeyValuePairs())
                .allSatisfy(pair -> assertThat(pair.value).isInstanceOf(JacksonSerializable.class))
                .hasToString(
                        "[time=\"1970-01-01T00:00:00Z\", thrown=\"java.lang.IllegalStateException: password=****\"]");
    }

    @Test
    void templateAndArgumentsMakeTheMessage() {
        EventRedactor redactor = redactor("secrets, pci");
        for (LoggingEvent event : List.of(
                event("login {} password={}", "bob", kv("pin", "x1")),
                event("{}{}", "41111111", "11111111"),
                event("a {} {} token={}", new int[] {1}, "{}", "abc"))) {
            ILoggingEvent safe = redactor.redact(event);
            LoggingEvent again = event(safe.getMessage(), safe.getArgumentArray());
            assertThat(again.getFormattedMessage()).isEqualTo(safe.getFormattedMessage());
            assertThat(safe.getMessage() + Arrays.toString(safe.getArgumentArray()))
                    .doesNotContain("x1")
                    .doesNotContain("1111")
                    .doesNotContain("abc");
        }
    }

    @Test
    void anEventIsLeftAsItIsWhereRedactionIsSwitchedOff() {
        ILoggingEvent safe = redactor("none").redact(event("password={} \uD800", "hunter2"));
        assertThat(safe.getFormattedMessage()).isEqualTo("password=hunter2 \uD800");
    }

    @Test
    void aMapOfTheMdcThatChangesIsLookedAtAgain() {
        EventRedactor redactor = redactor("secrets");
        Map<String, String> map = new HashMap<>();
        for (String value : List.of("one", "two", "password=hunter2")) {
            map.put("k", value);
            LoggingEvent event = event("m");
            event.setMDCPropertyMap(map);
            assertThat(redactor.redact(event).getMDCPropertyMap()).containsEntry("k", value.replace("hunter2", "****"));
        }
    }

    @Test
    void whatWasSeenBeforeIsLookedAtAgainWhenItBecomesASecret() {
        EventRedactor redactor = redactor("secrets");
        context.getMDCAdapter().put("k", "xyzzy-plugh-2");
        assertThat(redactor.redact(event("of xyzzy-plugh-2 {}", 1)).getMessage())
                .contains("xyzzy");
        try {
            KnownSecrets.add("xyzzy-plugh-2");
            ILoggingEvent safe = redactor.redact(event("of xyzzy-plugh-2 {}", 1));
            assertThat(safe.getMessage() + safe.getMDCPropertyMap()).doesNotContain("xyzzy");
        } finally {
            KnownSecrets.remove("xyzzy-plugh-2");
        }
    }

    @Test
    void everythingIsWithheldWithAWrongConfiguration() {
        ILoggingEvent safe = redactor("secrts").redact(event("m"));
        assertThat(problems).hasSize(1);
        assertThat(problems.get(0)).contains("[secrts]");
        assertThat(safe.getFormattedMessage()).isEqualTo("[event withheld: the redaction is misconfigured]");
    }
}
