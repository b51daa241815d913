package io.inkfast.mask;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import io.inkfast.component.EventIdentity;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Random;
import java.util.function.Consumer;
import net.logstash.logback.argument.StructuredArguments;
import net.logstash.logback.encoder.LogstashEncoder;
import net.logstash.logback.fieldnames.ShortenedFieldNames;
import net.logstash.logback.marker.Markers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.slf4j.MarkerFactory;
import org.slf4j.event.KeyValuePair;

class DirectWriterTest {

    private static final String[] WORDS = {
        "order",
        "accepted",
        "in",
        "42",
        "ms",
        "f\u00fcr",
        "\u4e2d\u6587",
        "\uD83D\uDE00",
        "a\tb",
        "line\nbreak",
        "\"quoted\"",
        "back\\slash",
        "/api/v1",
        "x=1",
        "{}",
        "",
        "100%",
        "12:30:59",
        "\u0001",
        "naïve",
        "0.5",
        "[list, of, things]"
    };

    private final LoggerContext context = new LoggerContext();
    private final LogbackMDCAdapter mdc = new LogbackMDCAdapter();
    private final Random random = new Random(3);

    @BeforeEach
    void setUp() {
        context.setMDCAdapter(mdc);
    }

    /* Both encoders with the same settings. */
    private final class Pair {

        final LogstashEncoder theirs = new LogstashEncoder();
        final RedactingJsonEncoder ours = new RedactingJsonEncoder();

        Pair(Consumer<LogstashEncoder> settings) {
            settings.accept(theirs);
            settings.accept(ours);
            theirs.setContext(context);
            ours.setContext(context);
            theirs.start();
            ours.start();
        }

        /* Theirs, and the id at its end. */
        void agreeOnAllButTheId(LoggingEvent event) {
            String line = text(theirs.encode(event)).strip();
            String id = EventIdentity.of(context).runId() + '-' + event.getSequenceNumber();
            assertThat(text(ours.encode(event)).strip())
                    .isEqualTo(line.substring(0, line.length() - 1) + ",\"event.id\":\"" + id + "\",\"event.sequence\":"
                            + event.getSequenceNumber() + '}');
        }

        void agreeOn(ILoggingEvent event) {
            assertThat(text(ours.encode(event))).isEqualTo(text(theirs.encode(event)));
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static final double[] FRACTIONS = {
        1.5, 0.0, -0.0, 149.95, 1e7, 1e-4, 1e21, -1e300, Double.MIN_VALUE, Double.NaN, Double.POSITIVE_INFINITY
    };

    private String words() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(8); i >= 0; i--) {
            text.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
        }
        return text.toString();
    }

    private LoggingEvent event() {
        if (random.nextInt(4) == 0) {
            mdc.clear();
        }
        if (random.nextInt(3) == 0) {
            mdc.put("trace" + random.nextInt(3), words());
        }
        Level[] levels = {Level.TRACE, Level.DEBUG, Level.INFO, Level.WARN, Level.ERROR};
        Throwable thrown = random.nextInt(3) == 0 ? thrown(random.nextInt(4)) : null;
        LoggingEvent event = new LoggingEvent(
                "x",
                context.getLogger("com.acme.Service" + random.nextInt(3)),
                levels[random.nextInt(levels.length)],
                words() + "{} and {}",
                thrown,
                new Object[] {words(), random.nextInt(5)});
        event.setThreadName("worker-" + random.nextInt(3));
        for (int i = random.nextInt(6); i > 0; i--) {
            Object[] values = {
                words(),
                random.nextInt(),
                random.nextLong() >> 24,
                true,
                (short) -7,
                null,
                'c',
                FRACTIONS[random.nextInt(FRACTIONS.length)],
                random.nextInt(100_000) / 100.0,
                1.5f
            };
            event.addKeyValuePair(new KeyValuePair("k" + i, values[random.nextInt(values.length)]));
        }
        if (random.nextInt(10) == 0) {
            event.addMarker(MarkerFactory.getMarker("AUDIT"));
        }
        if (random.nextInt(10) == 0) {
            event.addMarker(Markers.append("shard", 7));
        }
        event.setInstant(Instant.ofEpochSecond(
                1_700_000_000L + random.nextInt(3), random.nextInt(4) == 0 ? 0 : random.nextInt(1_000_000_000)));
        return event;
    }

