package io.inkfast.mask;

import ch.qos.logback.classic.LoggerContext;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.logstash.logback.argument.StructuredArgument;
import net.logstash.logback.argument.StructuredArguments;
import net.logstash.logback.marker.Markers;
import org.slf4j.Logger;
import org.slf4j.Marker;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.spi.LoggingEventBuilder;
import tools.jackson.databind.json.JsonMapper;

/** Logs a case through the channel that it names, as an application would. */
final class CorpusLogging {

    static final String LOGGER = "com.shop.Checkout";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** A record, of which Jackson and toString show everything. */
    public record Account(String user, String password) {}

    private record Shown(String text) {
        @Override
        public String toString() {
            return text;
        }
    }

    private CorpusLogging() {}

    static void log(LoggerContext context, CorpusCase one) throws ReflectiveOperationException {
        Logger logger = context.getLogger(LOGGER);
        String message = one.message();
        switch (one.channel()) {
            case "message" -> logger.info(message);
            case "template" ->
                logger.info(
                        message, one.items().stream().map(CorpusLogging::value).toArray());
            case "kv" -> {
                LoggingEventBuilder event = logger.atInfo();
                one.items().forEach(item -> event.addKeyValue(item.name(), value(item)));
                event.log(message);
            }
            case "mdc" -> {
                one.items().forEach(item -> context.getMDCAdapter().put(item.name(), item.text()));
                logger.info(message);
                context.getMDCAdapter().clear();
            }
            case "context" -> {
                one.items().forEach(item -> context.putProperty(item.name(), item.text()));
                logger.info(message);
                one.items().forEach(item -> context.putProperty(item.name(), null));
            }
            case "exception", "cause", "suppressed" ->
                logger.info(message, thrown(one.channel(), one.items().get(0)));
            case "thread" -> {
                Thread thread = Thread.currentThread();
                String before = thread.getName();
                thread.setName(one.items().get(0).text());
                logger.info(message);
                thread.setName(before);
            }
            case "logger" -> context.getLogger(one.items().get(0).text()).info(message);
            default -> {
                if (one.channel().startsWith("arg-")) {
                    logger.info(message + " {}", argument(one));
                } else {
                    logger.info(marker(one), message);
                }
            }
        }
    }

    private static StructuredArgument argument(CorpusCase one) {
        CorpusCase.Item item = one.items().get(0);
        return switch (one.channel()) {
            case "arg-kv" -> StructuredArguments.kv(item.name(), value(item));
            case "arg-value" -> StructuredArguments.value(item.name(), value(item));
            case "arg-entries" -> StructuredArguments.entries((Map<?, ?>) value(item));
            case "arg-fields" -> StructuredArguments.fields(value(item));
            case "arg-raw" -> StructuredArguments.raw(item.name(), item.text());
            case "arg-array" -> StructuredArguments.array(item.name(), ((List<?>) value(item)).toArray());
            default -> throw new IllegalArgumentException(one.channel());
        };
    }

    private static Marker marker(CorpusCase one) {
        CorpusCase.Item item = one.items().get(0);
        return switch (one.channel()) {
            case "marker" -> Markers.append(item.name(), value(item));
            case "marker-entries" -> Markers.appendEntries((Map<?, ?>) value(item));
            case "marker-fields" -> Markers.appendFields(value(item));
            case "marker-raw" -> Markers.appendRaw(item.name(), item.text());
            case "marker-array" -> Markers.appendArray(item.name(), ((List<?>) value(item)).toArray());
            case "marker-name" -> new BasicMarkerFactory().getDetachedMarker(item.text());
            default -> throw new IllegalArgumentException(one.channel());
        };
    }

    private static Throwable thrown(String channel, CorpusCase.Item item) throws ReflectiveOperationException {
        Throwable it = (Throwable)
                Class.forName(item.name()).getConstructor(String.class).newInstance(item.text());
        if (channel.equals("cause")) {
            return new RuntimeException("outer", it);
        }
        if (channel.equals("suppressed")) {
            Throwable outer = new RuntimeException("outer");
            outer.addSuppressed(it);
            return outer;
        }
        return it;
    }

    private static Object value(CorpusCase.Item item) {
        String text = item.text();
        return switch (item.type()) {
            case "text" -> text;
            case "int" -> Integer.valueOf(text);
            case "long" -> Long.valueOf(text);
            case "double" -> Double.valueOf(text);
            case "decimal" -> new BigDecimal(text);
            case "bigint" -> new BigInteger(text);
            case "bytes" -> text.getBytes(StandardCharsets.UTF_8);
            case "chars" -> text.toCharArray();
            case "json" -> JSON.readValue(text, Object.class);
            case "list" -> List.of(text.substring(1, text.length() - 1).split(", ", -1));
            case "url" -> URI.create(text);
            case "optional" -> Optional.of(text);
            case "object" -> new Shown(text);
            case "record" -> account(text.split("\\|", -1));
            default -> throw new IllegalArgumentException(item.type());
        };
    }

    private static Account account(String[] parts) {
        return new Account(parts[1], parts[2]);
    }
}
