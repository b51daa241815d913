package io.inkfast.wal.event;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import io.inkfast.component.EventIdentity;
import io.inkfast.component.EventRedactor;
import io.inkfast.internal.BatchBuffer;
import io.inkfast.mask.RedactingJsonEncoder;
import io.inkfast.mask.RedactingPatternLayout;
import io.inkfast.mask.Redaction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;
import net.logstash.logback.encoder.LogstashEncoder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What encoders write of an event and of what the journal makes of it. */
class EqualOutputTest {

    private static final int EVENTS = 400;
    private static final String PATTERN =
            "%d{ISO8601} %level [%thread] %logger %marker %kvp %X - %msg %message %contextName"
                    + " %property{region} %relative%n%ex";

    private final LoggerContext context = new LoggerContext();

    @BeforeEach
    void setUp() {
        context.setName("shop");
        context.setMDCAdapter(new LogbackMDCAdapter());
        context.putProperty("region", "eu");
        context.putProperty("apiKey", "hunter2");
    }

    private Redaction redaction(String profile) {
        Redaction redaction = new Redaction();
        redaction.setContext(context);
        redaction.addProfile(profile);
        if (!profile.equals("none")) {
            redaction.addField("pin=keepLast(2)");
            redaction.addAllow("orderId");
        }
        return redaction;
    }

    private <E extends Encoder<ILoggingEvent>> E started(E encoder) {
        encoder.setContext(context);
        encoder.start();
        return encoder;
    }

    private RedactingJsonEncoder json(String profile, Consumer<LogstashEncoder> settings) {
        RedactingJsonEncoder encoder = new RedactingJsonEncoder();
        encoder.setRedaction(redaction(profile));
        encoder.setIncludeNonStructuredArguments(true);
        encoder.setEventId("true");
        settings.accept(encoder);
        return started(encoder);
    }

    private ILoggingEvent throughBytes(EventCodec codec, ILoggingEvent event) throws DamagedEventException {
        BatchBuffer buffer = new BatchBuffer(16);
        int length = codec.encode(event, buffer);
        return codec.decode(Arrays.copyOf(buffer.array(), length), 0, length, false);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Nested
    class OfRedactingJsonEncoder {

        private void agree(RedactingJsonEncoder encoder, EventRedactor redactor) throws Exception {
            EventCodec codec = new EventCodec(redactor, context, false, 1 << 20);
            RandomEvents events = new RandomEvents(7, context, true);
            for (int i = 0; i < EVENTS; i++) {
                LoggingEvent event = events.next();
                String direct = text(encoder.encode(event));
                assertThat(text(encoder.encode(throughBytes(codec, event))))
                        .as("event %d: %s", i, event.getMessage())
                        .isEqualTo(direct);
            }
            assertThat(encoder.getWithheldEvents()).isZero();
        }

        @ParameterizedTest
        @ValueSource(strings = {"secrets,pci", "secrets,pci,gdpr,hipaa", "strict", "none"})
        void isTheSameWithThePolicyOfTheEncoder(String profile) throws Exception {
            RedactingJsonEncoder encoder = json(profile, settings -> {});
            agree(encoder, encoder);
        }

        @ParameterizedTest
        @ValueSource(strings = {"secrets,pci", "strict", "none"})
        void isTheSameWithAnEqualPolicyOfAnother(String profile) throws Exception {
            agree(json(profile, settings -> {}), redaction(profile).forStorage(owner(), problem -> {
                throw new IllegalStateException(problem);
            }));
        }

        @Test
        void isTheSameInOtherShapes() throws Exception {
            RedactingJsonEncoder encoder = json("secrets,pci", settings -> {
                settings.setTimeZone("Europe/Berlin");
                settings.setShortenedLoggerNameLength(7);
                settings.setCustomFields("{\"service\":\"shop\"}");
            });
            encoder.stop();
            encoder.setSchema("ecs");
            encoder.start();
            agree(encoder, encoder);
        }
    }

    private PatternLayoutEncoder owner() {
        PatternLayoutEncoder owner = new PatternLayoutEncoder();
        owner.setContext(context);
        return owner;
    }

    @Nested
    class OfEncodersThatKnowNoRedaction {

        private final RedactingJsonEncoder redactor = json("secrets,pci", settings -> {});

        private final EventIdentity identity = EventIdentity.of(context);

        /* Against what the redactor gives, which is what they would get from RedactingAppender. */
        private void agree(Encoder<ILoggingEvent> encoder) throws Exception {
            EventCodec codec = new EventCodec(redactor, context, false, 1 << 20);
            RandomEvents events = new RandomEvents(11, context, true);
            for (int i = 0; i < EVENTS; i++) {
                LoggingEvent event = events.next();
                identity.stamp(event);
                ILoggingEvent journalled = throughBytes(codec, event);
                assertThat(text(encoder.encode(journalled)))
                        .as("event %d: %s", i, event.getMessage())
                        .isEqualTo(text(encoder.encode(redactor.redact(event))))
                        .doesNotContain("hunter2")
                        .doesNotContain("4111111111111111");
            }
        }

        @Test
        void isTheSameWithLogstashEncoder() throws Exception {
            LogstashEncoder encoder = new LogstashEncoder();
            // The properties that it writes are those of its context, which no redactor of events sees.
            encoder.setIncludeContext(false);
            encoder.setIncludeNonStructuredArguments(true);
            agree(started(encoder));
        }

        @Test
        void isTheSameWithAPattern() throws Exception {
            PatternLayoutEncoder encoder = new PatternLayoutEncoder();
            encoder.setPattern(PATTERN);
            agree(started(encoder));
        }

        @Test
        void isTheSameWithLogbacksJson() throws Exception {
            agree(started(new ch.qos.logback.classic.encoder.JsonEncoder()));
        }
    }

    @Nested
    class OfRedactingPatternLayout {

        @ParameterizedTest
        @ValueSource(strings = {"secrets,pci", "strict"})
        void isTheSame(String profile) throws Exception {
            RedactingPatternLayout layout = new RedactingPatternLayout();
            layout.setContext(context);
            layout.setRedaction(redaction(profile));
            layout.setPattern(PATTERN);
            layout.start();
            LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
            encoder.setLayout(layout);
            started(encoder);
            EventCodec codec = new EventCodec(layout, context, false, 1 << 20);
            RandomEvents events = new RandomEvents(13, context, !profile.equals("strict"));
            for (int i = 0; i < EVENTS; i++) {
                LoggingEvent event = events.next();
                String direct = text(encoder.encode(event));
                assertThat(text(encoder.encode(throughBytes(codec, event))))
                        .as("event %d: %s", i, event.getMessage())
                        .isEqualTo(direct);
            }
        }
    }
}