    private Throwable thrown(int causes) {
        Throwable thrown = new IllegalStateException(
                random.nextBoolean() ? words() : null, causes == 0 ? null : thrown(causes - 1));
        if (random.nextInt(3) == 0) {
            thrown.addSuppressed(new java.io.IOException(words()));
        }
        return thrown;
    }

    private void agree(Consumer<LogstashEncoder> settings) {
        Pair pair = new Pair(settings);
        for (int i = 0; i < 3_000; i++) {
            pair.agreeOn(event());
        }
        assertThat(pair.ours.getWithheldEvents()).isZero();
    }

    @Nested
    class WritesWhatLogstashEncoderWrites {

        @Test
        void withoutSettings() {
            agree(encoder -> {});
        }

        @Test
        void withTheIdAtTheEnd() {
            Pair pair = new Pair(encoder -> {
                if (encoder instanceof RedactingJsonEncoder ours) {
                    ours.setEventId("true");
                }
            });
            assertThat(pair.ours.getFormatter().plan()).isNotNull();
            for (int i = 0; i < 3_000; i++) {
                LoggingEvent event = event();
                event.setSequenceNumber(1 + (random.nextLong() >>> 25 + random.nextInt(38)));
                pair.agreeOnAllButTheId(event);
            }
        }

        @Test
        void withPropertiesOfTheContext() {
            context.putProperty("region", "eu");
            agree(encoder -> {});
        }

        @Test
        void whenThePropertiesChange() {
            Pair pair = new Pair(encoder -> {});
            for (int i = 0; i < 20; i++) {
                context.putProperty("build", "b" + i);
                pair.agreeOn(event());
            }
        }

        @Test
        void withCustomFieldsAndOtherNames() {
            agree(encoder -> {
                encoder.setCustomFields("{\"service\":\"shop\",\"n\":[1,{\"x\":null}]}");
                encoder.setFieldNames(new ShortenedFieldNames());
                encoder.setTimeZone("Europe/Berlin");
                encoder.setShortenedLoggerNameLength(5);
                encoder.setVersion("2");
            });
        }

        @Test
        void withOtherTimestamps() {
            agree(encoder -> encoder.setTimestampPattern("[UNIX_TIMESTAMP_AS_NUMBER]"));
        }

        @Test
        void withoutMdcAndKeyValues() {
            agree(encoder -> {
                encoder.setIncludeMdc(false);
                encoder.setIncludeKeyValuePairs(false);
                encoder.setIncludeContext(false);
            });
        }

        @Test
        void withChosenKeys() {
            agree(encoder -> {
                encoder.addExcludeMdcKeyName("trace1");
                encoder.addKeyValueKeyFieldName("k1=first");
            });
        }

        @Test
        void withStackTracesThatDifferInOneFrameOrInNone() {
            Pair pair = new Pair(encoder -> {});
            for (int i = 0; i < 300; i++) {
                StackTraceElement[] frames = new StackTraceElement[1 + random.nextInt(3)];
                for (int k = 0; k < frames.length; k++) {
                    frames[k] = new StackTraceElement(
                            "com.acme.Step" + k,
                            "run",
                            k == 1 && random.nextBoolean() ? null : "Step.java",
                            7 + random.nextInt(2));
                }
                Exception thrown = new IllegalStateException("m", random.nextBoolean() ? null : new Error("cause"));
                thrown.setStackTrace(frames);
                if (random.nextBoolean()) {
                    Exception inner = new IllegalStateException("inner");
                    inner.setStackTrace(frames);
                    thrown.addSuppressed(inner);
                }
                for (int again = 0; again < 2; again++) {
                    pair.agreeOn(new LoggingEvent("x", context.getLogger("a"), Level.INFO, "m", thrown, null));
                }
            }
        }

