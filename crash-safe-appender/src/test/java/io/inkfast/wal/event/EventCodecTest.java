package io.inkfast.wal.event;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import io.inkfast.component.EventIdentity;
import io.inkfast.component.EventView;
import io.inkfast.component.Identified;
import io.inkfast.internal.BatchBuffer;
import io.inkfast.mask.RedactingJsonEncoder;
import io.inkfast.mask.Redaction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.logstash.logback.argument.StructuredArguments;
import net.logstash.logback.marker.Markers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

class EventCodecTest {

    private static final int MOST_BYTES = 1 << 20;

    private final LoggerContext context = new LoggerContext();
    private final PatternLayoutEncoder owner = new PatternLayoutEncoder();
    private EventCodec codec = codec(false);

    @BeforeEach
    void setUp() {
        context.setMDCAdapter(new LogbackMDCAdapter());
    }

    private EventCodec codec(boolean callerData) {
        owner.setContext(context);
        Redaction redaction = new Redaction();
        redaction.setContext(context);
        return new EventCodec(
                redaction.forStorage(owner, problem -> {
                    throw new IllegalStateException(problem);
                }),
                context,
                callerData,
                MOST_BYTES);
    }

    private LoggingEvent event(Object... arguments) {
        return new LoggingEvent(
                EventCodecTest.class.getName(), context.getLogger("a"), Level.INFO, "m {}", null, arguments);
    }

    private ILoggingEvent journalled(ILoggingEvent event) throws DamagedEventException {
        BatchBuffer out = new BatchBuffer(16);
        int length = codec.encode(event, out);
        return codec.decode(Arrays.copyOf(out.array(), length), 0, length, false);
    }

    private RedactingJsonEncoder json(LoggerContext run) {
        RedactingJsonEncoder encoder = new RedactingJsonEncoder();
        encoder.setContext(run);
        encoder.setEventId("true");
        encoder.start();
        return encoder;
    }

    @Test
    void putsRecordsOneBehindTheOther() throws Exception {
        BatchBuffer out = new BatchBuffer(16);
        int first = codec.encode(event("one"), out);
        int second = codec.encode(event("two"), out);
        assertThat(out.size()).isEqualTo(first + second);
        assertThat(codec.decode(out.array(), first, second, false).getFormattedMessage())
                .isEqualTo("m two");
    }

    @Nested
    class OneEventAfterAnother {

        private LoggingEvent event(String thread, String request, String template, Object... arguments) {
            LoggingEvent event = new LoggingEvent(
                    "x", context.getLogger("com.acme." + thread), Level.INFO, template, null, arguments);
            event.setThreadName(thread);
            event.setMDCPropertyMap(Map.of("request", request, "tenant", "north"));
            return event;
        }

        @Test
        void areTheSameAsEachByItself() throws Exception {
            EventCodec fresh = codec(false);
            for (int i = 0; i < 2_000; i++) {
                String template = i % 7 == 0 ? "said " + i + " {}" : "handled {} of " + i % 5;
                boolean alone = i % 11 == 0;
                LoggingEvent event = alone
                        ? event("t", "r", "by itself " + i % 22)
                        : event("t" + i % 300, "r-" + i / 3, template, i);
                event.setSequenceNumber(i + 1);
                BatchBuffer some = new BatchBuffer(16);
                BatchBuffer byItself = new BatchBuffer(16);
                codec.encode(event, some);
                if (i % 20 == 0) {
                    fresh = codec(false);
                }
                fresh.encode(event, byItself);
                assertThat(some.array()).startsWith(Arrays.copyOf(byItself.array(), byItself.size()));

                ILoggingEvent read = codec.decode(some.array(), 0, some.size(), false);
                assertThat(read.getLoggerName()).isEqualTo(event.getLoggerName());
                assertThat(read.getThreadName()).isEqualTo(event.getThreadName());
                assertThat(read.getMessage()).isEqualTo(event.getMessage());
                assertThat(read.getFormattedMessage()).isEqualTo(event.getFormattedMessage());
                assertThat(read.getMDCPropertyMap()).isEqualTo(event.getMDCPropertyMap());
            }
        }

