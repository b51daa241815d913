package io.inkfast.net.syslog;

import io.inkfast.net.PeerServer;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Reads messages with their length in front, over TCP or RELP, written from the descriptions of both. */
final class SyslogServer {

    /** What it answers to a RELP message. */
    @FunctionalInterface
    interface Answering {
        void answer(String number, String message, OutputStream out) throws IOException;
    }

    private final List<String> messages = Collections.synchronizedList(new ArrayList<>());
    private volatile Answering answering = (number, message, out) -> ok(number, out);
    private volatile boolean closed;

    static void ok(String number, OutputStream out) throws IOException {
        say(number + " rsp 6 200 OK\n", out);
    }

    static void say(String text, OutputStream out) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    void answering(Answering how) {
        answering = how;
    }

    List<String> messages() {
        return List.copyOf(messages);
    }

    /** Whether a client has ended its session as it should. */
    boolean wasClosed() {
        return closed;
    }

    PeerServer.Handler tcp() {
        return (in, out) -> {
            while (true) {
                messages.add(text(in, Integer.parseInt(word(in))));
            }
        };
    }

    PeerServer.Handler relp() {
        return (in, out) -> {
            while (true) {
                String number = word(in);
                String command = word(in);
                String length = word(in);
                String data = length.endsWith("\n") ? "" : text(in, Integer.parseInt(length));
                if (!length.endsWith("\n") && in.read() != '\n') {
                    throw new IOException("no line feed");
                }
                switch (command) {
                    case "open" -> say(number + " rsp 37 200 OK\nrelp_version=0\ncommands=syslog\n", out);
                    case "close" -> {
                        closed = true;
                        return;
                    }
                    default -> {
                        messages.add(data);
                        answering.answer(number, data, out);
                    }
                }
            }
        };
    }

    private static String word(InputStream in) throws IOException {
        StringBuilder word = new StringBuilder();
        while (true) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException();
            }
            if (next == ' ') {
                return word.toString();
            }
            word.append((char) next);
            if (next == '\n') {
                return word.toString();
            }
        }
    }

    private static String text(InputStream in, int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException();
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
