package io.inkfast.net.redis;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLServerSocketFactory;

/** Speaks as much of the protocol of Redis as a client needs that adds entries; answers what the test says. */
final class RespServer implements AutoCloseable {

    /** What it answers to XADD: null for nothing at all. */
    @FunctionalInterface
    interface Behaviour {
        String answer(List<String> command);
    }

    static final String TAKEN = "$3\r\n1-1\r\n";

    private final ServerSocket server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final List<List<String>> commands = Collections.synchronizedList(new ArrayList<>());
    private volatile Behaviour behaviour = command -> TAKEN;
    private volatile String password = "";

    RespServer() throws IOException {
        this(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    }

    static RespServer tls(SSLServerSocketFactory factory) throws IOException {
        return new RespServer(factory.createServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    }

    private RespServer(ServerSocket server) {
        this.server = server;
        daemon(this::accept);
    }

    private static void daemon(Runnable run) {
        Thread thread = new Thread(run, "resp-server");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return server.getLocalPort();
    }

    void behave(Behaviour next) {
        behaviour = next;
    }

    /** Who does not know it is told so. */
    void wants(String secret) {
        password = secret;
    }

    /** All that it got, but for what a client says of itself. */
    List<List<String>> commands(String name) {
        return List.copyOf(commands).stream()
                .filter(each -> each.get(0).equals(name))
                .toList();
    }

    /** The field {@code data} of what was added, also if that was refused. */
    List<String> data() {
        return commands("XADD").stream().map(each -> each.get(each.size() - 1)).toList();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                open.add(socket);
                daemon(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        boolean known = password.isEmpty();
        try (socket;
                InputStream in = new BufferedInputStream(socket.getInputStream());
                OutputStream out = socket.getOutputStream()) {
            while (true) {
                List<String> command = command(in);
                commands.add(command);
                String answer;
                if (command.get(0).equals("AUTH")) {
                    known = command.get(command.size() - 1).equals(password);
                    answer = known ? "+OK\r\n" : "-WRONGPASS invalid username-password pair\r\n";
                } else if (!known) {
                    answer = "-NOAUTH Authentication required.\r\n";
                } else {
                    answer = answer(command);
                }
                if (answer != null) {
                    out.write(answer.getBytes(StandardCharsets.UTF_8));
                    out.flush();
                }
            }
        } catch (IOException e) {
            open.remove(socket);
        }
    }

    private String answer(List<String> command) {
        return switch (command.get(0)) {
            case "XADD" -> behaviour.answer(command);
            case "PING" -> "+PONG\r\n";
            case "HELLO" -> "-ERR unknown command 'HELLO'\r\n";
            default -> "+OK\r\n";
        };
    }

    /* An array of texts. */
    private static List<String> command(InputStream in) throws IOException {
        int size = Integer.parseInt(line(in).substring(1));
        List<String> command = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            int length = Integer.parseInt(line(in).substring(1));
            command.add(new String(in.readNBytes(length), StandardCharsets.UTF_8));
            line(in);
        }
        command.set(0, command.get(0).toUpperCase(Locale.ROOT));
        return command;
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new IOException("the end");
            }
            if (b != '\r') {
                line.append((char) b);
            }
        }
        return line.toString();
    }

    /** Every connection ends; it still listens. */
    void cut() throws IOException {
        for (Socket each : open) {
            each.close();
        }
        open.clear();
    }

    @Override
    public void close() throws IOException {
        server.close();
        cut();
    }
}
