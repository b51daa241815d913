package io.inkfast.samples.elk;

import io.inkfast.testing.Torture;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.Range;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SslOptions;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** A real {@code redis-server}, in a process of its own; it keeps its data when it is killed. One thread. */
final class Redis implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final int WHOLE = 10_000;

    private final Path directory;
    private final int port;
    private Process process;
    private Path authority;

    Redis(Path directory) {
        this.directory = directory;
        port = Ports.unused();
    }

    /** The test is left out where there is none. */
    static void need() throws InterruptedException {
        try {
            new ProcessBuilder("redis-server", "--version").start().waitFor();
        } catch (IOException e) {
            Torture.cannotRun(Torture.Need.REDIS, "there is no redis-server to send to");
        }
    }

    String url() {
        return (authority == null ? "redis" : "rediss") + "://127.0.0.1:" + port;
    }

    /** Returns when it listens; settings as of {@code redis.conf}. */
    void start(String... settings) throws IOException, InterruptedException {
        launch("--port " + port, settings);
    }

    /** The same, over TLS only. */
    void startTls(Path certificate, Path key) throws IOException, InterruptedException {
        authority = certificate;
        launch(
                "--port 0 --tls-port " + port,
                "--tls-cert-file " + certificate,
                "--tls-key-file " + key,
                "--tls-auth-clients no");
    }

    private void launch(String listen, String... settings) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        List<String> command = new ArrayList<>(List.of("redis-server"));
        command.addAll(List.of(listen.split(" ")));
        command.addAll(List.of("--bind", "127.0.0.1", "--dir", directory.toString(), "--save", ""));
        // Else it answers before it has written, when its disk is busy.
        command.addAll(List.of("--appendonly", "yes", "--appendfsync", "always", "--maxmemory-policy", "noeviction"));
        for (String each : settings) {
            command.addAll(List.of(each.split(" ", 2)));
        }
        Path output = directory.resolve("output.txt");
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!Ports.answers(port)) {
            if (process.waitFor(10, TimeUnit.MILLISECONDS) || System.nanoTime() > deadline) {
                throw new IOException("Redis did not start: " + Files.readString(output));
            }
        }
    }

    /** With signal 9: it finishes nothing. */
    void kill() {
        if (process != null) {
            process.destroyForcibly().onExit().join();
            process = null;
        }
    }

    <T> T ask(Function<RedisCommands<String, String>, T> question) {
        try (RedisClient client = RedisClient.create(RedisURI.create(url()))) {
            if (authority != null) {
                client.setOptions(ClientOptions.builder()
                        .sslOptions(SslOptions.builder()
                                .trustManager(authority.toFile())
                                .build())
                        .build());
            }
            try (StatefulRedisConnection<String, String> connection = client.connect()) {
                return question.apply(connection.sync());
            }
        }
    }

    /** All entries of a stream, in its order. */
    List<StreamMessage<String, String>> entries(String stream) {
        return ask(redis -> {
            List<StreamMessage<String, String>> all = new ArrayList<>();
            Range<String> range = Range.unbounded();
            List<StreamMessage<String, String>> some;
            do {
                some = redis.xrange(stream, range, io.lettuce.core.Limit.from(WHOLE));
                all.addAll(some);
                if (!some.isEmpty()) {
                    range = Range.from(
                            Range.Boundary.excluding(some.get(some.size() - 1).getId()), Range.Boundary.unbounded());
                }
            } while (some.size() == WHOLE);
            return all;
        });
    }

    @Override
    public void close() {
        kill();
    }
}
