package io.inkfast.net.kafka;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.inkfast.internal.Settings;
import io.inkfast.net.ClientLibrary;
import io.inkfast.net.Endpoint;
import io.inkfast.net.EventPattern;
import io.inkfast.net.HostPort;
import io.inkfast.net.NetworkAppender;
import io.inkfast.net.NetworkDefaults;
import io.inkfast.net.Transport;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Sends events to a topic of Apache Kafka, acknowledged by all replicas in sync, each once and in order per key as long as
 * the producer lives: what a broker does not answer is sent again by the producer, which the broker knows. A new one begins
 * when an event was not acknowledged for {@code delivery.timeout.ms}, when the broker has forgotten the producer, and when
 * the application starts; what was under way then may be there twice, with the same {@code event.id}, which each record has
 * as a header.
 *
 * <p>Needs {@code org.apache.kafka:kafka-clients}. Threads and settings as {@link io.inkfast.net.NetworkAppender}.
 *
 * @since 0.1.0
 */
public final class KafkaAppender extends NetworkAppender {

    private static final NetworkDefaults DEFAULTS = new NetworkDefaults(5_000, 4L << 20, Duration.ZERO);
    private static final Pattern TOPIC = Pattern.compile("(?!\\.{1,2}$)[a-zA-Z0-9._-]{1,249}");
    private static final String ARTIFACT = "org.apache.kafka:kafka-clients";
    private static final String MODULE = "kafka.clients";

    private final List<String> producerConfig = new ArrayList<>();
    private @Nullable String bootstrapServers;
    private @Nullable String topic;
    private @Nullable String key;
    private @Nullable String ackTimeout;

    /** Called by Logback. */
    public KafkaAppender() {}

    /** Some brokers, from which the others are learnt, such as {@code kafka1:9092, kafka2:9092}. Required. */
    public void setBootstrapServers(String hostsAndPorts) {
        bootstrapServers = hostsAndPorts;
    }

    /** The topic. Required. */
    public void setTopic(String name) {
        topic = name;
    }

    /**
     * What the records of a partition have in common, as a pattern of Logback's, such as {@code %X{traceId}}; it sees the
     * redacted event. None by default, and none where it gives an empty text: such records go to the partitions in turn.
     */
    public void setKey(String pattern) {
        key = pattern;
    }

    /**
     * A setting of Kafka's producer, as {@code name=value}; any number of them. What would break a promise, such as {@code
     * acks=1}, is refused.
     */
    public void addProducerConfig(String nameAndValue) {
        producerConfig.add(nameAndValue);
    }

    /**
     * After which time without an acknowledgement the appender says that it cannot send; it goes on waiting. 30 seconds by
     * default, from 1 second to 1 hour.
     */
    public void setAckTimeout(String time) {
        ackTimeout = time;
    }

    @Override
    protected NetworkDefaults defaults() {
        return DEFAULTS;
    }

    @Override
    protected Transport transport(Settings settings) {
        List<HostPort> brokers = HostPort.read("bootstrapServers", bootstrapServers, settings);
        String name = settings.required("topic", topic);
        if (!name.isEmpty() && !TOPIC.matcher(name).matches()) {
            settings.problem("<topic> [" + name
                    + "] is not the name of a topic: letters, digits, and any of ._-, 249 at" + " most");
        }
        EventPattern pattern = keyPattern(settings);
        Duration limit = settings.time(
                "ackTimeout", ackTimeout, Duration.ofSeconds(30), Duration.ofSeconds(1), Duration.ofHours(1));
        Map<String, Object> config = producerConfig(brokers, settings);
        return new Records(
                config == null
                        ? List.of()
                        : List.of(new KafkaEndpoint(brokers, name, config, limit, "inkfast-net-" + getName())),
                pattern);
    }

    private @Nullable EventPattern keyPattern(Settings settings) {
        String text = settings.text("key", key);
        EventPattern made = text == null ? null : EventPattern.of(text, getContext());
        if (text != null && made == null) {
            settings.problem("<key> [" + text + "] is not a pattern such as %X{traceId} or %logger");
        }
        return made;
    }

    /* Null without the library, of which no class may be touched then. */
    private @Nullable Map<String, Object> producerConfig(List<HostPort> brokers, Settings settings) {
        if (!ClientLibrary.isThere(settings, ARTIFACT, MODULE, "org.apache.kafka.clients.producer.KafkaProducer")) {
            return null;
        }
        try {
            return ProducerSettings.read(brokers, producerConfig, "inkfast-net-" + getName(), settings);
        } catch (LinkageError e) {
            ClientLibrary.missing(settings, ARTIFACT, MODULE, e);
            return null;
        }
    }

    private record Records(
            List<Endpoint> endpoints, @Nullable EventPattern key) implements Transport {

        @Override
        public byte @Nullable [] head(ILoggingEvent event, String id) {
            String text = key == null ? "" : key.of(event);
            return text.isEmpty() ? null : text.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public boolean readsEvents() {
            return key != null;
        }

        @Override
        public List<String> ownLoggers() {
            return List.of("org.apache.kafka");
        }
    }
}
