package io.inkfast.wal.event;

import static net.logstash.logback.argument.StructuredArguments.array;
import static net.logstash.logback.argument.StructuredArguments.entries;
import static net.logstash.logback.argument.StructuredArguments.fields;
import static net.logstash.logback.argument.StructuredArguments.kv;
import static net.logstash.logback.argument.StructuredArguments.raw;
import static net.logstash.logback.argument.StructuredArguments.value;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import io.inkfast.mask.Safe;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import net.logstash.logback.marker.Markers;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;
import org.slf4j.helpers.BasicMarkerFactory;

/** Events with something in every channel that there is, secrets among it. The same for the same seed. */
@SuppressWarnings("deprecation") // References of markers, which are printed as long as there are any.
final class RandomEvents {

    /** Of which Jackson and toString show everything. */
    public record Login(String user, String password, List<String> notes) {}

    enum Colour {
        RED,
        GREEN
    }

    private static final String[] WORDS = {
        "order",
        "accepted",
        "42",
        "f\u00fcr",
        "\u4e2d\u6587",
        "\uD83D\uDE00",
        "a\tb",
        "line\nbreak",
        "\"quoted\"",
        "back\\slash",
        "\u0001",
        "\u202e",
        "\uD800",
        "x=1",
        "{}",
        "",
        "card 4111111111111111",
        "password=hunter2",
        "ghp_0123456789abcdefghijABCDEFGHIJ012345",
        "bob@example.org"
    };

    private static final String[] NAMES = {
        "note", "password", "apiKey", "k\u00fcche", "orderId", "pin", "shard", "value", "x.y", "\u4e2d"
    };

    private final Random random;
    private final LoggerContext context;
    private final LogbackMDCAdapter mdc;
    private final boolean others;

    /**
     * @param others whether there are values among them whose JSON is not what they print
     */
    RandomEvents(long seed, LoggerContext context, boolean others) {
        this.random = new Random(seed);
        this.context = context;
        this.mdc = (LogbackMDCAdapter) context.getMDCAdapter();
        this.others = others;
    }

    private boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    String words() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(4); i >= 0; i--) {
            text.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
        }
        return text.toString();
    }

    private String name() {
        return NAMES[random.nextInt(NAMES.length)];
    }

    Object scalar() {
        Object[] values = {
            words(),
            random.nextInt(),
            random.nextLong(),
            true,
            (short) -7,
            (byte) 3,
            1.5,
            0.1f,
            1e30,
            'c',
            4111111111111111L,
            new BigDecimal("1.50"),
            new BigDecimal("1E+9"),
            new BigInteger("123456789012345678901"),
            Double.NaN,
            null
        };
        return values[random.nextInt(values.length)];
    }

    private Object object() {
        Object[] values = {
            List.of(words(), 1, 2.5f),
            map(),
            new Login(words(), "hunter2", List.of(words())),
            new StringBuilder(words()),
            UUID.fromString("a6b0c1d2-0000-4000-8000-0123456789ab"),
            Instant.ofEpochSecond(1_700_000_000, 5),
            Duration.ofMillis(1500),
            Colour.RED,
            URI.create("https://bob:hunter2@host/x?token=hunter2"),
            new AtomicLong(7),
            words().getBytes(StandardCharsets.UTF_8),
            new int[] {1, 2},
            Safe.of(words()),
            Safe.of(map()),
            Locale.GERMANY,
            String.class
        };
        return values[random.nextInt(others ? values.length : values.length - 2)];
    }

    private Map<String, Object> map() {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            map.put(name(), oneIn(3) ? List.of(words()) : scalar());
        }
        return map;
    }

    private Object structured() {
        return switch (random.nextInt(7)) {
            case 0 -> kv(name(), words());
            case 1 -> value(name(), scalar());
            case 2 -> entries(map());
            case 3 -> fields(new Login(words(), "hunter2", List.of()));
            case 4 -> array(name(), words(), 5, 2.5);
            case 5 -> raw(name(), "{ \"password\": \"hunter2\", \"a\" : [1.0, 2e3] }");
            default -> kv(name(), map());
        };
    }

    private Object argument() {
        return oneIn(3) ? structured() : oneIn(2) ? object() : scalar();
    }

    private Marker marker(int depth) {
        Marker marker = switch (random.nextInt(6)) {
            case 0 -> Markers.append(name(), scalar());
            case 1 -> Markers.appendRaw(name(), "[ 1.50, {\"apiKey\" :\"x\"}]");
            case 2 -> Markers.appendEntries(map());
            case 3 -> Markers.appendFields(new Login(words(), "hunter2", List.of(words())));
            case 4 -> Markers.appendArray(name(), words(), 7);
            default -> new BasicMarkerFactory().getDetachedMarker("M" + random.nextInt(3));
        };
        for (int i = depth > 2 ? 0 : random.nextInt(3); i > 0; i--) {
            marker.add(marker(depth + 1));
        }
        return marker;
    }

    private Throwable thrown(int depth) {
        Throwable cause = depth == 0 ? null : thrown(depth - 1);
        String message = oneIn(4) ? null : words();
        Throwable thrown = oneIn(2) ? new IllegalStateException(message, cause) : new IOException(message, cause);
        if (oneIn(3)) {
            thrown.addSuppressed(shortened(new IOException(words())));
        }
        if (oneIn(20)) {
            thrown.addSuppressed(shortened(new IllegalArgumentException("round", thrown)));
        }
        return shortened(thrown);
    }

    private Throwable shortened(Throwable thrown) {
        StackTraceElement[] frames = thrown.getStackTrace();
        thrown.setStackTrace(Arrays.copyOf(frames, Math.min(frames.length, random.nextInt(12))));
        return thrown;
    }

    LoggingEvent next() {
        if (oneIn(4)) {
            mdc.clear();
        }
        if (oneIn(3)) {
            mdc.put(name() + random.nextInt(3), words());
        }
        List<Object> arguments = new ArrayList<>();
        StringBuilder template = new StringBuilder(words());
        for (int i = random.nextInt(4); i > 0; i--) {
            arguments.add(argument());
            template.append(oneIn(3) ? name() + "={}" : " {}").append(oneIn(2) ? ", " : " ");
        }
        Level[] levels = {Level.TRACE, Level.DEBUG, Level.INFO, Level.WARN, Level.ERROR};
        LoggingEvent event = new LoggingEvent(
                RandomEvents.class.getName(),
                context.getLogger("com.acme.Service" + random.nextInt(3)),
                levels[random.nextInt(levels.length)],
                template.toString(),
                oneIn(3) ? thrown(random.nextInt(4)) : null,
                oneIn(5) ? null : arguments.toArray());
        for (int i = oneIn(3) ? random.nextInt(5) : 0; i > 0; i--) {
            event.addKeyValuePair(new KeyValuePair(name() + i, oneIn(2) ? object() : scalar()));
        }
        if (oneIn(5)) {
            event.addMarker(marker(0));
        }
        if (oneIn(5)) {
            event.addKeyValuePair(new KeyValuePair("thrown", new IOException(words())));
        }
        event.setInstant(Instant.ofEpochSecond(
                1_700_000_000L + random.nextInt(3), oneIn(4) ? 0 : random.nextInt(1_000_000_000)));
        return event;
    }
}
