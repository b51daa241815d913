package io.inkfast.net.tcp;

import io.inkfast.net.PeerServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Reads lines, as long as it is let. */
final class LineServer implements AutoCloseable {

    private final PeerServer server;
    private final List<String> lines;
    private final Reading reading;

    private static final class Reading {
        private volatile boolean now = true;
    }

    private LineServer(PeerServer server, List<String> lines, Reading reading) {
        this.server = server;
        this.lines = lines;
        this.reading = reading;
    }

    static LineServer plain(int port) throws IOException {
        List<String> lines = Collections.synchronizedList(new ArrayList<>());
        Reading reading = new Reading();
        return new LineServer(PeerServer.plain(port, (in, out) -> serve(in, lines, reading)), lines, reading);
    }

    /** @param trusted null if it does not want to know who speaks */
    static LineServer tls(int port, Path keys, Path trusted) throws Exception {
        List<String> lines = Collections.synchronizedList(new ArrayList<>());
        Reading reading = new Reading();
        return new LineServer(
                PeerServer.tls(port, keys, trusted, (in, out) -> serve(in, lines, reading)), lines, reading);
    }

    private static void serve(InputStream from, List<String> lines, Reading reading) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(from, StandardCharsets.UTF_8), 512);
        while (true) {
            while (!reading.now) {
                Thread.onSpinWait();
            }
            String line = in.readLine();
            if (line == null) {
                return;
            }
            lines.add(line);
        }
    }

    int port() {
        return server.port();
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    int connections() {
        return server.connections();
    }

    /** Whether it reads; it accepts connections in any case. */
    void read(boolean now) {
        reading.now = now;
    }

    /** Every connection is reset; what was not read is lost. */
    @Override
    public void close() throws IOException {
        server.close();
        reading.now = true;
    }
}
