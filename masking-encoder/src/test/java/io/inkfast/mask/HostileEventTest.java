package io.inkfast.mask;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import io.inkfast.component.EventIdentity;
import io.inkfast.component.Identified;
import io.inkfast.mask.scan.Profile;
import io.inkfast.mask.scan.Rules;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.event.KeyValuePair;

/** Events that are not Logback's own, or that somebody filled by hand. */
class HostileEventTest {

    @TempDir
    Path directory;

    /** Each of its methods throws, with a secret in what it says. */
    private static ILoggingEvent throwing() {
        return (ILoggingEvent) Proxy.newProxyInstance(
                HostileEventTest.class.getClassLoader(),
                new Class<?>[] {ILoggingEvent.class},
                (proxy, method, args) -> {
                    throw new IllegalStateException("password=hunter2abc");
                });
    }

    private static LoggingEvent madeByHand() {
        LoggingEvent event = new LoggingEvent();
        event.setLevel(Level.INFO);
        event.setLoggerName("com.shop.Checkout");
        event.setThreadName("main");
        event.setMessage("m");
        event.setTimeStamp(1_700_000_000_000L);
        event.setMDCPropertyMap(Map.of());
        event.setKeyValuePairs(new ArrayList<>(Arrays.asList(
                null,
                new KeyValuePair("list", new ArrayList<>(List.of(1))),
                new KeyValuePair("password", "hunter2abc"))));
        return event;
    }

    @Test
    void aThrowingEventIsWithheldByTheEncoder() {
        try (Encoding encoding = Encoding.with(directory, "")) {
            assertThat(new String(encoding.encoder().encode(throwing()), StandardCharsets.UTF_8))
                    .contains("\"message\":\"[event withheld: redaction failed java.lang.IllegalStateException]\"")
                    .doesNotContain("hunter2abc");
        }
    }

    @Test
    void aThrowingEventIsFrozenWithoutHarm() {
        try (Encoding encoding = Encoding.with(directory, "")) {
            ILoggingEvent frozen = encoding.encoder().freeze(throwing());
            assertThat(new String(encoding.encoder().encode(frozen), StandardCharsets.UTF_8))
                    .contains("[event withheld: redaction failed java.lang.IllegalStateException]");
        }
    }

    @Test
    void aThrowingEventIsWithheldByTheLayout() {
        RedactingPatternLayout layout = new RedactingPatternLayout();
        try (Encoding encoding = Encoding.with(directory, "")) {
            layout.setContext(encoding.context());
            layout.setPattern("%msg");
            layout.start();
            assertThat(layout.doLayout(throwing())).contains("[event withheld: redaction failed ");
        }
    }

    @Test
    void aThrowingEventIsWithheldByTheAppender() {
        assertThat(WithheldEvent.event(throwing(), "why", null).getLevel()).isEqualTo(Level.ERROR);
        assertThat(WithheldEvent.event(throwing(), "why", null).getFormattedMessage())
                .isEqualTo("[event withheld: why]");
    }

    @Test
    void aMissingPairIsNoReasonToWithholdAnEvent() {
        try (Encoding encoding = Encoding.with(directory, "")) {
            ILoggingEvent frozen = encoding.encoder().freeze(madeByHand());
            assertThat(frozen.getKeyValuePairs()).hasSize(2);
            ILoggingEvent seen =
                    new RedactedEvent(madeByHand(), new Redactor(new Policy(false, false, Rules.of(Profile.SECRETS))));
            assertThat(seen.getKeyValuePairs()).extracting(pair -> pair.key).containsExactly("list", "password");
            assertThat(seen.getInstant()).isNotNull();
        }
    }

    /** An event of another run, whose message cannot be had. */
    private static final class OfAnotherRun extends LoggingEvent implements Identified {

        private final String id;

        OfAnotherRun(String id) {
            this.id = id;
            setLevel(Level.WARN);
            setLoggerName("a");
            setTimeStamp(1_700_000_000_000L);
            setSequenceNumber(7);
            setMDCPropertyMap(Map.of());
        }

        @Override
        public String eventId() {
            return id;
        }

        @Override
        public String getFormattedMessage() {
            throw new IllegalStateException("password=hunter2abc");
        }
    }

    @Test
    void whatIsWithheldKeepsItsId() {
        LoggingEvent withheld = WithheldEvent.event(new OfAnotherRun("0123456789abcdef-7"), "why", null);
        assertThat(withheld)
                .isInstanceOfSatisfying(
                        Identified.class, event -> assertThat(event.eventId()).isEqualTo("0123456789abcdef-7"));
        assertThat(withheld.getSequenceNumber()).isEqualTo(7);
        try (Encoding encoding = Encoding.with(directory, "<eventId>true</eventId>")) {
            RedactingJsonEncoder encoder = encoding.encoder();
            assertThat(new String(encoder.encode(new OfAnotherRun("0123456789abcdef-7")), StandardCharsets.UTF_8))
                    .contains("[event withheld: ", "\"event.id\":\"0123456789abcdef-7\"")
                    .doesNotContain("hunter2abc");
            String own = EventIdentity.of(encoding.context()).runId() + "-7";
            assertThat(new String(encoder.encode(new OfAnotherRun(null)), StandardCharsets.UTF_8))
                    .contains("\"event.id\":\"" + own + "\"");
            assertThat(new String(encoder.encode(throwing()), StandardCharsets.UTF_8))
                    .contains("[event withheld: ")
                    .doesNotContain("event.id");
        }
    }
}