        @Test
        void withValuesThatReturnUnderOtherNames() {
            Pair pair = new Pair(encoder -> {});
            for (int i = 0; i < 2_000; i++) {
                LoggingEvent event = new LoggingEvent("x", context.getLogger("a"), Level.INFO, "m", null, null);
                event.addKeyValuePair(new KeyValuePair("k" + random.nextInt(20), WORDS[random.nextInt(WORDS.length)]));
                event.addKeyValuePair(new KeyValuePair("l" + random.nextInt(20), WORDS[random.nextInt(WORDS.length)]));
                pair.agreeOn(event);
            }
        }

        @Test
        void withAMapOfTheApplicationsOwnAsMdc() {
            Pair pair = new Pair(encoder -> {});
            java.util.Map<String, String> map = new java.util.HashMap<>();
            for (int i = 0; i < 5; i++) {
                map.put("round", "r" + i);
                LoggingEvent event = event();
                mdc.clear();
                LoggingEvent own = new LoggingEvent("x", context.getLogger("a"), Level.INFO, "m", null, null);
                own.setMDCPropertyMap(map);
                own.setInstant(event.getInstant());
                pair.agreeOn(own);
            }
        }
    }

    @Nested
    class LeavesToJackson {

        private final Pair pair = new Pair(encoder -> {});

        private LoggingEvent plain(Object... arguments) {
            return new LoggingEvent("x", context.getLogger("a"), Level.INFO, "m {}", null, arguments);
        }

        @Test
        void structuredArguments() {
            pair.agreeOn(plain(StructuredArguments.kv("shard", 7)));
        }

        @Test
        void aNameThatIsThereAlready() {
            mdc.put("k", "from the MDC");
            LoggingEvent event = plain("x");
            event.addKeyValuePair(new KeyValuePair("k", "from the event"));
            assertThat(text(pair.ours.encode(event)))
                    .contains("\"k\":\"from the MDC\"")
                    .contains("\"k_1\":\"from the event\"");
        }

        @Test
        void aNameThatIsThereAlreadyInAnotherPlaceOfTheEncoders() {
            Pair own = new Pair(encoder -> encoder.setCustomFields("{\"region\":\"north\"}"));
            context.putProperty("region", "south");
            assertThat(text(own.ours.encode(plain("x"))))
                    .contains("\"region\":\"south\"")
                    .contains("\"region_1\":\"north\"");
        }

        @Test
        void aNameOfTheMdcThatIsAPropertyOfTheContextToo() {
            context.putProperty("region", "south");
            mdc.put("region", "north");
            assertThat(text(pair.ours.encode(plain("x"))))
                    .contains("\"region\":\"south\"")
                    .contains("\"region_1\":\"north\"");
        }

        @Test
        void aNameAndTheValueThatBelongsToIt() {
            LoggingEvent event = plain("x");
            event.addKeyValuePair(new KeyValuePair("name", "password"));
            event.addKeyValuePair(new KeyValuePair("value", "hunter2"));
            assertThat(text(pair.ours.encode(event))).doesNotContain("hunter2");
        }
    }

    @Nested
    class SeesThatAMapOfTheMdcHasChanged {

        @Test
        void thoughMostOfItsEntriesWereInAnother() {
            Pair pair = new Pair(encoder -> {});
            for (int i = 0; i < 600; i++) {
                mdc.put("user", "u" + i % 3);
                mdc.put("request", i % 2 == 0 ? "r" + i : "password=hunter" + i);
                String line = text(
                        pair.ours.encode(new LoggingEvent("x", context.getLogger("a"), Level.INFO, "m", null, null)));
                assertThat(line).contains("\"user\":\"u" + i % 3 + "\"");
                assertThat(line).contains(i % 2 == 0 ? "\"request\":\"r" + i + "\"" : "\"request\":\"password=****\"");
            }
        }

