package io.inkfast.samples.elk;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkfast.component.Managed;
import io.inkfast.testing.ChildJvm;
import io.inkfast.testing.LogbackHarness;
import io.inkfast.testing.Torture;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;

/** A backlog far larger than memory, in the journal of a process that ended, drains into a peer that is there again. */
@Tag(Torture.TAG)
class DrainIT {

    private static final int EVENTS = Torture.times(200_000, 2_000_000, 10_000_000);
    private static final String CONFIGURATION = """
            <configuration>
              <appender name="TCP" class="io.inkfast.net.tcp.TcpAppender">
                <destination>localhost:${PORT}</destination>
                <stopTimeout>0</stopTimeout>
                <encoder class="io.inkfast.mask.RedactingJsonEncoder"/>
              </appender>
              <appender name="WAL" class="io.inkfast.wal.WriteAheadAppender">
                <directory>${WAL}</directory>
                <maxSize>8GB</maxSize>
                <stopTimeout>1 ms</stopTimeout>
                <appender-ref ref="TCP"/>
              </appender>
              <root level="INFO"><appender-ref ref="WAL"/></root>
            </configuration>
            """;

    @TempDir
    Path folder;

    /** Counts lines. */
    private static final class Counter implements AutoCloseable {
        private final ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        private final AtomicLong lines = new AtomicLong();

        Counter() throws IOException {
            Thread accepting = new Thread(this::accept, "counter");
            accepting.setDaemon(true);
            accepting.start();
        }

        private void accept() {
            byte[] bytes = new byte[1 << 16];
            try {
                while (true) {
                    try (Socket socket = server.accept();
                            InputStream in = socket.getInputStream()) {
                        for (int length = in.read(bytes); length >= 0; length = in.read(bytes)) {
                            int found = 0;
                            for (int i = 0; i < length; i++) {
                                found += bytes[i] == '\n' ? 1 : 0;
                            }
                            lines.addAndGet(found);
                        }
                    }
                }
            } catch (IOException e) {
                // Closed: the test is over.
                return;
            }
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }

    /** A process with 128 MB that logs so many events, or delivers what is there. */
    static final class Program {

        private Program() {}

        public static void main(String[] arguments) throws Exception {
            LogbackHarness harness =
                    LogbackHarness.configure(Path.of(arguments[0]), Map.of("PORT", arguments[1], "WAL", arguments[2]));
            int events = Integer.parseInt(arguments[3]);
            Logger logger = harness.logger("backlog");
            for (int i = 0; i < events; i++) {
                logger.info("event {} of a backlog, with some words that fill the line", i);
            }
            long before = System.nanoTime();
            boolean delivered =
                    events > 0 || harness.appender("WAL", Managed.class).flush(Duration.ofMinutes(10));
            long millis = (System.nanoTime() - before) / 1_000_000;
            System.err.println("DrainIT: delivered in " + millis + " ms");
            harness.close();
            System.exit(delivered ? 0 : 1);
        }
    }

    private int run(int port, int events) throws IOException, InterruptedException {
        Path xml = Files.writeString(folder.resolve("logback.xml"), CONFIGURATION);
        List<String> command = ChildJvm.command(
                Program.class,
                List.of("-Xmx128m", "-XX:TieredStopAtLevel=4"),
                xml.toString(),
                Integer.toString(port),
                folder.resolve("wal").toString(),
                Integer.toString(events));
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }

    @Test
    @Timeout(1800)
    void itDrainsWholeInLittleMemory() throws Exception {
        try (ServerSocket nobody = new ServerSocket(0)) {
            int absent = nobody.getLocalPort();
            nobody.close();
            assertThat(run(absent, EVENTS)).isZero();
        }
        try (Counter counter = new Counter()) {
            assertThat(run(counter.server.getLocalPort(), 0)).isZero();
            assertThat(counter.lines.get()).isEqualTo(EVENTS);
        }
    }
}
