package io.inkfast.mask;

import static net.logstash.logback.argument.StructuredArguments.array;
import static net.logstash.logback.argument.StructuredArguments.entries;
import static net.logstash.logback.argument.StructuredArguments.fields;
import static net.logstash.logback.argument.StructuredArguments.kv;
import static net.logstash.logback.argument.StructuredArguments.raw;
import static net.logstash.logback.argument.StructuredArguments.value;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import net.logstash.logback.marker.Markers;
import org.slf4j.Logger;
import org.slf4j.Marker;
import org.slf4j.helpers.BasicMarkerFactory;

/** Every way for a value into an event, each with a secret of its own, so that one can tell which of them leaks. */
final class SecretChannels {

    /** A record, of which Jackson and toString show everything. */
    public record Login(String user, String note) {}

    private static final Map<String, BiConsumer<Logger, String>> CHANNELS = new LinkedHashMap<>();

    static {
        CHANNELS.put("message", (log, secret) -> log.info("note " + secret));
        CHANNELS.put("template", (log, secret) -> log.info("note " + secret + " {}", 1));
        CHANNELS.put("argument", (log, secret) -> log.info("note {}", secret));
        CHANNELS.put("argument, object", (log, secret) -> log.info("{}", new Login("bob", secret)));
        CHANNELS.put("argument, array", (log, secret) -> log.info("{}", (Object) new String[] {secret}));
        CHANNELS.put("argument, builder", (log, secret) -> log.info("{}", new StringBuilder(secret)));
        CHANNELS.put("argument kv", (log, secret) -> log.info("{}", kv("note", secret)));
        CHANNELS.put("argument kv, key", (log, secret) -> log.info("{}", kv(secret, 1)));
        CHANNELS.put("argument value", (log, secret) -> log.info("{}", value("note", secret)));
        CHANNELS.put("argument entries", (log, secret) -> log.info("{}", entries(Map.of("note", secret))));
        CHANNELS.put("argument fields", (log, secret) -> log.info("{}", fields(new Login("bob", secret))));
        CHANNELS.put("argument array()", (log, secret) -> log.info("{}", array("list", secret)));
        CHANNELS.put("argument raw", (log, secret) -> log.info("x", raw("doc", "{\"a\":\"" + secret + "\"}")));
        CHANNELS.put(
                "key-value",
                (log, secret) -> log.atInfo().addKeyValue("note", secret).log("x"));
        CHANNELS.put(
                "key of key-value",
                (log, secret) -> log.atInfo().addKeyValue(secret, 1).log("x"));
        CHANNELS.put(
                "nested map",
                (log, secret) -> log.atInfo()
                        .addKeyValue("map", Map.of("a", List.of(secret)))
                        .log("x"));
        CHANNELS.put(
                "key of a map",
                (log, secret) ->
                        log.atInfo().addKeyValue("map", Map.of(secret, 1)).log("x"));
        CHANNELS.put(
                "bytes",
                (log, secret) -> log.atInfo()
                        .addKeyValue("bytes", secret.getBytes(StandardCharsets.UTF_8))
                        .log("x"));
        CHANNELS.put("MDC", (log, secret) -> withMdc("note", secret, log));
        CHANNELS.put("key of the MDC", (log, secret) -> withMdc(secret, "x", log));
        CHANNELS.put("marker", (log, secret) -> log.info(marker(secret), "x"));
        CHANNELS.put("marker, referred to", (log, secret) -> log.info(referring(secret), "x"));
        CHANNELS.put("marker append", (log, secret) -> log.info(Markers.append("note", secret), "x"));
        CHANNELS.put("marker entries", (log, secret) -> log.info(Markers.appendEntries(Map.of("a", secret)), "x"));
        CHANNELS.put("marker fields", (log, secret) -> log.info(Markers.appendFields(new Login("b", secret)), "x"));
        CHANNELS.put("marker array", (log, secret) -> log.info(Markers.appendArray("list", secret), "x"));
        CHANNELS.put("marker raw", (log, secret) -> log.info(Markers.appendRaw("raw", "[\"" + secret + "\"]"), "x"));
        CHANNELS.put("exception", (log, secret) -> log.error("x", new IllegalStateException(secret)));
        CHANNELS.put("cause", (log, secret) -> log.error("x", new RuntimeException("y", new RuntimeException(secret))));
        CHANNELS.put("suppressed", (log, secret) -> log.error("x", suppressing(secret)));
        CHANNELS.put("exception as argument", (log, secret) -> log.error("{} {}", new Exception(secret), 1));
        CHANNELS.put("thread", (log, secret) -> onThread(secret, log));
        CHANNELS.put(
                "logger",
                (log, secret) -> ((ch.qos.logback.classic.Logger) log)
                        .getLoggerContext()
                        .getLogger("com." + secret)
                        .info("x"));
    }

    private SecretChannels() {}

    static List<String> names() {
        return List.copyOf(CHANNELS.keySet());
    }

    /** A token by its shape, the same for the same channel. */
    static String secret(String channel) {
        return "ghp_0123456789abcdefghijABCDEFGHIJ%06d".formatted(Math.floorMod(channel.hashCode(), 1_000_000));
    }

    static void log(String channel, Logger log) {
        CHANNELS.get(channel).accept(log, secret(channel));
    }

    static void logAll(Logger log) {
        names().forEach(channel -> log(channel, log));
    }

    /** How the secret of this channel may look in an output. */
    static List<String> forms(String channel) {
        String secret = secret(channel);
        String base64 = Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8));
        return List.of(secret, base64);
    }

    /** The channels, of these, whose secret is in the text. */
    static List<String> seenIn(String text, List<String> channels) {
        List<String> seen = new ArrayList<>();
        for (String channel : channels) {
            if (forms(channel).stream().anyMatch(text::contains)) {
                seen.add(channel);
            }
        }
        return seen;
    }

    private static void withMdc(String key, String value, Logger log) {
        var mdc = ((ch.qos.logback.classic.Logger) log).getLoggerContext().getMDCAdapter();
        mdc.put(key, value);
        log.info("x");
        mdc.remove(key);
    }

    private static void onThread(String name, Logger log) {
        Thread thread = Thread.currentThread();
        String before = thread.getName();
        thread.setName("worker " + name);
        log.info("x");
        thread.setName(before);
    }

    private static Marker marker(String name) {
        return new BasicMarkerFactory().getDetachedMarker(name);
    }

    @SuppressWarnings("deprecation") // References are printed as long as there are any.
    private static Marker referring(String name) {
        Marker marker = marker("AUDIT");
        marker.add(marker(name));
        return marker;
    }

    private static Throwable suppressing(String secret) {
        Throwable thrown = new RuntimeException("y");
        thrown.addSuppressed(new RuntimeException("z " + secret));
        return thrown;
    }
}
