package io.inkfast.wal.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggerContextVO;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import io.inkfast.component.EventRedactor;
import io.inkfast.internal.BatchBuffer;
import io.inkfast.mask.Redaction;
import io.inkfast.mask.Safe;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.logstash.logback.argument.StructuredArguments;
import net.logstash.logback.encoder.LogstashEncoder;
import net.logstash.logback.marker.Markers;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;
import org.slf4j.helpers.BasicMarkerFactory;

@SuppressWarnings("deprecation") // References of markers, which are printed as long as there are any.
class EventRecordTest {

    private static final String RUN_ID = "0lz9abcde1234567";

    private final LoggerContext context = new LoggerContext();
    private final EventReader reader = new EventReader();
    private final LogstashEncoder json = new LogstashEncoder();
    private final PatternLayoutEncoder pattern = new PatternLayoutEncoder();
    private final EventRedactor redactor;

    EventRecordTest() {
        context.setMDCAdapter(new LogbackMDCAdapter());
        json.setContext(context);
        json.setIncludeNonStructuredArguments(true);
        json.start();
        pattern.setContext(context);
        pattern.setPattern("%d %level %thread %logger %marker %kvp %X %msg %caller %ex%n");
        pattern.start();
        Redaction redaction = new Redaction();
        redaction.setContext(context);
        redactor = redaction.forStorage(pattern, problem -> {
            throw new IllegalStateException(problem);
        });
    }

    /* Has something of every kind. */
    private static LoggingEvent everything() {
        LoggingEvent event = new LoggingEvent();
        event.setLevel(Level.WARN);
        event.setInstant(Instant.ofEpochSecond(1_700_000_000, 123_456_789));
        event.setLoggerName("com.acme.Shop");
        event.setThreadName("main");
        event.setMessage("order {} of {} for {} {}");
        event.setArgumentArray(new Object[] {7, "caf\u00e9", "\u4e2d\uD83D\uDE00", StructuredArguments.kv("shard", 3)});
        Map<String, String> mdc = new LinkedHashMap<>();
        mdc.put("traceId", "abc");
        mdc.put("user", "bob");
        event.setMDCPropertyMap(mdc);
        List<Object> values = Arrays.asList(
                null,
                true,
                false,
                -5,
                Long.MAX_VALUE,
                1.5f,
                2.5,
                new BigInteger("123456789012345678901234567890"),
                new BigDecimal("1.50"),
                "text",
                Safe.of("harmless"),
                Map.of("list", List.of(1, 2.5, "x", true)),
                new byte[] {1, 2, 3},
                new BigInteger[] {BigInteger.TEN});
        for (int i = 0; i < values.size(); i++) {
            event.addKeyValuePair(new KeyValuePair("k" + i, values.get(i)));
        }
        Marker plain = new BasicMarkerFactory().getDetachedMarker("AUDIT");
        plain.add(new BasicMarkerFactory().getDetachedMarker("INNER"));
        event.addMarker(plain);
        event.addMarker(Markers.append("field", "x").and(Markers.appendRaw("raw", "[ 1.0 ]")));
        event.addMarker(Markers.appendEntries(Map.of("entry", 1)));
        Exception thrown = new IllegalStateException("outer", new IOException("inner"));
        thrown.addSuppressed(new IOException());
        StackTraceElement[] frames = {
            new StackTraceElement("custom", "shop", "1.2", "com.acme.Shop", "pay", "Shop.java", 17),
            new StackTraceElement("com.acme.Main", "main", null, -2)
        };
        thrown.setStackTrace(frames);
        thrown.getCause().setStackTrace(Arrays.copyOfRange(frames, 1, 2));
        thrown.getSuppressed()[0].setStackTrace(new StackTraceElement[0]);
        event.setThrowableProxy(new ThrowableProxy(thrown));
        event.setCallerData(frames);
        event.setLoggerContextRemoteView(new LoggerContextVO("shop", Map.of("region", "eu"), 1_699_999_999_000L));
        return event;
    }

