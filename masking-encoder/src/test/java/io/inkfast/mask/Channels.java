package io.inkfast.mask;

import static net.logstash.logback.argument.StructuredArguments.entries;
import static net.logstash.logback.argument.StructuredArguments.fields;
import static net.logstash.logback.argument.StructuredArguments.kv;
import static net.logstash.logback.argument.StructuredArguments.raw;
import static net.logstash.logback.argument.StructuredArguments.value;

import ch.qos.logback.classic.LoggerContext;
import java.math.BigDecimal;
import java.net.URI;
import java.util.List;
import java.util.Map;
import net.logstash.logback.marker.Markers;
import org.slf4j.Logger;
import org.slf4j.MarkerFactory;

/** Logs a secret through every channel that an event has. */
final class Channels {

    static final String CARD = "4111111111111111";
    static final String TOKEN = "ghp_0123456789abcdefghijABCDEFGHIJ012345";

    /** A word that only its name gives away. */
    static final String WORD = "c4nary-7f3a";

    record Login(String user, String password) {}

    /** Says more of itself than its message. */
    static final class Talkative extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Talkative() {
            super("harmless");
        }

        @Override
        public String toString() {
            return "Talkative token " + TOKEN;
        }
    }

    private Channels() {}

    @SuppressWarnings("deprecation") // References of markers, which are printed as long as there are any.
    static void logAll(LoggerContext context) {
        context.putProperty("password", WORD);
        context.putProperty("note", "card " + CARD);
        Logger log = context.getLogger("com.shop.Checkout");
        log.info("password=" + WORD + " " + TOKEN);
        log.info("password={}", WORD);
        log.info("password={} pin={}", WORD + ", with} more " + WORD, 48151623);
        log.info("{} {} {}", TOKEN, "card " + CARD, Long.parseLong(CARD));
        log.info("{}{}", CARD.substring(0, 8), CARD.substring(8));
        log.info("{}", new BigDecimal(CARD));
        log.info("{} {}", URI.create("https://bob:" + WORD + "@host/"), new StringBuilder("token=" + TOKEN));
        log.info("{} {} {}", kv("password", WORD), value("password", WORD), kv("note", TOKEN));
        log.info("{} {}", fields(new Login("bob", WORD)), entries(Map.of("apiKey", WORD, "list", List.of(CARD))));
        log.info("{}", raw("doc", "{\"password\":\"" + WORD + "\",\"x\":[\"" + TOKEN + "\"]}"));
        log.info("{} {}", new Login("bob", WORD), new IllegalStateException("card " + CARD));
        log.atInfo()
                .addKeyValue("db.password", WORD)
                .addKeyValue("note", TOKEN)
                .addKeyValue("number", Long.parseLong(CARD))
                .addKeyValue("fraction", Double.parseDouble(CARD))
                .addKeyValue("object", new Login("bob", WORD))
                .addKeyValue("map", Map.of("secret", WORD, "deep", Map.of("a", CARD)))
                .addKeyValue(TOKEN, "name")
                .log("key-values");
        context.getMDCAdapter().put("password", WORD);
        context.getMDCAdapter().put("note", "card " + CARD);
        context.getMDCAdapter().put(TOKEN, "name");
        log.info("MDC");
        context.getMDCAdapter().clear();
        log.info(
                Markers.append("password", WORD)
                        .and(Markers.append("note", TOKEN))
                        .and(Markers.appendEntries(Map.of("secret", WORD)))
                        .and(Markers.appendFields(new Login("bob", WORD)))
                        .and(Markers.appendRaw("raw", "{\"password\":\"" + WORD + "\"}"))
                        .and(Markers.aggregate(Markers.append("token", WORD))),
                "markers");
        var named = MarkerFactory.getDetachedMarker("card-" + CARD);
        named.add(MarkerFactory.getDetachedMarker(TOKEN));
        log.info(named, "named marker");
        RuntimeException cause = new RuntimeException("password=" + WORD, new Talkative());
        RuntimeException thrown = new RuntimeException("line\ncard " + CARD, cause);
        thrown.addSuppressed(new IllegalStateException("suppressed " + TOKEN, new RuntimeException("token=" + TOKEN)));
        cause.addSuppressed(thrown);
        log.error("exception", thrown);
        log.error("only in toString", new Talkative());
        String name = Thread.currentThread().getName();
        Thread.currentThread().setName("worker-" + CARD);
        log.info("thread");
        Thread.currentThread().setName(name);
        context.getLogger("com.shop." + TOKEN).info("logger");
    }
}
