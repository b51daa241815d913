package io.inkfast.net.syslog;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.inkfast.component.Notices;
import io.inkfast.net.Datagram;
import io.inkfast.net.DatagramLink;
import io.inkfast.net.Endpoint;
import io.inkfast.net.HostPort;
import io.inkfast.net.Link;
import io.inkfast.net.Message;
import io.inkfast.net.Outgoing;
import io.inkfast.net.SocketNetworkAppender;
import io.inkfast.net.StreamLink;
import io.inkfast.net.Transport;
import io.inkfast.net.UdpPeer;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The peers of a {@link SyslogAppender}, and what is written to them. */
final class SyslogPeers {

    private final SyslogSettings settings;
    private final SocketNetworkAppender.Sockets sockets;
    private final Notices notices;
    private final Datagram datagram;

    SyslogPeers(SyslogSettings settings, SocketNetworkAppender.Sockets sockets, Notices notices) {
        this.settings = settings;
        this.sockets = sockets;
        this.notices = notices;
        datagram = new Datagram(settings.maxSize());
    }

    Transport transport(List<HostPort> destinations, List<SyslogSettings.Fallback> fallbacks) {
        List<Endpoint> all = new ArrayList<>();
        for (HostPort each : destinations) {
            all.add(endpoint(settings.transport(), each));
        }
        for (SyslogSettings.Fallback each : fallbacks) {
            all.add(new LastResort(endpoint(each.way(), each.peer())));
        }
        return new Messages(settings, all);
    }

    private Endpoint endpoint(SyslogSettings.Way way, HostPort peer) {
        String name = way.shown() + ":" + peer;
        return switch (way) {
            case UDP -> DatagramLink.endpoint(name, peer, this::pack);
            case TCP, TLS ->
                sockets.endpoint(
                        name,
                        peer,
                        way == SyslogSettings.Way.TLS,
                        opener -> new StreamLink(opener, settings.tail(), this::frame));
            case RELP ->
                sockets.endpoint(
                        name,
                        peer,
                        sockets.secure(),
                        opener -> new RelpLink(opener, settings.window(), settings.ackLimit()));
        };
    }

    /* RFC 6587: "87 <134>1 ..." with the length in front, or a line feed behind. */
    private void frame(Message message, Outgoing out) {
        if (settings.countsOctets()) {
            out.putDecimal(message.bytes());
            out.put(' ');
            out.put(message.head());
            out.put(message.body());
            return;
        }
        out.put(message.head());
        for (byte each : message.body()) {
            out.put(each == '\n' || each == '\r' || each == 0 ? ' ' : each);
        }
        out.put('\n');
    }

    private void pack(Message message, UdpPeer peer) throws IOException {
        datagram.clear();
        if (!datagram.putText(message.head()) || !datagram.putText(message.body())) {
            notices.warn(
                    "truncated",
                    "a message of [" + message.bytes() + "] bytes is larger than <maxSize> [" + settings.maxSize()
                            + "]; the end of it is cut off");
        }
        datagram.sendTo(peer);
    }

    private record LastResort(Endpoint endpoint) implements Endpoint {

        @Override
        public String name() {
            return endpoint.name();
        }

        @Override
        public Link connect() throws IOException {
            return endpoint.connect();
        }

        @Override
        public boolean isFallback() {
            return true;
        }
    }

    private record Messages(SyslogSettings settings, List<Endpoint> endpoints) implements Transport {

        @Override
        public byte[] head(ILoggingEvent event, String id) {
            Instant known = event.getInstant();
            Instant time = known == null ? Instant.ofEpochMilli(event.getTimeStamp()) : known;
            StructuredData data = settings.data();
            return settings.head().head(event.getLevel(), time, data == null ? "" : data.of(event, id));
        }

        @Override
        public boolean readsEvents() {
            StructuredData data = settings.data();
            return data != null && data.readsEvents();
        }
    }
}