    private byte[] record(ILoggingEvent event) {
        BatchBuffer out = new BatchBuffer(16);
        new EventWriter().write(out, redactor.redact(event), RUN_ID, 42, false);
        return Arrays.copyOf(out.array(), out.size());
    }

    private ILoggingEvent read(byte[] record) throws DamagedEventException {
        return reader.read(record, 0, record.length, false);
    }

    private String seen(ILoggingEvent event) {
        return new String(json.encode(event), StandardCharsets.UTF_8)
                + new String(pattern.encode(event), StandardCharsets.UTF_8)
                + Arrays.toString(event.getArgumentArray());
    }

    @Test
    void keepsWhatTheGoldenFileHas() throws Exception {
        byte[] golden;
        try (InputStream in = getClass().getResourceAsStream("event-1.0.hex")) {
            String text = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
            golden = HexFormat.of().parseHex(text.replaceAll("\\s", ""));
        }
        assertThat(HexFormat.of().formatHex(record(everything())))
                .isEqualTo(HexFormat.of().formatHex(golden));
        assertThat(seen(read(golden))).isEqualTo(seen(redactor.redact(everything())));
    }

    @Nested
    class GivesBack {

        private final ILoggingEvent event = given();

        private ILoggingEvent given() {
            try {
                return read(record(everything()));
            } catch (DamagedEventException e) {
                throw new AssertionError(e);
            }
        }

        @Test
        void timeAndIdentity() {
            assertThat(event.getInstant()).isEqualTo(Instant.ofEpochSecond(1_700_000_000, 123_456_789));
            assertThat(event.getTimeStamp()).isEqualTo(1_700_000_000_123L);
            assertThat(event.getNanoseconds()).isEqualTo(123_456_789);
            assertThat(event.getSequenceNumber()).isEqualTo(42);
            assertThat(((io.inkfast.component.Identified) event).eventId()).isEqualTo(RUN_ID + "-42");
        }

        @Test
        void typesOfValues() {
            assertThat(event.getKeyValuePairs().stream().map(pair -> pair.value).limit(10))
                    .containsExactly(
                            null,
                            true,
                            false,
                            -5L,
                            Long.MAX_VALUE,
                            1.5f,
                            2.5,
                            new BigInteger("123456789012345678901234567890"),
                            new BigDecimal("1.50"),
                            "text");
            assertThat(event.getKeyValuePairs().get(10).value)
                    .isInstanceOf(Safe.class)
                    .hasToString("harmless");
        }

        @Test
        void textsOfAllCharacters() {
            assertThat(event.getFormattedMessage()).isEqualTo("order 7 of caf\u00e9 for \u4e2d\uD83D\uDE00 shard=3");
            assertThat(event.getArgumentArray()).startsWith(7L, "caf\u00e9", "\u4e2d\uD83D\uDE00");
        }

        @Test
        void theContext() {
            assertThat(event.getLoggerContextVO())
                    .isEqualTo(new LoggerContextVO("shop", Map.of("region", "eu"), 1_699_999_999_000L));
        }

        @Test
        void whereItWasLogged() {
            assertThat(event.hasCallerData()).isTrue();
            assertThat(event.getCallerData()[0]).hasToString("custom/shop@1.2/com.acme.Shop.pay(Shop.java:17)");
        }

        @Test
        void anExceptionThatPrintsItself() {
            Throwable thrown = ((ThrowableProxy) event.getThrowableProxy()).getThrowable();
            assertThat(thrown).hasToString("java.lang.IllegalStateException: outer");
            assertThat(thrown.getCause()).hasToString("java.io.IOException: inner");
            assertThat(thrown.getSuppressed()[0]).hasToString("java.io.IOException");
            assertThat(thrown.getStackTrace()).hasSize(2);
        }
    }

    @Test
    void keepsTheNearestTimeThatCanBe() throws Exception {
        LoggingEvent event = everything();
        event.setInstant(Instant.MAX);
        assertThat(read(record(event)).getInstant()).isEqualTo(Instant.parse("9999-12-31T23:59:59.999999999Z"));
        event.setInstant(Instant.MIN);
        assertThat(read(record(event)).getInstant()).isEqualTo(Instant.parse("0000-01-01T00:00:00Z"));
    }

