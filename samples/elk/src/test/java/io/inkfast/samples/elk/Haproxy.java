package io.inkfast.samples.elk;

import io.inkfast.testing.Torture;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A real haproxy in front of a server, in a process of its own. One thread. */
final class Haproxy implements AutoCloseable {

    private static final String PROGRAM = "haproxy";

    private final int port;
    private final Process process;

    /**
     * Returns when it listens.
     *
     * @param behind the port of the server
     * @param rules  lines of the section {@code frontend}
     */
    Haproxy(Path folder, int behind, String... rules) throws IOException, InterruptedException {
        this(folder, "http", behind, rules);
    }

    /** Passes bytes on; who connects is accepted before the server is asked, and closed if that is not there. */
    static Haproxy tcp(Path folder, int behind) throws IOException, InterruptedException {
        return new Haproxy(folder, "tcp", behind);
    }

    private Haproxy(Path folder, String mode, int behind, String... rules) throws IOException, InterruptedException {
        if (!isThere()) {
            Torture.cannotRun(Torture.Need.HAPROXY, "the tests behind a proxy need the program haproxy");
        }
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Path configuration = Files.writeString(
                folder.resolve("haproxy.cfg"), """
                defaults
                  mode %s
                  timeout connect 2s
                  timeout client 30s
                  timeout server 30s
                userlist users
                  user elastic insecure-password right
                frontend in
                  bind 127.0.0.1:%d
                  %s
                  default_backend servers
                backend servers
                  server one 127.0.0.1:%d
                """.formatted(mode, port, String.join("\n  ", rules), behind));
        Path output = folder.resolve("haproxy.txt");
        process = new ProcessBuilder(PROGRAM, "-db", "-f", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        while (!listens()) {
            if (process.waitFor(20, TimeUnit.MILLISECONDS)) {
                throw new IOException("haproxy did not start: " + Files.readString(output));
            }
        }
    }

    private static boolean isThere() throws InterruptedException {
        try {
            return new ProcessBuilder(PROGRAM, "-v")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private boolean listens() {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
