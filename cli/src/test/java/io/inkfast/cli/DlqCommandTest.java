package io.inkfast.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DlqCommandTest {

    private static final String LINE = "{\"at\":\"2026-03-01T10:00:00.123Z\",\"appender\":\"ELK\","
            + "\"endpoint\":\"http://a:9200\",\"reason\":\"400 mapper_parsing_exception\",\"attempts\":2,\"id\":\"run-1\","
            + "\"time\":\"2026-03-01T09:59:59Z\",\"level\":\"ERROR\",\"head\":\"{}\",\"event\":\"{\\\"a\\\":1}\"}";

    record End(int exit, String out, String err) {}

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(folder.resolve("dead.jsonl"), LINE + "\n" + LINE.replace("run-1", "run-2") + "\n");
    }

    private static End run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exit = Inkfast.run(
                Streams.of(new ByteArrayInputStream(new byte[0]), out, err).with(name -> null), arguments);
        return new End(exit, out.toString(UTF_8), err.toString(UTF_8));
    }

    @Test
    void listsWhoRefusedWhatAndWhy() {
        assertThat(run("dlq", "list", file.toString())).isEqualTo(new End(0, """
                2026-03-01T10:00:00.123Z  ELK  http://a:9200  run-1  ERROR  sent 2  "400 mapper_parsing_exception"
                2026-03-01T10:00:00.123Z  ELK  http://a:9200  run-2  ERROR  sent 2  "400 mapper_parsing_exception"
                """, ""));
    }

    @Test
    void exportsTheEventsAsTheyWere() throws IOException {
        assertThat(run("dlq", "export", file.toString())).isEqualTo(new End(0, "{\"a\":1}\n{\"a\":1}\n", ""));
        Path out = folder.resolve("events.jsonl");
        assertThat(run("dlq", "export", "--out", out.toString(), file.toString()))
                .isEqualTo(new End(0, "", ""));
        assertThat(Files.readString(out)).isEqualTo("{\"a\":1}\n{\"a\":1}\n");
        assertThat(run("dlq", "export", "--out", out.toString(), file.toString())
                        .exit())
                .isEqualTo(64);
    }

    @Test
    void saysWhatItCannotRead() throws IOException {
        Files.writeString(
                file,
                "{\"seal\":\"1.00000001.AAAA\"}\n{\"sealed\":\"8QAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"}\n"
                        + LINE + "\n" + LINE.substring(0, 50));
        End end = run("dlq", "export", file.toString());
        assertThat(end.exit()).isEqualTo(1);
        assertThat(end.out()).isEqualTo("{\"a\":1}\n");
        assertThat(end.err())
                .contains("[1] dead letters that are encrypted, and cannot be opened: name the keyset with --keyset")
                .contains("[1] lines that are no dead letter; they are left out");
    }

    @Nested
    class Replay {

        private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
        private HttpServer server;
        private volatile int status = 201;

        @BeforeEach
        void serve() throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
                requests.add(body);
                String item = "{\"create\":{\"status\":" + status + "}}";
                long count = body.lines().count() / 2;
                byte[] answer = ("{\"items\":[" + String.join(",", Collections.nCopies((int) count, item)) + "]}")
                        .getBytes(UTF_8);
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer);
                exchange.close();
            });
            server.start();
        }

        @AfterEach
        void end() {
            server.stop(0);
        }

        private String config() throws IOException {
            return Files.writeString(folder.resolve("logback.xml"), """
                            <configuration>
                              <property name="PORT" value="%d"/>
                              <appender name="FILE" class="ch.qos.logback.core.FileAppender">
                                <file>%s</file>
                                <encoder><pattern>%%msg</pattern></encoder>
                              </appender>
                              <appender name="ELK" class="io.inkfast.net.elastic.ElasticsearchAppender">
                                <url>http://127.0.0.1:${PORT}</url>
                                <index>app</index>
                                <compression>none</compression>
                                <encoder class="io.inkfast.mask.RedactingJsonEncoder"/>
                                <deadLetter>%s</deadLetter>
                              </appender>
                              <root level="INFO"><appender-ref ref="FILE"/><appender-ref ref="ELK"/></root>
                            </configuration>
                            """.formatted(
                            server.getAddress().getPort(), folder.resolve("other.log"), folder.resolve("again.jsonl")))
                    .toString();
        }

        @Test
        void sendsThemAsTheyWereAndStartsNothingElse() throws IOException {
            End end = run("dlq", "replay", "--config", config(), file.toString());
            assertThat(end)
                    .isEqualTo(new End(
                            0,
                            "",
                            "inkfast: of [2] dead letters [2] were taken, [0] refused again, [0] not sent in time\n"));
            assertThat(requests).containsExactly("{}\n{\"a\":1}\n{}\n{\"a\":1}\n");
            assertThat(folder.resolve("other.log")).doesNotExist();
            assertThat(Files.readAllLines(file)).hasSize(2);
        }

        @Test
        void whatIsRefusedAgainIsADeadLetterAgain() throws IOException {
            status = 400;
            End end = run("dlq", "replay", "--config", config(), "--appender", "ELK", file.toString());
            assertThat(end.exit()).isEqualTo(1);
            assertThat(end.err()).contains("[0] were taken, [2] refused again, [0] not sent in time");
            assertThat(Files.readAllLines(folder.resolve("again.jsonl")))
                    .hasSize(2)
                    .allMatch(line -> line.contains("\"id\":\"run-"));
        }

        @Test
        void whatTheTimeDidNotSufficeForIsSaid() throws IOException {
            String config = config();
            server.stop(0);
            End end = run("dlq", "replay", "--timeout", "1", "--config", config, file.toString());
            assertThat(end.exit()).isEqualTo(1);
            assertThat(end.err()).contains("[0] were taken, [0] refused again, [2] not sent in time");
        }

        @Test
        void anAppenderThatIsNotThereOrDoesNotStartIsAnError() throws IOException {
            End end = run("dlq", "replay", "--config", config(), "--appender", "NONE", file.toString());
            assertThat(end.exit()).isEqualTo(2);
            assertThat(end.err()).contains("has 0 network appenders of the name [NONE]");
            String wrong = Files.writeString(
                            folder.resolve("wrong.xml"),
                            Files.readString(folder.resolve("logback.xml")).replace("<index>app<", "<index>APP<"))
                    .toString();
            End refused = run("dlq", "replay", "--config", wrong, file.toString());
            assertThat(refused.exit()).isEqualTo(2);
            assertThat(refused.err())
                    .contains("does not start: appender [ELK]: <index> [APP] is not the name of an index");
        }
    }

    @Test
    void aFileThatIsNotThereIsAnError() {
        End end = run("dlq", "list", folder.resolve("none").toString());
        assertThat(end.exit()).isEqualTo(64);
        assertThat(end.err()).contains("none] is not a file");
    }
}
