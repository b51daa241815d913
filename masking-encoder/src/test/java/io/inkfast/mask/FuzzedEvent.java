package io.inkfast.mask;

import static net.logstash.logback.argument.StructuredArguments.keyValue;
import static net.logstash.logback.argument.StructuredArguments.raw;
import static net.logstash.logback.argument.StructuredArguments.value;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.logstash.logback.marker.Markers;
import org.slf4j.event.KeyValuePair;
import org.slf4j.helpers.BasicMarkerFactory;

/**
 * An event by a script: each line is a letter for the channel, then a name, a tab and a value, or only a value. A value may
 * have line feeds, written as U+23CE. Behind every value there is a secret that its shape gives away, and some channels
 * have one that only its name does.
 */
final class FuzzedEvent {

    static final String WORD = "c4nary-7f3a";
    static final String TOKEN = "ghp_0123456789abcdefghijABCDEFGHIJ012345";

    private static final LoggerContext CONTEXT = new LoggerContext();

    private final StringBuilder message = new StringBuilder();
    private final List<Object> arguments = new ArrayList<>();
    private final Map<String, String> mdc = new HashMap<>();
    private final List<KeyValuePair> pairs = new ArrayList<>();
    private final LoggingEvent event = new LoggingEvent();
    private RuntimeException thrown = shortened(new IllegalStateException("password=\"" + WORD + "\""));

    private String thread = "main";

    private FuzzedEvent() {}

    /** Whether a secret is in the script itself, where nothing need give it away. */
    static boolean tells(String script) {
        String joined = script.replaceAll("\n.?", "");
        return joined.contains(WORD) || joined.contains(TOKEN);
    }

    static LoggingEvent of(String script) {
        FuzzedEvent fuzzed = new FuzzedEvent();
        fuzzed.event.setLoggerName("com.shop.Checkout");
        for (String line : script.split("\n", 64)) {
            if (!line.isEmpty()) {
                fuzzed.add(line.charAt(0), line.substring(1).replace('\u23ce', '\n'));
            }
        }
        return fuzzed.finished();
    }

    private void add(char channel, String text) {
        int tab = text.indexOf('\t');
        String name = tab < 0 ? "note" : text.substring(0, tab);
        String plain = text.substring(tab + 1);
        String value = plain + ' ' + TOKEN + ' ';
        switch (channel) {
            case 'm' -> message.append(text);
            case 'a' -> arguments.add(value);
            case 'd' -> arguments.add(new StringBuilder(value));
            case 'n' -> arguments.add(number(plain));
            case 'j' -> arguments.add(Map.of(name, List.of(value), value, plain));
            case 'k' -> arguments.add(keyValue(name, value));
            case 'v' -> arguments.add(value(name, value));
            case 'r' -> arguments.add(raw(name, plain));
            case 'p' -> pairs.add(new KeyValuePair(name, value));
            case 'q' -> pairs.add(new KeyValuePair(name, deep(name, value)));
            case 'o' -> pairs.add(new KeyValuePair(value, number(plain)));
            case 'b' -> pairs.add(new KeyValuePair(name, value.getBytes(StandardCharsets.UTF_8)));
            case 'c' -> mdc.put(name, value);
            case 'C' -> mdc.put(value, name);
            case 'M' -> event.addMarker(new BasicMarkerFactory().getDetachedMarker(value));
            case 'f' -> event.addMarker(Markers.append(name, value));
            case 'e' -> event.addMarker(Markers.appendEntries(Map.of(name, value)));
            case 'y' -> event.addMarker(Markers.appendArray(name, value, plain));
            case 'R' -> event.addMarker(Markers.appendRaw(name, plain));
            case 'x' -> thrown = shortened(new RuntimeException(value, thrown));
            case 's' -> thrown.addSuppressed(shortened(new RuntimeException(value)));
            case 't' -> thread = value;
            case 'l' -> event.setLoggerName(value);
            default -> {}
        }
    }

    /* The frames of a test are many, and cost more than all the rest. */
    private static RuntimeException shortened(RuntimeException exception) {
        exception.setStackTrace(new StackTraceElement[] {new StackTraceElement("com.shop.Checkout", "pay", null, 17)});
        return exception;
    }

    private static Object number(String text) {
        try {
            BigDecimal number = new BigDecimal(text.strip());
            return number.scale() == 0 && number.precision() < 18 ? (Object) number.longValue() : number;
        } catch (NumberFormatException e) {
            return text.length();
        }
    }

    private static Map<String, Object> deep(String name, String value) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(name, value);
        map.put("password", WORD);
        map.put("list", List.of(Map.of("name", name, "value", value)));
        return map;
    }

    private LoggingEvent finished() {
        if (arguments.isEmpty()) {
            message.append(" password=\"").append(WORD).append("\" ").append(TOKEN);
        } else {
            arguments.add(keyValue("password", WORD));
            event.setArgumentArray(arguments.toArray());
        }
        mdc.put("apiKey", WORD);
        pairs.add(new KeyValuePair("db.password", WORD));
        event.setMessage(message.toString());
        event.setLoggerContext(CONTEXT);
        event.setThreadName(thread);
        event.setLevel(Level.INFO);
        event.setTimeStamp(1_700_000_000_000L);
        event.setMDCPropertyMap(mdc);
        event.setKeyValuePairs(pairs);
        event.setThrowableProxy(new ThrowableProxy(thrown));
        return event;
    }
}
