package io.inkfast.net.lumberjack;

import io.inkfast.net.PeerServer;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.InflaterInputStream;

/** Reads windows, written from the description of the protocol, and answers as it is told. */
final class LumberjackServer implements PeerServer.Handler {

    /** What it says to a window. */
    @FunctionalInterface
    interface Answering {
        void answer(List<String> window, DataOutputStream out) throws IOException;
    }

    private final List<String> events = Collections.synchronizedList(new ArrayList<>());
    private final List<Integer> windows = Collections.synchronizedList(new ArrayList<>());
    private volatile Answering answering = (window, out) -> ack(window.size(), out);

    static void ack(int sequence, DataOutputStream out) throws IOException {
        out.writeBytes("2A");
        out.writeInt(sequence);
        out.flush();
    }

    void answering(Answering how) {
        answering = how;
    }

    /** All that came, whether it was acknowledged or not. */
    List<String> events() {
        return List.copyOf(events);
    }

    List<Integer> windows() {
        return List.copyOf(windows);
    }

    @Override
    public void serve(InputStream from, OutputStream to) throws IOException {
        DataInputStream in = new DataInputStream(from);
        DataOutputStream out = new DataOutputStream(to);
        while (true) {
            expect(in, 'W');
            int count = in.readInt();
            List<String> window = new ArrayList<>();
            while (window.size() < count) {
                event(in, window);
            }
            windows.add(count);
            events.addAll(window);
            answering.answer(window, out);
        }
    }

    private static void event(DataInputStream in, List<String> window) throws IOException {
        int version = in.readUnsignedByte();
        int type = in.readUnsignedByte();
        if (version != '2') {
            throw new IOException("version " + version);
        }
        if (type == 'C') {
            byte[] compressed = in.readNBytes(in.readInt());
            DataInputStream inside = new DataInputStream(new InflaterInputStream(new ByteArrayInputStream(compressed)));
            try {
                while (true) {
                    event(inside, window);
                }
            } catch (EOFException e) {
                return;
            }
        }
        if (type != 'J' || in.readInt() != window.size() + 1) {
            throw new IOException("frame " + type);
        }
        window.add(new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8));
    }

    private static void expect(DataInputStream in, char type) throws IOException {
        if (in.readUnsignedByte() != '2' || in.readUnsignedByte() != type) {
            throw new IOException("no " + type);
        }
    }
}
