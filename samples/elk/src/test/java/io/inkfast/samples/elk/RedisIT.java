package io.inkfast.samples.elk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.inkfast.net.NetworkAppender;
import io.inkfast.testing.Command;
import io.inkfast.testing.LogbackHarness;
import io.lettuce.core.StreamMessage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;

/** Delivery to a real Redis that is killed, full, or not at home. */
@Timeout(300)
class RedisIT {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    private Redis redis;

    @BeforeAll
    static void need() throws InterruptedException {
        Redis.need();
    }

    @BeforeEach
    void make() throws Exception {
        redis = new Redis(folder.resolve("redis"));
    }

    @AfterEach
    void end() {
        redis.close();
    }

    private String appender(String more) {
        return "<appender name='REDIS' class='io.inkfast.net.redis.RedisStreamAppender'><url>" + redis.url()
                + "</url><stream>logs</stream><maxRetryDelay>1 second</maxRetryDelay>"
                + "<encoder class='io.inkfast.mask.RedactingJsonEncoder'/>" + more + "</appender>";
    }

    private LogbackHarness direct(String more) {
        return LogbackHarness.configure(
                folder, appender(more) + "<root level='INFO'><appender-ref ref='REDIS'/></root>");
    }

    private LogbackHarness journalled() {
        return LogbackHarness.configure(
                folder,
                appender("") + "<appender name='WAL' class='io.inkfast.wal.WriteAheadAppender'><directory>"
                        + folder.resolve("wal") + "</directory><appender-ref ref='REDIS'/></appender>"
                        + "<root level='INFO'><appender-ref ref='WAL'/></root>");
    }

    private static NetworkAppender sink(LogbackHarness harness) {
        return harness.appender("REDIS", NetworkAppender.class);
    }

    private static void log(LogbackHarness harness, int from, int to) {
        Logger logger = harness.logger("orders");
        for (int i = from; i < to; i++) {
            logger.info("order {} is paid", i);
        }
    }

    /* Every event is there; if one is there twice, its id says so. How many are too many. */
    private int assertComplete(int events) {
        Map<String, String> messages = new HashMap<>();
        int repeated = 0;
        for (StreamMessage<String, String> each : redis.entries("logs")) {
            String data = each.getBody().get("data");
            String id = each.getBody().get("id");
            assertThat(data).contains("\"event.id\":\"" + id + "\"");
            String before = messages.put(id, data);
            if (before != null) {
                assertThat(data).isEqualTo(before);
                repeated++;
            }
        }
        assertThat(messages).hasSize(events);
        return repeated;
    }

    @Test
    void killedWhileItIsWrittenToAndRestartedItHasEverything() throws Exception {
        redis.start();
        try (LogbackHarness harness = direct("<linger>0</linger>")) {
            Thread logging = new Thread(() -> log(harness, 0, 60_000));
            logging.start();
            for (int round = 1; round <= 3; round++) {
                long enough = round * 10_000L;
                await().pollInterval(Duration.ofMillis(1))
                        .atMost(LIMIT)
                        .until(() -> sink(harness).counts().acknowledged() > enough);
                redis.kill();
                assertThat(sink(harness).accounting().written()).isLessThan(60_000);
                redis.start();
            }
            logging.join();
            assertThat(sink(harness).flush(LIMIT)).isTrue();
            assertThat(sink(harness).accounting().balance()).isEqualTo("received 60000 = written 60000");
            // No more than one pipeline for each time.
            assertThat(assertComplete(60_000)).isLessThanOrEqualTo(3 * 500);
        }
    }

    @Test
    void absentAtTheStartItGetsEverythingWhenItAppears() throws Exception {
        try (LogbackHarness harness = journalled()) {
            log(harness, 0, 1000);
            await().atMost(LIMIT).until(() -> !sink(harness).health().healthy());
            assertThat(harness.complaints())
                    .allMatch(line -> line.startsWith("WARN cannot send to [" + redis.url() + "]: "));
            redis.start();
            await().atMost(LIMIT).until(() -> sink(harness).accounting().written() == 1000);
            assertThat(assertComplete(1000)).isZero();
        }
    }

