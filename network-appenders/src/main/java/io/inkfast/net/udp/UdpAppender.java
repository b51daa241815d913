package io.inkfast.net.udp;

import io.inkfast.internal.Settings;
import io.inkfast.net.Datagram;
import io.inkfast.net.DatagramLink;
import io.inkfast.net.DatagramTooLargeException;
import io.inkfast.net.Endpoint;
import io.inkfast.net.HostPort;
import io.inkfast.net.NetworkAppender;
import io.inkfast.net.NetworkDefaults;
import io.inkfast.net.Transport;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sends each event in a datagram, or, for Graylog, in as many as it takes. Nobody says whether a datagram has arrived: events
 * count as sent, never as acknowledged, and the network may lose them. Where nobody listens, and that shows, they wait.
 *
 * <p>Threads and settings as {@link NetworkAppender}.
 *
 * @since 0.1.0
 */
public final class UdpAppender extends NetworkAppender {

    /** What happens to an event that is larger than a datagram. */
    public enum Oversize {
        /** The end of it is cut off, between two characters. */
        TRUNCATE,
        /** It goes in parts, as GELF has it. */
        GELF_CHUNKS,
        /** It is a dead letter. */
        REFUSE
    }

    private static final NetworkDefaults DEFAULTS = new NetworkDefaults(1_000, 1L << 20, Duration.ofMillis(10));
    private static final int DEFAULT_CHUNK = 8192;
    private static final int LEAST = 64;

    private @Nullable String destination;
    private @Nullable String oversize;
    private @Nullable String maxSize;

    /** Called by Logback. */
    public UdpAppender() {}

    /** Where to send, such as {@code logs.example.com:12201}; required. Several, with commas between: fail-over. */
    public void setDestination(String hostAndPort) {
        destination = hostAndPort;
    }

    /**
     * What happens to an event that is larger than {@code maxSize}: {@code TRUNCATE} (default), {@code GELF_CHUNKS},
     * {@code REFUSE}.
     */
    public void setOversize(String way) {
        oversize = way;
    }

    /**
     * How many bytes a datagram has at most; from 64 to 65507, which is the default, or 8192 with {@code GELF_CHUNKS}. What is
     * larger than the network's packets travels in pieces, of which none may be lost.
     */
    public void setMaxSize(String size) {
        maxSize = size;
    }

    @Override
    protected NetworkDefaults defaults() {
        return DEFAULTS;
    }

    @Override
    protected Transport transport(Settings settings) {
        Oversize way = settings.choice("oversize", oversize, Oversize.TRUNCATE);
        int otherwise = way == Oversize.GELF_CHUNKS ? DEFAULT_CHUNK : Datagram.LARGEST;
        int max = (int) settings.bytes("maxSize", maxSize, otherwise, LEAST, Datagram.LARGEST);
        DatagramLink.Packing packing = packing(way, max);
        List<Endpoint> endpoints = HostPort.read("destination", destination, settings).stream()
                .map(peer -> DatagramLink.endpoint("udp:" + peer, peer, packing))
                .toList();
        return () -> endpoints;
    }

    private DatagramLink.Packing packing(Oversize way, int max) {
        if (way == Oversize.GELF_CHUNKS) {
            GelfChunks chunks = new GelfChunks(max, new SecureRandom().nextLong());
            return (message, peer) -> chunks.send(message.body(), peer);
        }
        Datagram datagram = new Datagram(max);
        return (message, peer) -> {
            byte[] body = message.body();
            if (way == Oversize.REFUSE && body.length > max) {
                throw new DatagramTooLargeException(body.length);
            }
            if (!datagram.clear().putText(body)) {
                notices()
                        .warn(
                                "truncated",
                                "an event of [" + body.length + "] bytes is larger than <maxSize> [" + max
                                        + "]; the end of it is cut off");
            }
            datagram.sendTo(peer);
        };
    }
}