        @Test
        void thoughItIsTheSame() {
            Pair pair = new Pair(encoder -> {});
            java.util.Map<String, String> map = new java.util.HashMap<>();
            java.util.Map<String, String> view = java.util.Collections.unmodifiableMap(map);
            for (int i = 0; i < 5; i++) {
                map.put("round", "r" + i);
                LoggingEvent own = new LoggingEvent("x", context.getLogger("a"), Level.INFO, "m", null, null);
                own.setMDCPropertyMap(view);
                pair.agreeOn(own);
            }
        }
    }

    @Nested
    class Hides {

        @Test
        void theValueOfANameThatIsInAnotherPlace() {
            context.putProperty("name", "password");
            mdc.put("value", "hunter2");
            LoggingEvent event = new LoggingEvent("x", context.getLogger("a"), Level.INFO, "m", null, null);
            assertThat(text(pair.ours.encode(event))).doesNotContain("hunter2");
        }

        @Test
        void aKnownSecretThatIsANumber() {
            try {
                KnownSecrets.add("48213377");
                LoggingEvent event = new LoggingEvent("x", context.getLogger("a"), Level.INFO, "m", null, null);
                event.addKeyValuePair(new KeyValuePair("n", 48213377));
                assertThat(text(pair.ours.encode(event))).doesNotContain("48213377");
            } finally {
                KnownSecrets.remove("48213377");
            }
        }

        private final Pair pair = new Pair(encoder -> {});

        @Test
        void aCardNumberThatStandsFirstAsAValue() {
            LoggingEvent event = new LoggingEvent("x", context.getLogger("a"), Level.INFO, "m", null, null);
            event.addKeyValuePair(new KeyValuePair("k", java.util.Map.of("value", 4111111111111111L)));
            assertThat(text(pair.ours.encode(event))).contains("\"k\":{\"value\":\"****\"}");
        }

        @Test
        void whatItKnewOfATextBeforeItWasDeclaredASecret() {
            mdc.put("note", "xyzzy-plugh-1");
            LoggingEvent event = new LoggingEvent("x", context.getLogger("a"), Level.INFO, "m", null, null);
            assertThat(text(pair.ours.encode(event))).contains("xyzzy-plugh-1");
            try {
                KnownSecrets.add("xyzzy-plugh-1");
                assertThat(text(pair.ours.encode(event))).doesNotContain("xyzzy-plugh-1");
            } finally {
                KnownSecrets.remove("xyzzy-plugh-1");
            }
        }

        @Test
        void whatReturnsAsOftenAsItComes() {
            for (int i = 0; i < 4; i++) {
                LoggingEvent event = new LoggingEvent("x", context.getLogger("a"), Level.INFO, "m", null, null);
                event.addKeyValuePair(new KeyValuePair("password", "hunter2"));
                event.addKeyValuePair(new KeyValuePair("note", "password=hunter2"));
                assertThat(text(pair.ours.encode(event)))
                        .doesNotContain("hunter2")
                        .contains("\"note\":\"password=****\"");
            }
        }

        @Test
        void valuesBySensitiveNamesAndShapes() {
            LoggingEvent event = new LoggingEvent("x", context.getLogger("a"), Level.INFO, "m", null, null);
            event.addKeyValuePair(new KeyValuePair("password", "hunter2"));
            event.addKeyValuePair(new KeyValuePair("pin", 1234));
            event.addKeyValuePair(new KeyValuePair("number", 4111111111111111L));
            event.addKeyValuePair(new KeyValuePair("note", "card 4111 1111 1111 1111"));
            assertThat(text(pair.ours.encode(event)))
                    .doesNotContain("hunter2")
                    .doesNotContain("1234")
                    .doesNotContain("1111")
                    .contains("\"password\":\"****\"");
        }
    }
}
