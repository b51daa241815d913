package io.inkfast.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ArchiveCommandTest {

    @TempDir
    Path folder;

    private CommandLineTest.End run(@Nullable String variable, String... more) {
        List<String> arguments = new ArrayList<>(List.of("archive", "--stream", "logs", "--out"));
        arguments.add(folder.resolve("archive").toString());
        arguments.addAll(Arrays.asList(more));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exit = Inkfast.run(
                Streams.of(new ByteArrayInputStream(new byte[0]), out, err)
                        .with(name -> name.equals("INKFAST_REDIS_URL") ? variable : null),
                arguments.toArray(String[]::new));
        return new CommandLineTest.End(exit, out.toString(UTF_8), err.toString(UTF_8));
    }

    private static int unused() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void aRedisThatIsAwayIsSaidWithoutThePassword() throws IOException {
        String server = "127.0.0.1:" + unused();
        CommandLineTest.End end = run("redis://:s3cret@" + server + "/1");
        assertThat(end.exit()).isEqualTo(3);
        assertThat(end.out()).isEmpty();
        assertThat(end.err())
                .startsWith("inkfast: Redis [redis://" + server + "/1] cannot be reached (")
                .hasLineCount(1)
                .doesNotContain("s3cret");
        assertThat(folder.resolve("archive")).doesNotExist();
    }

    @Test
    void passwordsDoNotStandOnTheCommandLine() {
        CommandLineTest.End end = run(null, "--url", "redis://:s3cret@127.0.0.1");
        assertThat(end.exit()).isEqualTo(64);
        assertThat(end.err())
                .startsWith("--url has a user name or password in it, which others can see; use --username and"
                        + " --password-file, or variable INKFAST_REDIS_URL")
                .doesNotContain("s3cret");
    }

    @Test
    void whatIsWrongIsSaid() throws IOException {
        assertThat(run(null).err()).startsWith("--url is missing, and variable INKFAST_REDIS_URL is not set");
        assertThat(run("http://:s3cret@a").err())
                .startsWith("variable INKFAST_REDIS_URL is not a URL such as redis://host:6379")
                .doesNotContain("s3cret");
        assertThat(run(null, "--url", "redis://a b").err())
                .startsWith("--url [redis://a b] is not a URL such as redis://host:6379");
        assertThat(run("redis://a", "--older-than", "week").err())
                .contains("[week] is not an age such as 7d, 12h, 30m or 0s");
        assertThat(run("redis://a", "--username", "me").err()).startsWith("--username needs --password-file");
        assertThat(run("redis://a", "--password-file", folder.resolve("none").toString()))
                .satisfies(end -> assertThat(end.exit()).isEqualTo(2));
        assertThat(Files.exists(folder.resolve("archive"))).isFalse();
    }

    @Test
    void urlsAreRead() {
        assertThat(RedisTarget.of("rediss://me:p%40ss:w@[::1]:7000/2"))
                .isEqualTo(new RedisTarget("::1", 7000, true, 2, "me", "p@ss:w"))
                .hasToString("rediss://[::1]:7000/2");
        assertThat(RedisTarget.of("redis://:p@host")).isEqualTo(new RedisTarget("host", 6379, false, 0, null, "p"));
        assertThat(RedisTarget.of("redis://host/x")).isNull();
    }
}
