package io.inkfast.samples.elk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** A real broker, a cluster by itself, in a process of its own; it keeps its data when it is killed. One thread. */
final class KafkaBroker implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final String CLUSTER = "AAAAAAAAQACAAAAAAAAAAg";

    private final Path directory;
    private final int port;
    private Process process;

    KafkaBroker(Path directory) {
        this.directory = directory;
        port = Ports.unused();
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    /** Returns when it answers; settings as {@code name=value}. */
    void start(String... settings) throws IOException, InterruptedException {
        Path properties = directory.resolve("server.properties");
        if (Files.notExists(properties)) {
            Files.createDirectories(directory);
            Files.write(properties, properties(Ports.unused(), settings));
            Process format = java("kafka.tools.StorageTool", "format", "-t", CLUSTER, "-c", properties.toString());
            if (format.waitFor() != 0) {
                throw new IOException("no storage: " + said());
            }
        }
        process = java("kafka.Kafka", properties.toString());
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!Ports.answers(port)) {
            if (process.waitFor(50, TimeUnit.MILLISECONDS) || System.nanoTime() > deadline) {
                throw new IOException("Kafka did not start: " + said());
            }
        }
    }

    /** The same, for a user with a password only. */
    void startSasl(String user, String password) throws IOException, InterruptedException {
        start(
                "listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:SASL_PLAINTEXT",
                "sasl.enabled.mechanisms=PLAIN",
                "sasl.mechanism.inter.broker.protocol=PLAIN",
                "listener.name.plaintext.plain.sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule"
                        + " required username=\"" + user + "\" password=\"" + password + "\" user_" + user + "=\""
                        + password + "\";");
    }

    private List<String> properties(int controllerPort, String... settings) {
        List<String> lines = new ArrayList<>(List.of(
                "process.roles=broker,controller",
                "node.id=1",
                "controller.quorum.voters=1@127.0.0.1:" + controllerPort,
                "listeners=PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort,
                "advertised.listeners=PLAINTEXT://127.0.0.1:" + port,
                "controller.listener.names=CONTROLLER",
                "inter.broker.listener.name=PLAINTEXT",
                "log.dirs=" + directory.resolve("data"),
                "num.partitions=3",
                "offsets.topic.replication.factor=1",
                "transaction.state.log.replication.factor=1",
                "transaction.state.log.min.isr=1",
                "log.cleaner.dedupe.buffer.size=16777216"));
        lines.addAll(List.of(settings));
        return lines;
    }

    private Process java(String main, String... arguments) throws IOException {
        Path home = Path.of(System.getProperty("inkfast.kafka"));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-cp",
                Files.readString(home.resolve("classpath.txt")),
                main));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output().toFile()))
                .start();
    }

    private Path output() {
        return directory.resolve("output.txt");
    }

    /** With signal 9: it finishes nothing. */
    void kill() {
        if (process != null) {
            process.destroyForcibly().onExit().join();
            process = null;
        }
    }

    /** What it has printed. */
    String said() {
        try {
            return Files.readString(output());
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** All records of a topic that is there, each partition in its order. */
    List<ConsumerRecord<String, String>> records(String topic) {
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", address()), new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<ConsumerRecord<String, String>> records = new ArrayList<>();
            while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
            return records;
        }
    }

    @Override
    public void close() {
        kill();
    }
}
