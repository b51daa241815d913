package io.inkfast.samples.elk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.inkfast.net.NetworkAppender;
import io.inkfast.testing.ChildJvm;
import io.inkfast.testing.LogbackHarness;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import tools.jackson.databind.ObjectMapper;

/** A receiver that reads a tenth of what is logged: the application does not notice, and the books say what was dropped. */
@Timeout(300)
class SlowReaderIT {

    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final int EVENTS = 100_000;
    private static final int PER_SECOND = 10_000;
    /* What a line has. */
    private static final int BYTES = 450;
    private static final String CONFIGURATION = """
            <configuration>
              <appender name="TCP" class="io.inkfast.net.tcp.TcpAppender">
                <destination>localhost:${PORT}</destination>
                <maxQueuedBytes>8MB</maxQueuedBytes>
                <overflow>DROP_OLDEST</overflow>
                <encoder class="io.inkfast.mask.RedactingJsonEncoder"/>
              </appender>
              <root level="INFO"><appender-ref ref="TCP"/></root>
            </configuration>
            """;
    private static final Pattern BOOKS = Pattern.compile("received (\\d+) = written (\\d+)(?: \\+ dropped (\\d+))?");

    @TempDir
    Path folder;

    private final ObjectMapper json = new ObjectMapper();

    /** Logs in a small heap, then says what that cost and how much waits; sends that, and says what became of all. */
    static final class Program {

        private static final int NOTE = 200;

        private Program() {}

        public static void main(String[] arguments) {
            LogbackHarness harness = LogbackHarness.configure(Path.of(arguments[0]), Map.of("PORT", arguments[1]));
            NetworkAppender sink = harness.appender("TCP", NetworkAppender.class);
            Logger logger = harness.logger("orders");
            String note = "x".repeat(NOTE);
            long[] nanos = new long[EVENTS];
            long begin = System.nanoTime();
            for (int i = 0; i < EVENTS; i++) {
                long due = begin + i * (1_000_000_000L / PER_SECOND);
                for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                long before = System.nanoTime();
                logger.info("order {} is paid {}", i, note);
                nanos[i] = System.nanoTime() - before;
            }
            long millis = (System.nanoTime() - begin) / 1_000_000;
            long queued = sink.accounting().queued();
            Arrays.sort(nanos);
            System.out.println(queued + " wait; " + EVENTS + " calls in " + millis + " ms, p50 " + nanos[EVENTS / 2]
                    + " ns, p99 " + nanos[EVENTS / 100 * 99] + " ns");
            if (!sink.flush(LIMIT)) {
                System.exit(2);
            }
            System.out.println(sink.accounting().balance());
            harness.close();
        }
    }

    private Process start(LineReceiver receiver) throws IOException {
        Path xml = Files.writeString(folder.resolve("logback.xml"), CONFIGURATION);
        return new ProcessBuilder(ChildJvm.command(
                        Program.class,
                        List.of("-Xmx64m", "-XX:+ExitOnOutOfMemoryError", "-XX:TieredStopAtLevel=4"),
                        xml.toString(),
                        Integer.toString(receiver.port())))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /* The books of the program against what the receiver has; how many were dropped. */
    private long compare(String balance, LineReceiver receiver) throws Exception {
        Matcher books = BOOKS.matcher(balance);
        assertThat(books.matches()).as(balance).isTrue();
        long received = Long.parseLong(books.group(1));
        long written = Long.parseLong(books.group(2));
        long dropped = books.group(3) == null ? 0 : Long.parseLong(books.group(3));
        assertThat(written + dropped).isEqualTo(received);
        await().atMost(LIMIT).until(() -> receiver.lines().size() >= written);
        Set<String> ids = new HashSet<>();
        Set<String> orders = new HashSet<>();
        List<String> lines = receiver.lines();
        for (String line : lines) {
            String message = json.readTree(line).path("message").asString();
            ids.add(json.readTree(line).path("event.id").asString());
            if (message.startsWith("order ")) {
                orders.add(message);
            }
        }
        // The connection never broke: nothing is there twice.
        assertThat(ids).hasSize(lines.size());
        assertThat(lines).hasSize((int) written);
        assertThat(orders.size() + dropped).isEqualTo(EVENTS);
        // Whatever else was logged says what was dropped.
        assertThat(lines.size() - orders.size()).isEqualTo((int) (received - EVENTS));
        return dropped;
    }

    @Test
    void aReceiverThatReadsATenthHoldsUpNobodyAndTheBooksAreRight() throws Exception {
        try (LineReceiver receiver = new LineReceiver(folder.resolve("received"))) {
            receiver.start(PER_SECOND * BYTES / 10);
            Process program = start(receiver);
            try (BufferedReader says = program.inputReader(StandardCharsets.UTF_8)) {
                String logged = says.readLine();
                // Every call has returned, and the receiver is as slow as before.
                assertThat(logged).isNotNull().doesNotStartWith("0 wait");
                receiver.readFast();
                long dropped = compare(says.readLine(), receiver);
                assertThat(dropped).isPositive();
                assertThat(program.waitFor()).isZero();
                System.err.println("SlowReaderIT: slow reader: " + logged + "; " + dropped + " dropped");
            } finally {
                program.destroyForcibly();
            }
        }
    }

    @Test
    void aReceiverThatReadsFastHasEverything() throws Exception {
        try (LineReceiver receiver = new LineReceiver(folder.resolve("received"))) {
            receiver.start();
            Process program = start(receiver);
            try (BufferedReader says = program.inputReader(StandardCharsets.UTF_8)) {
                String logged = says.readLine();
                String balance = says.readLine();
                assertThat(program.waitFor()).isZero();
                assertThat(compare(balance, receiver)).isZero();
                System.err.println("SlowReaderIT: fast reader: " + logged);
            } finally {
                program.destroyForcibly();
            }
        }
    }
}