    @Test
    void givesAnEventWithoutALevelTheLevelError() throws Exception {
        LoggingEvent event = new LoggingEvent();
        event.setThreadName("main");
        event.setMDCPropertyMap(Map.of());
        event.setInstant(Instant.EPOCH);
        assertThat(read(record(event)).getLevel()).isEqualTo(Level.ERROR);
    }

    @Test
    void keepsEveryText() throws Exception {
        for (String text :
                new String[] {"", "a", "\u00ff", "\u0100", "\uD800", "\uDC00x\uD83D\uDE00", "x".repeat(70_000)}) {
            BatchBuffer out = new BatchBuffer(16);
            Primitives.text(out, text);
            assertThat(new RecordReader(out.array(), 0, out.size()).text()).isEqualTo(text);
        }
    }

    @Test
    void doesNotFindOutWhereAnEventWasLoggedIfTheRecordDoesNotSay() throws Exception {
        LoggingEvent event = new LoggingEvent("x", context.getLogger("a"), Level.INFO, "m", null, null);
        ILoggingEvent journalled = read(record(event));
        assertThat(journalled.hasCallerData()).isFalse();
        assertThat(journalled.getCallerData()).isEmpty();
    }

    @Test
    void printsFramesOfTheJvmAsTheJvmDoes() throws Exception {
        Throwable thrown = new Throwable();
        LoggingEvent event = new LoggingEvent("x", context.getLogger("a"), Level.INFO, "m", thrown, null);
        var frames = read(record(event)).getThrowableProxy().getStackTraceElementProxyArray();
        assertThat(Arrays.toString(frames))
                .isEqualTo(Arrays.toString(event.getThrowableProxy().getStackTraceElementProxyArray()))
                .contains("java.base/");
    }

    @Test
    void saysThatAnEventWasRecovered() throws Exception {
        byte[] record = record(everything());
        List<KeyValuePair> pairs = reader.read(record, 0, record.length, true).getKeyValuePairs();
        assertThat(pairs).hasSize(15);
        assertThat(pairs.get(14)).hasToString("recovered=\"true\"");
        byte[] plain = record(new LoggingEvent("x", context.getLogger("a"), Level.INFO, "m", null, null));
        assertThat(reader.read(plain, 0, plain.length, true).getKeyValuePairs()).hasToString("[recovered=\"true\"]");
    }

    @Nested
    class Refuses {

        private final byte[] record = record(everything());

        private void isRefused(byte[] bytes, String why) {
            assertThatThrownBy(() -> read(bytes))
                    .isInstanceOf(DamagedEventException.class)
                    .hasMessage(why);
        }

        @Test
        void otherVersions() {
            for (int version : new int[] {0, 2, 255}) {
                byte[] other = record.clone();
                other[0] = (byte) version;
                isRefused(other, "the record has version " + version + "; this release reads version 1");
            }
        }

        @Test
        void everyPrefix() {
            for (int length = 0; length < record.length; length++) {
                if (!isEndOfSection(length)) {
                    isRefused(Arrays.copyOf(record, length), "the record is cut off, or a length in it is wrong");
                }
            }
        }

        /* The journal knows the length of a record; that sections are missing cannot be seen. */
        private boolean isEndOfSection(int length) {
            int at = EventRecord.SECTIONS;
            while (at < length) {
                at += EventRecord.SECTION_HEADER + (int) Primitives.INTS.get(record, at + 1);
            }
            return at == length;
        }

        @Test
        void moreThanThereIs() {
            byte[] longer = Arrays.copyOf(record, record.length + 1);
            isRefused(longer, "the parts of the record are in the wrong order");
        }

        @Test
        void anUnknownLevel() {
            byte[] other = record.clone();
            other[EventRecord.LEVEL] = 7;
            isRefused(other, "the record has an unknown level");
        }

        @Test
        void aTimeThatCannotBe() {
            byte[] other = record.clone();
            Primitives.INTS.set(other, EventRecord.NANOS, 1_000_000_000);
            isRefused(other, "the record has a time that cannot be");
        }
    }

    @Nested
    class StaysInItsBounds {

