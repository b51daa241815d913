package io.inkfast.net.kafka;

import io.inkfast.net.Endpoint;
import io.inkfast.net.HostPort;
import io.inkfast.net.Link;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A cluster.
 *
 * @param ackLimit how long a link waits for acknowledgements
 * @param thread   with which the names of threads begin
 */
record KafkaEndpoint(List<HostPort> brokers, String topic, Map<String, Object> config, Duration ackLimit, String thread)
        implements Endpoint {

    @Override
    public String name() {
        return brokers.stream().map(HostPort::toString).collect(Collectors.joining(", "));
    }

    @Override
    public Link connect() {
        return new KafkaLink(this::producer, topic, ackLimit, thread);
    }

    /* Kafka looks for classes where the thread says, and gives that to its own thread; ours belongs to nobody. */
    private Producer<byte[], byte[]> producer() {
        Thread current = Thread.currentThread();
        ClassLoader before = current.getContextClassLoader();
        current.setContextClassLoader(KafkaProducer.class.getClassLoader());
        try {
            return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
        } finally {
            current.setContextClassLoader(before);
        }
    }
}