        @Test
        void haveTheSameObjectsForWhatReturns() throws Exception {
            ILoggingEvent first = journalled(event("main", "1", "handled {}", 1));
            ILoggingEvent second = journalled(event("main", "1", "handled {}", 2));
            assertThat(second.getLoggerName()).isSameAs(first.getLoggerName());
            assertThat(second.getThreadName()).isSameAs(first.getThreadName());
            assertThat(second.getMessage()).isSameAs(first.getMessage());
            assertThat(second.getLoggerContextVO()).isSameAs(first.getLoggerContextVO());
            assertThat(second.getMDCPropertyMap()).isSameAs(first.getMDCPropertyMap());
        }

        @Test
        void leaveOutWhatWasOnlyWithTheLast() throws Exception {
            journalled(event("main", "1", "handled {}", 1));
            LoggingEvent bare = new LoggingEvent("x", context.getLogger("com.acme.main"), Level.INFO, null, null, null);
            bare.setMDCPropertyMap(Map.of());
            ILoggingEvent read = journalled(bare);
            assertThat(read.getMessage()).isNull();
            assertThat(read.getMDCPropertyMap()).isEmpty();
        }
    }

    @Test
    void hasNoSecretInTheBytes() {
        LoggingEvent event = event("password=hunter2");
        event.addKeyValuePair(new KeyValuePair("apiKey", "hunter2"));
        event.addKeyValuePair(new KeyValuePair("map", Map.of("secret", "hunter2")));
        BatchBuffer out = new BatchBuffer(16);
        codec.encode(event, out);
        assertThat(new String(out.array(), StandardCharsets.ISO_8859_1)).doesNotContain("hunter2");
    }

    @Nested
    class ShortensAnEventThatIsTooLong {

        private ILoggingEvent shortened(LoggingEvent event) throws DamagedEventException {
            BatchBuffer out = new BatchBuffer(16);
            int length = codec.encode(event, out);
            assertThat(length).isLessThan(ShortEvent.MOST_BYTES);
            return codec.decode(out.array(), 0, length, false);
        }

        @Test
        void toTheBeginningsOfMessageAndStackTrace() throws Exception {
            String wide = "\u4e2d".repeat(MOST_BYTES / 2);
            Exception thrown = new IllegalStateException(wide, new IllegalStateException("cause"));
            LoggingEvent event = new LoggingEvent(
                    "x", context.getLogger("a"), Level.ERROR, "m " + wide, thrown, new Object[] {wide});
            ILoggingEvent kept = shortened(event);
            assertThat(kept.getFormattedMessage())
                    .startsWith("m \u4e2d\u4e2d")
                    .contains("...\njava.lang.IllegalStateException: \u4e2d");
            assertThat(kept.getKeyValuePairs().get(0).key).isEqualTo("truncated");
            assertThat((Long) kept.getKeyValuePairs().get(0).value).isGreaterThan(2L * MOST_BYTES);
            assertThat(kept.getSequenceNumber()).isEqualTo(event.getSequenceNumber());
            assertThat(kept.getLevel()).isEqualTo(Level.ERROR);
        }

        @Test
        void whateverIsLong() throws Exception {
            String wide = "\u4e2d".repeat(MOST_BYTES / 8);
            context.setName(wide);
            context.putProperty("p", wide);
            context.getMDCAdapter().put("k", wide);
            LoggingEvent event = event(wide);
            event.setThreadName(wide);
            event.setLoggerName(wide);
            event.addKeyValuePair(new KeyValuePair("k", wide));
            event.setCallerData(new StackTraceElement[] {new StackTraceElement(wide, "m", "f", 1)});
            ILoggingEvent kept = shortened(event);
            assertThat(kept.getThreadName()).endsWith("...");
            assertThat(kept.getMDCPropertyMap()).isEmpty();
        }
    }

    @Nested
    class Identifies {

