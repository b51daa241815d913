package io.inkfast.samples.elk;

import io.inkfast.testing.ChildJvm;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Reads lines over TCP, in a process of its own; a file for each connection has what it has read. One thread. */
final class LineReceiver implements AutoCloseable {

    private final Path folder;
    private final Path fast;
    private final int port = Ports.unused();
    private int starts;
    private Process process;

    LineReceiver(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
        fast = folder.resolve("fast");
    }

    int port() {
        return port;
    }

    /** Returns when it listens. */
    void start() throws IOException, InterruptedException {
        start(0);
    }

    /** Reads so many bytes a second of each connection, until {@link #readFast}; 0 for as fast as it can. */
    void start(int bytesPerSecond) throws IOException, InterruptedException {
        process = ChildJvm.start(
                Program.class,
                Integer.toString(port),
                folder.resolve(starts++ + "-").toString(),
                Integer.toString(bytesPerSecond),
                fast.toString());
        while (!Ports.answers(port)) {
            if (process.waitFor(20, TimeUnit.MILLISECONDS)) {
                throw new IOException("the receiver did not start");
            }
        }
    }

    /** From now on it does not dawdle. */
    void readFast() throws IOException {
        Files.createFile(fast);
    }

    /** It does nothing any more; its kernel goes on. */
    void freeze() throws IOException, InterruptedException {
        if (new ProcessBuilder("kill", "-STOP", Long.toString(process.pid()))
                        .inheritIO()
                        .start()
                        .waitFor()
                != 0) {
            throw new IOException("the receiver was not stopped");
        }
    }

    /** With signal 9: it finishes nothing. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** All whole lines; a connection that broke may have ended in the middle of one. */
    List<String> lines() throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                String text = Files.readString(file, StandardCharsets.UTF_8);
                text.substring(0, text.lastIndexOf('\n') + 1).lines().forEach(lines::add);
            }
        }
        return lines;
    }

    @Override
    public void close() {
        if (process != null) {
            kill();
        }
    }

    /** Port, beginning of file names, bytes per second, the file that ends that. */
    static final class Program {

        private static final int SMALL_BUFFER = 64 << 10;
        private static final int SLOW_STEPS = 20;

        private Program() {}

        public static void main(String[] arguments) throws IOException {
            int bytesPerSecond = Integer.parseInt(arguments[2]);
            Path fast = Path.of(arguments[3]);
            try (ServerSocket server = new ServerSocket()) {
                if (bytesPerSecond > 0) {
                    server.setReceiveBufferSize(SMALL_BUFFER);
                }
                server.setReuseAddress(true);
                server.bind(new java.net.InetSocketAddress(
                        InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0])));
                for (int i = 0; ; i++) {
                    Socket socket = server.accept();
                    String file = arguments[1] + i;
                    new Thread(() -> read(socket, file, bytesPerSecond, fast)).start();
                }
            }
        }

        private static void read(Socket socket, String file, int bytesPerSecond, Path fast) {
            byte[] slow = new byte[Math.max(1, bytesPerSecond / SLOW_STEPS)];
            byte[] bytes = new byte[1 << 16];
            try (socket;
                    InputStream in = socket.getInputStream();
                    OutputStream out = new FileOutputStream(file)) {
                while (true) {
                    boolean dawdles = bytesPerSecond > 0 && !Files.exists(fast);
                    byte[] into = dawdles ? slow : bytes;
                    int length = dawdles ? in.readNBytes(into, 0, into.length) : in.read(into);
                    if (length <= 0) {
                        return;
                    }
                    out.write(into, 0, length);
                    if (dawdles) {
                        LockSupport.parkNanos(1_000_000_000L / SLOW_STEPS);
                    }
                }
            } catch (IOException e) {
                // The connection broke; what was read is in the file.
                return;
            }
        }
    }
}
