package io.inkfast.samples.elk;

import io.inkfast.testing.Torture;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real rsyslog in a process of its own, which writes what it gets to a file, a line each. One thread. */
final class Rsyslog implements AutoCloseable {

    private static final String PROGRAM = "/usr/sbin/rsyslogd";

    private final Path folder;
    private final int port;
    private final String input;
    private final String action;
    private Process process;

    /**
     * @param input  how it listens, with {@code @PORT@} in the place of the port
     * @param action what else it does with a message; may be empty
     */
    Rsyslog(Path folder, String input, String action) throws IOException {
        if (!Files.isExecutable(Path.of(PROGRAM))) {
            Torture.cannotRun(
                    Torture.Need.RSYSLOG,
                    "the tests with a real syslog server need rsyslogd with its modules for RELP, OpenSSL and"
                            + " Elasticsearch");
        }
        this.folder = folder;
        this.input = input;
        this.action = action;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
    }

    int port() {
        return port;
    }

    /* Each message is in the file before the next is taken, so a kill loses none that was acknowledged. */
    private String configuration() {
        return """
                global(workDirectory="@BASE@" maxMessageSize="256k")
                module(load="imptcp")
                module(load="imtcp")
                module(load="imudp")
                module(load="imrelp")
                module(load="mmjsonparse")
                module(load="omelasticsearch")
                main_queue(queue.type="Direct")
                template(name="line" type="string"
                  string="%syslogfacility-text% %syslogseverity-text% %hostname% %app-name% %msgid% %structured-data%%msg%\\n")
                template(name="event" type="string" string="%msg%")
                template(name="id" type="string" string="%$!event.id%")
                ruleset(name="all") {
                  action(type="omfile" file="@BASE@/lines.txt" template="line")
                  @ACTION@
                }
                input(@INPUT@ ruleset="all")
                """.replace("@ACTION@", action)
                .replace("@INPUT@", input)
                .replace("@PORT@", Integer.toString(port))
                .replace("@BASE@", folder.toString());
    }

    /** Returns when it runs; whoever speaks over UDP has to wait for more. */
    void start() throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("rsyslog.conf"), configuration());
        Path pid = folder.resolve("rsyslog.pid");
        Files.deleteIfExists(pid);
        Path output = folder.resolve("rsyslog.txt");
        process = new ProcessBuilder(PROGRAM, "-n", "-f", file.toString(), "-i", pid.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        while (input.contains("imudp") ? !Files.exists(pid) : !listens()) {
            if (process.waitFor(20, TimeUnit.MILLISECONDS)) {
                throw new IOException("rsyslog did not start: " + Files.readString(output));
            }
        }
    }

    private boolean listens() {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** What it wrote, whole lines only. */
    List<String> lines() throws IOException {
        Path file = folder.resolve("lines.txt");
        if (!Files.exists(file)) {
            return List.of();
        }
        String text = Files.readString(file, StandardCharsets.UTF_8);
        return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    }

    /** With signal 9: it finishes nothing. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        if (process != null) {
            kill();
        }
    }
}