        @Test
        void anEventOfAnotherRunByItsOwnRun() throws Exception {
            ILoggingEvent event = journalled(event("x"));
            String id = EventIdentity.of(context).runId() + "-1";
            assertThat(((Identified) event).eventId()).isEqualTo(id);
            LoggerContext nextRun = new LoggerContext();
            nextRun.setMDCAdapter(new LogbackMDCAdapter());
            EventView view = new EventView(event) {};
            for (ILoggingEvent seen : List.of(event, view)) {
                assertThat(new String(json(nextRun).encode(seen), StandardCharsets.UTF_8))
                        .contains("\"event.id\":\"" + id + "\"");
            }
            EventCodec next = new EventCodec(json(nextRun), nextRun, false, MOST_BYTES);
            BatchBuffer out = new BatchBuffer(16);
            int length = next.encode(event, out);
            assertThat(((Identified) next.decode(out.array(), 0, length, true)).eventId())
                    .isEqualTo(id);
        }

        @Test
        void anEventThatCannotBeGivenANumber() throws Exception {
            EventView foreign = new EventView(event("x")) {};
            assertThat(journalled(foreign).getSequenceNumber()).isEqualTo(1);
            assertThat(journalled(foreign).getSequenceNumber()).isEqualTo(2);
        }
    }

    @Nested
    class Withholds {

        @Test
        void anArgumentThatCannotPrintItself() throws Exception {
            Object throwing = new Object() {
                public String getName() {
                    throw new IllegalStateException("hunter2");
                }

                @Override
                public String toString() {
                    return "itself";
                }
            };
            LoggingEvent event = event(throwing);
            event.addKeyValuePair(new KeyValuePair("k", throwing));
            event.addKeyValuePair(new KeyValuePair("n", 5));
            assertThat(new String(json(context).encode(journalled(event)), StandardCharsets.UTF_8))
                    .contains("\"message\":\"m itself\"")
                    .contains("\"k\":\"[withheld]\",\"n\":5");
        }

        @Test
        void aStructureWithoutAnEnd() throws Exception {
            List<Object> endless = new ArrayList<>();
            endless.add(endless);
            LoggingEvent event = event("x");
            event.addKeyValuePair(new KeyValuePair("k", endless));
            assertThat(journalled(event).getKeyValuePairs()).hasToString("[k=\"[(this Collection)]\"]");
        }

        @Test
        void aStructureThatIsTooDeep() throws Exception {
            List<Object> deep = List.of();
            for (int i = 0; i < EventRecord.DEEPEST_TOKEN + 5; i++) {
                deep = List.of(deep);
            }
            LoggingEvent event = event(StructuredArguments.kv("x", deep));
            event.addKeyValuePair(new KeyValuePair("k", deep));
            event.addMarker(Markers.append("m", deep));
            assertThat(new String(json(context).encode(journalled(event)), StandardCharsets.UTF_8))
                    .contains("\"message\":\"m x=[[")
                    .contains("\"k\":\"[withheld]\",\"event.id\"");
        }

        @Test
        void anEventOfWhichEverythingThrows() throws Exception {
            ILoggingEvent hostile = (ILoggingEvent) java.lang.reflect.Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {ILoggingEvent.class}, (proxy, method, arguments) -> {
                        throw new IllegalStateException("hunter2");
                    });
            ILoggingEvent event = journalled(hostile);
            assertThat(event.getFormattedMessage())
                    .isEqualTo("[event withheld: redaction failed java.lang.IllegalStateException]");
            assertThat(event.getLevel()).isEqualTo(Level.ERROR);
        }
    }

    @Nested
    class WhereAnEventWasLogged {

        @Test
        void isKeptIfSomebodyAskedForIt() throws Exception {
            LoggingEvent event = event("x");
            event.setCallerData(new StackTraceElement[] {new StackTraceElement("A", "b", "A.java", 3)});
            assertThat(journalled(event).getCallerData()).containsExactly(event.getCallerData());
        }

        @Test
        void isFoundOutIfSinksNeedIt() throws Exception {
            codec = codec(true);
            assertThat(journalled(event("x")).getCallerData()).isNotEmpty();
            codec = codec(false);
            assertThat(journalled(event("x")).getCallerData()).isEmpty();
        }
    }
}