    @Test
    void whatAFullOneCannotTakeItGetsLater() throws Exception {
        redis.start("--maxmemory 3mb");
        try (LogbackHarness harness = direct("")) {
            log(harness, 0, 20_000);
            await().atMost(LIMIT).until(() -> !sink(harness).health().healthy());
            assertThat(sink(harness).health().lastError()).isEqualTo("OOM, it has no memory left");
            redis.ask(commands -> commands.configSet("maxmemory", "512mb"));
            assertThat(sink(harness).flush(LIMIT)).isTrue();
            assertThat(assertComplete(20_000)).isZero();
            assertThat(sink(harness).accounting().balance()).isEqualTo("received 20000 = written 20000");
        }
    }

    @Test
    void theStreamIsAboutAsLongAsItMayBe() throws Exception {
        redis.start();
        try (LogbackHarness harness = direct("<maxLen>1000</maxLen>")) {
            log(harness, 0, 10_000);
            assertThat(sink(harness).flush(LIMIT)).isTrue();
            List<StreamMessage<String, String>> entries = redis.entries("logs");
            assertThat(entries).hasSizeBetween(1000, 1200);
            assertThat(entries.get(entries.size() - 1).getBody().get("data")).contains("order 9999 is paid");
        }
    }

    @Test
    void aUserWhoMayNotIsNoLossAndAnotherKeyIsNone() throws Exception {
        redis.start();
        redis.ask(commands -> commands.set("logs", "a text"));
        try (LogbackHarness harness = direct("")) {
            log(harness, 0, 10);
            await().atMost(LIMIT).until(() -> !sink(harness).health().healthy());
            assertThat(sink(harness).health().lastError()).isEqualTo("WRONGTYPE, the key of <stream> is not a stream");
            redis.ask(commands -> commands.del("logs"));
            assertThat(sink(harness).flush(LIMIT)).isTrue();
            redis.ask(commands -> commands.configSet("requirepass", "hunter2"));
        }
        redis.kill();
        redis.start("--requirepass hunter2");
        try (LogbackHarness harness = direct("<password>hunter2</password>")) {
            log(harness, 10, 20);
            assertThat(sink(harness).flush(LIMIT)).isTrue();
            assertThat(harness.statuses()).noneMatch(line -> line.contains("hunter2"));
            redis.kill();
            redis.start();
            Set<String> ids = new HashSet<>();
            redis.entries("logs").forEach(entry -> ids.add(entry.getBody().get("id")));
            assertThat(ids).hasSize(20);
        }
    }

    @Test
    void itIsSpokenToOverTls() throws Exception {
        Path store = folder.resolve("redis.p12");
        String password = "changeit";
        Command.must(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "redis",
                "-dname",
                "CN=redis",
                "-keyalg",
                "EC",
                "-ext",
                "san=ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-storepass",
                password,
                "-keystore",
                store.toString());
        KeyStore keys = KeyStore.getInstance(store.toFile(), password.toCharArray());
        Path certificate = pem("CERTIFICATE", keys.getCertificate("redis").getEncoded());
        Path key =
                pem("PRIVATE KEY", keys.getKey("redis", password.toCharArray()).getEncoded());
        redis.startTls(certificate, key);
        try (LogbackHarness harness = direct("<ssl><trustCertificates>" + certificate + "</trustCertificates></ssl>")) {
            log(harness, 0, 1000);
            assertThat(sink(harness).flush(LIMIT)).isTrue();
            assertThat(assertComplete(1000)).isZero();
            assertThat(harness.complaints()).isEmpty();
        }
    }

    private Path pem(String what, byte[] bytes) throws Exception {
        return Files.writeString(
                folder.resolve(what.toLowerCase(java.util.Locale.ROOT).replace(' ', '-') + ".pem"),
                "-----BEGIN " + what + "-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes) + "\n-----END " + what
                        + "-----\n");
    }
}
