package io.inkfast.mask;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import net.logstash.logback.marker.Markers;
import org.slf4j.event.KeyValuePair;

/**
 * A program that logs texts of a million characters made to cost much, through each channel, in little memory. Says which
 * of them went wrong and ends with 1 if any did.
 */
final class Torture {

    static final List<String> PIECES = List.of(
            "a@",
            ":",
            "password=",
            "1 ",
            "eyJ.",
            "-----BEGIN ",
            "{\\\"a\\\":",
            "{\"a\":",
            "\\",
            "4",
            "<a ",
            "%25",
            "\\u0041",
            "1.1.1.1",
            "+1",
            "\u2039pan:t1:",
            "\u200b",
            "e\u0301",
            "\u0301",
            "\"",
            "(password=a ",
            "\ud83d");

    private static final String SECRET = "c4nary-7f3a";
    private static final int MILLION = 1 << 20;
    private static final LoggerContext CONTEXT = new LoggerContext();

    static {
        CONTEXT.setMDCAdapter(new LogbackMDCAdapter());
    }

    private Torture() {}

    public static void main(String[] arguments) {
        List<RedactingJsonEncoder> encoders = List.of(encoder("secrets, pci"), encoder("secrets, pci, gdpr, hipaa"));
        int wrong = 0;
        for (String piece : PIECES) {
            String half = piece.repeat(MILLION / 2 / piece.length());
            String text = half + " password=\"" + SECRET + "\" " + half;
            for (Map.Entry<String, BiConsumer<LoggingEvent, String>> channel :
                    channels().entrySet()) {
                for (RedactingJsonEncoder encoder : encoders) {
                    String problem = problem(encoder, channel.getValue(), text);
                    if (problem != null) {
                        wrong++;
                        System.out.println(channel.getKey() + " of [" + piece + "]: " + problem);
                    }
                }
            }
        }
        System.out.println(wrong + " went wrong");
        System.exit(wrong == 0 ? 0 : 1);
    }

    private static RedactingJsonEncoder encoder(String profiles) {
        Redaction redaction = new Redaction();
        redaction.setContext(CONTEXT);
        redaction.addProfile(profiles);
        RedactingJsonEncoder encoder = new RedactingJsonEncoder();
        encoder.setContext(CONTEXT);
        encoder.setRedaction(redaction);
        encoder.start();
        return encoder;
    }

    private static Map<String, BiConsumer<LoggingEvent, String>> channels() {
        Map<String, BiConsumer<LoggingEvent, String>> channels = new LinkedHashMap<>();
        channels.put("message", LoggingEvent::setMessage);
        channels.put("argument", (event, text) -> {
            event.setMessage("x {}");
            event.setArgumentArray(new Object[] {text});
        });
        channels.put("MDC", (event, text) -> event.setMDCPropertyMap(Map.of("note", text)));
        channels.put(
                "exception", (event, text) -> event.setThrowableProxy(new ThrowableProxy(new RuntimeException(text))));
        channels.put("pair", (event, text) -> event.addKeyValuePair(new KeyValuePair("note", List.of(text))));
        channels.put("raw JSON", (event, text) -> event.addMarker(Markers.appendRaw("raw", "[" + text + "]")));
        return channels;
    }

    private static String problem(RedactingJsonEncoder encoder, BiConsumer<LoggingEvent, String> channel, String text) {
        LoggingEvent event = new LoggingEvent();
        event.setLoggerContext(CONTEXT);
        event.setLoggerName("com.shop.Checkout");
        event.setLevel(Level.INFO);
        event.setThreadName("main");
        event.setTimeStamp(0);
        channel.accept(event, text);
        try {
            String line = new String(encoder.encode(event), StandardCharsets.ISO_8859_1);
            if (line.contains(SECRET)) {
                return "the secret is seen";
            }
            if (line.contains("[event withheld")) {
                return line;
            }
            return line.indexOf('\n') == line.length() - 1 ? null : "not one line";
        } catch (RuntimeException | Error e) {
            return e.toString();
        }
    }
}