        private void canBeUsedOrIsRefused(byte[] bytes) {
            ILoggingEvent event;
            try {
                event = read(bytes);
            } catch (DamagedEventException e) {
                return;
            }
            byte[] again = written(event);
            try {
                assertThat(said(read(again))).isEqualTo(said(event));
            } catch (DamagedEventException e) {
                throw new AssertionError("what was read cannot be read when it is written again", e);
            }
        }

        /* As it is, without a word hidden. */
        private byte[] written(ILoggingEvent event) {
            BatchBuffer out = new BatchBuffer(16);
            new EventWriter().write(out, event, RUN_ID, 42, false);
            return Arrays.copyOf(out.array(), out.size());
        }

        private String said(ILoggingEvent event) {
            return String.join(
                    "\n",
                    String.valueOf(event.getLevel()),
                    String.valueOf(event.getInstant()),
                    event.getLoggerName(),
                    event.getThreadName(),
                    event.getMessage(),
                    event.getFormattedMessage(),
                    Arrays.toString(event.getArgumentArray()),
                    String.valueOf(event.getMDCPropertyMap()),
                    String.valueOf(event.getKeyValuePairs()),
                    String.valueOf(event.getMarkerList()),
                    String.valueOf(event.getLoggerContextVO()),
                    Arrays.toString(event.getCallerData()),
                    ThrowableProxyUtil.asString(event.getThrowableProxy()));
        }

        @Test
        void withEveryBitFlipped() {
            byte[] record = record(everything());
            for (int bit = 0; bit < 8 * record.length; bit++) {
                record[bit / 8] ^= (byte) (1 << (bit % 8));
                canBeUsedOrIsRefused(record);
                record[bit / 8] ^= (byte) (1 << (bit % 8));
            }
        }

        @Test
        void withEveryFourBytesExtreme() {
            byte[] record = record(everything());
            for (int at = 0; at <= record.length - 4; at++) {
                int before = (int) Primitives.INTS.get(record, at);
                for (int extreme : new int[] {0, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, 1}) {
                    Primitives.INTS.set(record, at, extreme);
                    canBeUsedOrIsRefused(record);
                }
                Primitives.INTS.set(record, at, before);
            }
        }

        @Test
        void withSeveralBytesWrong() {
            Random random = new Random(5);
            byte[] record = record(everything());
            for (int round = 0; round < 50_000; round++) {
                byte[] damaged = record.clone();
                for (int i = random.nextInt(6); i >= 0; i--) {
                    damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
                }
                canBeUsedOrIsRefused(damaged);
            }
        }

        @Test
        void withExceptionsInExceptionsThatPromiseMore() {
            byte[] record = new byte[1 << 20];
            System.arraycopy(record(everything()), 0, record, 0, EventRecord.SECTIONS);
            record[EventRecord.SECTIONS] = EventRecord.THROWABLE;
            Primitives.INTS.set(
                    record,
                    EventRecord.SECTIONS + 1,
                    record.length - EventRecord.SECTIONS - EventRecord.SECTION_HEADER);
            // No cause; class, no texts, no frames; as many suppressed as there may be.
            byte[] level = {0, 3, 'A', 0, 0, 0, 0, (byte) 0x80, (byte) 0x80, 0x20};
            for (int at = EventRecord.SECTIONS + EventRecord.SECTION_HEADER; at + 10 < record.length; at += 10) {
                System.arraycopy(level, 0, record, at, 10);
            }
            assertThatThrownBy(() -> read(record))
                    .isInstanceOf(DamagedEventException.class)
                    .hasMessage("an exception in the record is too deep");
        }
    }

    @Test
    void passesOverWhatALaterMinorVersionAdds() throws Exception {
        byte[] record = record(everything());
        byte[] later = Arrays.copyOf(record, record.length + EventRecord.SECTION_HEADER + 3);
        later[1] = 7;
        later[2] |= (byte) 0x80;
        later[record.length] = 99;
        Primitives.INTS.set(later, record.length + 1, 3);
        assertThat(seen(read(later))).isEqualTo(seen(read(record)));
    }
}
