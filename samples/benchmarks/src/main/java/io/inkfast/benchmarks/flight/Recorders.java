package io.inkfast.benchmarks.flight;

import io.inkfast.benchmarks.pipe.Peer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The ways that are compared. Each keeps the last eight megabytes. */
public final class Recorders {

    /** How long the bytes of an event are. */
    public static final int EVENT_BYTES = 200;

    /** Inkfast's. */
    public static final Peer FLIGHT = new Peer(
            "flight-recorder",
            Peer.Kind.INKFAST,
            "",
            "`FlightRecorderAppender`, from `doAppend` to its return, with an encoder that has the bytes already");

    /** A system call for each event. */
    public static final Peer CHANNEL =
            new Peer("channel-write", Peer.Kind.LOGBACK, "", "`FileChannel.write` of the same bytes at a position");

    /** The same, as it was done before there were channels. */
    public static final Peer FILE =
            new Peer("file-write", Peer.Kind.LOGBACK, "", "`RandomAccessFile.seek` and `write` of the same bytes");

    /** All of them, in the order of the table. */
    public static final List<Peer> KNOWN = List.of(FLIGHT, CHANNEL, FILE);

    private Recorders() {}

    /** One of them. */
    public interface Recorder extends AutoCloseable {

        /** Keeps one event. */
        void record() throws IOException;

        @Override
        void close() throws IOException;
    }

    /** Opens one, with its files in this directory. */
    public static Recorder open(Peer peer, Path directory) throws IOException {
        if (peer.name().equals(FLIGHT.name())) {
            return new FlightRecorder(directory);
        }
        return peer.name().equals(CHANNEL.name()) ? new ChannelRecorder(directory) : new FileRecorder(directory);
    }

    static byte[] event() {
        byte[] bytes = new byte[EVENT_BYTES];
        java.util.Arrays.fill(bytes, (byte) 'x');
        bytes[EVENT_BYTES - 1] = '\n';
        return bytes;
    }
}
