package io.inkfast.net;

import io.inkfast.internal.Settings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What network appenders have that speak over TCP, plain or with TLS. Threads as {@link NetworkAppender}.
 *
 * @since 0.1.0
 */
public abstract class SocketNetworkAppender extends NetworkAppender {

    private @Nullable String destination;
    private @Nullable SslSettings ssl;
    private @Nullable String connectTimeout;
    private @Nullable String writeTimeout;

    /** For subclasses, which Logback makes by their class names. */
    protected SocketNetworkAppender() {}

    /** Where to send, such as {@code logs.example.com:5140}; required. Several, with commas between: fail-over, in this order. */
    public void setDestination(String hostAndPort) {
        destination = hostAndPort;
    }

    /** TLS; none by default. */
    public void setSsl(SslSettings settings) {
        ssl = settings;
    }

    /** How long a connection may take to be made, and a handshake; 5 seconds by default, from 1 millisecond to 1 hour. */
    public void setConnectTimeout(String time) {
        connectTimeout = time;
    }

    /**
     * How long a write may make no progress before the connection counts as broken; 10 seconds by default, from 1 second to
     * 1 hour.
     */
    public void setWriteTimeout(String time) {
        writeTimeout = time;
    }

    /** Connects to one endpoint. */
    @FunctionalInterface
    public interface Opener {
        /** See {@link SocketPeer#connect}. */
        SocketPeer open(SocketPeer.Reader reader) throws IOException;
    }

    /** What a protocol makes of a connection. */
    @FunctionalInterface
    protected interface Protocol {
        Link link(Opener opener) throws IOException;
    }

    /** The endpoints of the configured destinations. */
    protected final List<Endpoint> endpoints(Settings settings, Protocol protocol) {
        List<HostPort> peers = HostPort.read("destination", destination, settings);
        Tls tls = ssl == null ? null : ssl.read(settings);
        Duration connect = settings.time(
                "connectTimeout", connectTimeout, Duration.ofSeconds(5), Duration.ofMillis(1), Duration.ofHours(1));
        Duration write = settings.time(
                "writeTimeout", writeTimeout, Duration.ofSeconds(10), Duration.ofSeconds(1), Duration.ofHours(1));
        String thread = "inkfast-net-" + getName() + "-read";
        List<Endpoint> endpoints = new ArrayList<>();
        for (HostPort peer : peers) {
            endpoints.add(new SocketEndpoint(
                    peer.toString(),
                    reader -> SocketPeer.connect(peer, tls, connect, write, thread, reader),
                    protocol));
        }
        return endpoints;
    }

    private record SocketEndpoint(String name, Opener opener, Protocol protocol) implements Endpoint {

        @Override
        public Link connect() throws IOException {
            return protocol.link(opener);
        }
    }
}
