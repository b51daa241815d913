package io.inkfast.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
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
                .isEqualTo(2);
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

    @Test
    void aFileThatIsNotThereIsAnError() {
        End end = run("dlq", "list", folder.resolve("none").toString());
        assertThat(end.exit()).isEqualTo(2);
        assertThat(end.err()).contains("none] is not a file");
    }
}
