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
    public interface Protocol {
        Link link(Opener opener) throws IOException;
    }

    /** The endpoints of the configured destinations; with TLS if {@code <ssl>} says so. */
    protected final List<Endpoint> endpoints(Settings settings, Protocol protocol) {
        Sockets sockets = sockets(settings);
        List<Endpoint> endpoints = new ArrayList<>();
        for (HostPort peer : destinations(settings)) {
            endpoints.add(sockets.endpoint(peer.toString(), peer, sockets.secure(), protocol));
        }
        return endpoints;
    }

    /** Where to send, in the order of preference. */
    protected final List<HostPort> destinations(Settings settings) {
        return HostPort.read("destination", destination, settings);
    }

    /** How connections are made. */
    protected final Sockets sockets(Settings settings) {
        return new Sockets(
                ssl == null ? null : ssl.read(settings),
                settings.time(
                        "connectTimeout",
                        connectTimeout,
                        Duration.ofSeconds(5),
                        Duration.ofMillis(1),
                        Duration.ofHours(1)),
                settings.time(
                        "writeTimeout",
                        writeTimeout,
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(1),
                        Duration.ofHours(1)),
                "inkfast-net-" + getName() + "-read");
    }

    /** How connections are made. */
    public static final class Sockets {
        private final @Nullable Tls tls;
        private final Duration connect;
        private final Duration write;
        private final String thread;

        private Sockets(@Nullable Tls tls, Duration connect, Duration write, String thread) {
            this.tls = tls;
            this.connect = connect;
            this.write = write;
            this.thread = thread;
        }

        /** Whether {@code <ssl>} asks for TLS. */
        public boolean secure() {
            return tls != null;
        }

        /** How long a connection may take to be made, and what else belongs to that. */
        public Duration connectLimit() {
            return connect;
        }

        /**
         * One peer.
         *
         * @param name   for messages
         * @param secure whether with TLS; where there is no {@code <ssl>} it trusts whom the JVM trusts
         */
        public Endpoint endpoint(String name, HostPort peer, boolean secure, Protocol protocol) {
            Tls used = !secure ? null : tls != null ? tls : Tls.ofJvm();
            return new SocketEndpoint(
                    name, reader -> SocketPeer.connect(peer, used, connect, write, thread, reader), protocol);
        }
    }

    private record SocketEndpoint(String name, Opener opener, Protocol protocol) implements Endpoint {

        @Override
        public Link connect() throws IOException {
            return protocol.link(opener);
        }
    }
}
