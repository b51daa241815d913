package io.inkfast.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import io.inkfast.testing.LogbackHarness;
import io.inkfast.testing.Torture;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.XAddArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The packaged command and a real {@code redis-server}. */
@Timeout(300)
class ArchiveIT {

    private static final Path JAR = Path.of(System.getProperty("inkfast.jar"));
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final String PASSWORD = "s3cret-of-redis";

    @TempDir
    Path folder;

    private Process redis;
    private int port;

    @BeforeAll
    static void quiet() {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        List.of("io.lettuce", "io.netty", "reactor")
                .forEach(name -> context.getLogger(name).setLevel(Level.WARN));
    }

    @BeforeEach
    void start() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        try {
            redis = new ProcessBuilder(
                            "redis-server", "--port", Integer.toString(port), "--bind", "127.0.0.1", "--save", "")
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("redis.txt").toFile())
                    .start();
        } catch (IOException e) {
            Torture.cannotRun(Torture.Need.REDIS, "there is no redis-server to archive from");
        }
        await().atMost(LIMIT).until(this::answers);
    }

    private boolean answers() {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    @AfterEach
    void end() {
        if (redis != null) {
            redis.destroyForcibly().onExit().join();
        }
    }

    private String url() {
        return "redis://127.0.0.1:" + port;
    }

    private <T> T ask(Function<RedisCommands<String, String>, T> question) {
        try (RedisClient client = RedisClient.create(RedisURI.create(url()));
                StatefulRedisConnection<String, String> connection = client.connect()) {
            return question.apply(connection.sync());
        }
    }

    private long length() {
        return ask(commands -> commands.xlen("logs"));
    }

    /* Of two days, so many on each. */
    private void fill(int each) throws Exception {
        try (RedisClient client = RedisClient.create(RedisURI.create(url()));
                StatefulRedisConnection<String, String> connection = client.connect()) {
            RedisAsyncCommands<String, String> commands = connection.async();
            Future<String> last = null;
            for (int i = 0; i < 2 * each; i++) {
                long millis = Instant.parse(i < each ? "2026-01-01T10:00:00Z" : "2026-01-02T10:00:00Z")
                                .toEpochMilli()
                        + i / 10;
                String id = "0mwxrebr9b1wocsz-" + (i + 1);
                last = commands.xadd(
                        "logs",
                        new XAddArgs().id(millis + "-" + i % 10),
                        "id",
                        id,
                        "data",
                        "{\"event.id\":\"" + id + "\"}");
            }
            assertThat(last).isNotNull();
            last.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        }
    }

    private Process launch(List<String> java, String... more) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(java);
        command.addAll(List.of("archive", "--stream", "logs", "--out"));
        command.add(folder.resolve("archive").toString());
        command.addAll(Arrays.asList(more));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile());
        builder.environment().put("INKFAST_REDIS_URL", url());
        return builder.start();
    }

    private static List<String> withLettuce() {
        return List.of("-cp", JAR + ":" + JAR.resolveSibling("lib-redis") + "/*", "io.inkfast.cli.Inkfast");
    }

    private CommandLineTest.End run(List<String> java, String... more) throws Exception {
        Process process = launch(java, more);
        assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return new CommandLineTest.End(
                process.exitValue(), Files.readString(folder.resolve("out")), Files.readString(folder.resolve("err")));
    }

    private List<Path> files() throws IOException {
        if (!Files.exists(folder.resolve("archive"))) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder.resolve("archive"))) {
            return files.filter(file -> file.toString().endsWith(".gz"))
                    .sorted()
                    .toList();
        }
    }

    private boolean isWriting(FileTime since) throws IOException {
        for (String day : List.of("2026-01-01", "2026-01-02")) {
            Path file = folder.resolve("archive/logs-" + day + ".jsonl.gz.new");
            try {
                if (Files.getLastModifiedTime(file).compareTo(since) > 0) {
                    return true;
                }
            } catch (NoSuchFileException e) {
                // Not yet, or not any more.
            }
        }
        return false;
    }

    private List<String> archived() throws IOException {
        List<String> lines = new ArrayList<>();
        for (Path file : files()) {
            try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(file))) {
                lines.addAll(new String(in.readAllBytes(), UTF_8).lines().toList());
            }
        }
        return lines;
    }

    @Test
    void whatAnAppenderWroteIsArchivedAndComplete() throws Exception {
        try (LogbackHarness harness = LogbackHarness.configure(
                folder,
                "<appender name='REDIS' class='io.inkfast.net.redis.RedisStreamAppender'><url>" + url()
                        + "</url><stream>logs</stream><encoder class='io.inkfast.mask.RedactingJsonEncoder'/></appender>"
                        + "<root level='INFO'><appender-ref ref='REDIS'/></root>")) {
            for (int i = 0; i < 2000; i++) {
                harness.logger("orders").info("order {} is paid", i);
            }
        }
        assertThat(length()).isEqualTo(2000);
        // Ids of this very millisecond are not older than 0 seconds.
        await().atMost(LIMIT).untilAsserted(() -> {
            assertThat(run(withLettuce(), "--older-than", "0s", "--trim").exit())
                    .isZero();
            assertThat(archived()).hasSize(2000);
        });
        assertThat(length()).isZero();
        assertThat(archived()).allMatch(line -> line.startsWith("{") && line.contains("\"event.id\":\""));
        Process audit = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        JAR.toString(),
                        "audit",
                        folder.resolve("archive/logs-*.jsonl.gz").toString())
                .redirectOutput(folder.resolve("audit").toFile())
                .start();
        assertThat(audit.waitFor()).isZero();
        assertThat(Files.readString(folder.resolve("audit"))).contains("events      2000");
        // Other programs take the end of a file for nothing.
        Process gzip = new ProcessBuilder("gzip", "-t", files().get(0).toString())
                .redirectErrorStream(true)
                .start();
        assertThat(new String(gzip.getInputStream().readAllBytes(), UTF_8)).isEmpty();
        assertThat(gzip.waitFor()).isZero();
    }

    @Test
    void killedAgainAndAgainNothingIsLostOrThereTwice() throws Exception {
        int each = 100_000;
        fill(each);
        int killed = 0;
        for (int round = 0; round < 8; round++) {
            FileTime begun = FileTime.from(Instant.now().minusMillis(20));
            Process process = launch(withLettuce(), "--trim");
            await().pollInterval(Duration.ofMillis(1))
                    .atMost(LIMIT)
                    .until(() -> isWriting(begun) || !process.isAlive());
            boolean done = process.waitFor(round * 60L, TimeUnit.MILLISECONDS);
            process.destroyForcibly().onExit().join();
            killed += done ? 0 : 1;
            // Whatever has its name is whole, and nothing is neither here nor there.
            long here = archived().size();
            assertThat(here % each).isZero();
            assertThat(here + length()).isGreaterThanOrEqualTo(2L * each);
        }
        assertThat(run(withLettuce(), "--trim").exit()).isZero();
        assertThat(killed).isPositive();
        assertThat(run(withLettuce(), "--trim").err())
                .isEqualTo(
                        "inkfast: [0] entries archived, in [0] files; the archive ends with entry [1767348019999-9]; [0]"
                                + " entries removed from the stream\n");
        assertThat(length()).isZero();
        List<String> expected = new ArrayList<>();
        for (int i = 1; i <= 2 * each; i++) {
            expected.add("{\"event.id\":\"0mwxrebr9b1wocsz-" + i + "\"}");
        }
        assertThat(archived().equals(expected)).isTrue();
    }

    @Test
    void itSaysWhatIsWrong() throws Exception {
        assertThat(run(List.of("-jar", JAR.toString())))
                .isEqualTo(new CommandLineTest.End(
                        2,
                        "",
                        "inkfast: archive needs io.lettuce:lettuce-core, and what that needs, on the class path: java -cp"
                                + " 'inkfast.jar:lib-redis/*' io.inkfast.cli.Inkfast archive ...\n"));
        assertThat(run(withLettuce()))
                .isEqualTo(new CommandLineTest.End(1, "", "inkfast: there is no stream [logs]; nothing is archived\n"));
        ask(commands -> commands.set("logs", "text"));
        assertThat(run(withLettuce()))
                .satisfies(end -> assertThat(end.exit()).isEqualTo(3))
                .satisfies(end -> assertThat(end.err())
                        .endsWith("inkfast: Redis [" + url() + "] answers WRONGTYPE: the key is not a stream\n"));
        ask(commands -> commands.del("logs"));
        fill(10);
        ask(commands -> commands.configSet("requirepass", PASSWORD));
        assertThat(run(withLettuce()))
                .isEqualTo(new CommandLineTest.End(
                        3, "", "inkfast: Redis [" + url() + "] answers NOAUTH: it wants a password\n"));
        Path file = Files.writeString(folder.resolve("password"), PASSWORD + "\n");
        CommandLineTest.End end = run(withLettuce(), "--password-file", file.toString());
        assertThat(end.exit()).isZero();
        assertThat(end.out()).isEqualTo(files().get(0) + "\n" + files().get(1) + "\n");
        Files.writeString(file, "wrong-" + PASSWORD);
        CommandLineTest.End wrong = run(withLettuce(), "--password-file", file.toString());
        assertThat(wrong.err())
                .isEqualTo("inkfast: Redis [" + url()
                        + "] answers WRONGPASS: it does not know this user name and password\n");
    }
}
