package io.inkfast.net.kafka;

import io.inkfast.internal.Settings;
import io.inkfast.internal.Suggestion;
import io.inkfast.net.ClientLibrary;
import io.inkfast.net.HostPort;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** The settings of Kafka's producer: ours, and the user's as far as they break no promise. Needs the library. Stateless. */
final class ProducerSettings {

    /** Within which time {@code send} returns, also where no broker is. */
    static final int MAX_BLOCK_MILLIS = 5_000;

    /* The longer, the less can be there twice; but events for a partition that is gone for good wait as long. */
    private static final int DELIVERY_MILLIS = 600_000;
    private static final int BATCH_BYTES = 128 << 10;
    private static final int MOST_IN_FLIGHT = 5;
    /*
     * With more, a second request can reach a new partition before the first, which its broker was not ready for. From then
     * on the first is out of order: the producer repeats it until delivery.timeout.ms, and all wait (KAFKA-14359).
     */
    private static final int IN_FLIGHT = 1;

    /** What a setting has to be. */
    private record Rule(Predicate<String> allows, String words) {
        static Rule never(String words) {
            return new Rule(value -> false, words);
        }
    }

    private static final Map<String, Rule> RULES = rules();

    /** A library that a compression needs. */
    private record Codec(String artifact, String module, String type) {}

    private static final Map<String, Codec> CODECS = Map.of(
            "zstd", new Codec("com.github.luben:zstd-jni", "com.github.luben.zstd_jni", "com.github.luben.zstd.Zstd"),
            "lz4", new Codec("at.yawk.lz4:lz4-java", "org.lz4.java", "net.jpountz.lz4.LZ4Factory"),
            "snappy", new Codec("org.xerial.snappy:snappy-java", "org.xerial.snappy", "org.xerial.snappy.Snappy"));

    private ProducerSettings() {}

    private static Map<String, Rule> rules() {
        Map<String, Rule> rules = new HashMap<>();
        rules.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, Rule.never("<bootstrapServers> is for that"));
        rules.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, Rule.never("keys are bytes already"));
        rules.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, Rule.never("events are bytes already"));
        rules.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, Rule.never("there are no transactions here"));
        rules.put(
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                Rule.never("it is " + MAX_BLOCK_MILLIS + ", so that stop() does not wait"));
        rules.put(
                ProducerConfig.ACKS_CONFIG,
                new Rule(value -> value.equals("all") || value.equals("-1"), "it must be all, or events are lost"));
        rules.put(
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                new Rule(value -> value.equals("true"), "it must be true, or events are there twice and out of order"));
        rules.put(
                ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
                new Rule(
                        value -> value.matches("[1-" + MOST_IN_FLIGHT + "]"),
                        "it must be from 1 to " + MOST_IN_FLIGHT + ", or events are out of order"));
        rules.put(
                ProducerConfig.RETRIES_CONFIG,
                new Rule(
                        value -> value.equals(Integer.toString(Integer.MAX_VALUE)),
                        "it must be " + Integer.MAX_VALUE + ", the default, or events are there twice"));
        return rules;
    }

    /** Reads them; problems are added to {@code settings}. The values of the user are never shown, but for those refused. */
    static Map<String, Object> read(List<HostPort> brokers, List<String> texts, String clientId, Settings settings) {
        Map<String, String> own = new LinkedHashMap<>();
        for (String each : texts) {
            add(own, settings.text("producerConfig", each), settings);
        }
        Map<String, String> all = defaults(brokers, clientId);
        all.putAll(own);
        check(all, own, settings);
        return new HashMap<>(all);
    }

    private static Map<String, String> defaults(List<HostPort> brokers, String clientId) {
        Map<String, String> all = new HashMap<>();
        all.put(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                brokers.stream().map(HostPort::toString).collect(Collectors.joining(",")));
        all.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
        all.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
        all.put(ProducerConfig.ACKS_CONFIG, "all");
        all.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
        all.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, Integer.toString(IN_FLIGHT));
        all.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, Integer.toString(MAX_BLOCK_MILLIS));
        all.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.toString(DELIVERY_MILLIS));
        all.put(ProducerConfig.BATCH_SIZE_CONFIG, Integer.toString(BATCH_BYTES));
        // Its threads have this in their names.
        all.put(ProducerConfig.CLIENT_ID_CONFIG, clientId);
        // Nothing over JMX, and nothing to the broker, unless somebody asks for it.
        all.put(ProducerConfig.METRIC_REPORTER_CLASSES_CONFIG, "");
        all.put(ProducerConfig.ENABLE_METRICS_PUSH_CONFIG, "false");
        return all;
    }

    private static void add(Map<String, String> own, @Nullable String text, Settings settings) {
        if (text == null) {
            return;
        }
        int equals = text.indexOf('=');
        if (equals < 1) {
            // It may be a secret.
            settings.problem("<producerConfig> is not a name and a value, such as compression.type=zstd");
            return;
        }
        String name = text.substring(0, equals).trim();
        String value = text.substring(equals + 1).trim();
        Rule rule = RULES.get(name);
        if (rule != null && !rule.allows().test(value)) {
            settings.problem("<producerConfig> [" + name + "=" + value + "] is refused: " + rule.words());
        } else if (own.put(name, value) != null) {
            settings.problem("<producerConfig> sets [" + name + "] twice");
        }
    }

    private static void check(Map<String, String> all, Map<String, String> own, Settings settings) {
        ConfigDef known = known();
        if (known == null) {
            return;
        }
        boolean mayKnowMore = own.keySet().stream().anyMatch(name -> name.matches(".*\\.(class|classes|reporters)"));
        for (String name : own.keySet()) {
            if (!known.names().contains(name) && !mayKnowMore) {
                settings.problem("<producerConfig> [" + name + "] is nothing that Kafka's producer knows"
                        + Suggestion.didYouMean(name, known.names()));
            }
        }
        Map<String, Long> times = new HashMap<>();
        for (ConfigValue each : known.validate(all)) {
            if (own.containsKey(each.name())) {
                each.errorMessages().forEach(error -> settings.problem("<producerConfig>: " + error));
            }
            if (each.value() instanceof Number number) {
                times.put(each.name(), number.longValue());
            }
        }
        checkTimes(times, settings);
        Codec codec = CODECS.get(String.valueOf(all.get(ProducerConfig.COMPRESSION_TYPE_CONFIG)));
        if (codec != null) {
            ClientLibrary.isThere(settings, codec.artifact(), codec.module(), codec.type());
        }
    }

    /* What the producer knows; null if it is this class of Kafka's that has asked for a logger, and so for us, half made. */
    private static @Nullable ConfigDef known() {
        try {
            return ProducerConfig.configDef();
        } catch (NullPointerException e) {
            return null;
        }
    }

    /* The producer would say so only when it is made, on the sending thread. What cannot be read is a problem already. */
    private static void checkTimes(Map<String, Long> times, Settings settings) {
        long delivery = times.getOrDefault(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Long.MAX_VALUE);
        long linger = times.getOrDefault(ProducerConfig.LINGER_MS_CONFIG, 0L);
        long request = times.getOrDefault(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 0L);
        if (delivery < linger + request) {
            settings.problem("<producerConfig> [delivery.timeout.ms=" + delivery + "] is less than linger.ms [" + linger
                    + "] and request.timeout.ms [" + request + "] together");
        }
    }
}
