package io.inkfast.net.syslog;

import io.inkfast.internal.Settings;
import io.inkfast.net.NetworkDefaults;
import io.inkfast.net.SocketNetworkAppender;
import io.inkfast.net.Transport;
import java.time.Duration;
import java.util.List;

/**
 * Sends events as syslog messages, by RFC 5424 or RFC 3164, over UDP, TCP (RFC 6587), TLS (RFC 5425) or RELP. Over RELP each
 * event is kept until the peer has acknowledged it; over the others it counts as sent, never as acknowledged. What was written
 * last over TCP or TLS is written again after a connection has broken, as {@link io.inkfast.net.tcp.TcpAppender} does it.
 *
 * <p>Threads and settings as {@link io.inkfast.net.NetworkAppender}.
 *
 * @since 0.1.0
 */
public final class SyslogAppender extends SocketNetworkAppender {

    private static final NetworkDefaults DEFAULTS = new NetworkDefaults(1_000, 1L << 20, Duration.ofMillis(10));

    private final SyslogSettings.Texts texts = new SyslogSettings.Texts();

    /** Called by Logback. */
    public SyslogAppender() {}

    /** How messages travel: {@code udp} (default), {@code tcp}, {@code tls} or {@code relp}; RELP with TLS if there is {@code <ssl>}. */
    public void setTransport(String name) {
        texts.transport = name;
    }

    /**
     * Where to send while none of the destinations can be reached: a transport, a host and a port, such as {@code
     * udp:localhost:514}. Several, with commas between. Health says so meanwhile. None by default: events wait.
     */
    public void setFallback(String peers) {
        texts.fallback = peers;
    }

    /** {@code RFC5424} (default) or {@code RFC3164}. */
    public void setFormat(String name) {
        texts.format = name;
    }

    /** The facility, by its name in {@code syslog.conf}; {@code user} by default. */
    public void setFacility(String name) {
        texts.facility = name;
    }

    /** The name of the application; {@code java} by default. At most 48 characters of printable ASCII, 32 by RFC 3164. */
    public void setAppName(String name) {
        texts.appName = name;
    }

    /** The name of the host; the machine's own by default. */
    public void setHostName(String name) {
        texts.hostName = name;
    }

    /** The type of message (RFC 5424); none by default. */
    public void setMessageId(String name) {
        texts.messageId = name;
    }

    /**
     * The name of the element of structured data in which {@code event.id} and the parameters stand (RFC 5424): a name, {@code @}
     * and the number of an enterprise. {@code inkfast@32473} by default, of the number that is free for examples.
     */
    public void setStructuredDataId(String id) {
        texts.structuredDataId = id;
    }

    /** A parameter of structured data, as {@code name=pattern}, such as {@code trace=%X{traceId}}; any number of them. */
    public void addParameter(String nameAndPattern) {
        texts.parameters.add(nameAndPattern);
    }

    /** How messages are told apart over TCP and TLS: {@code OCTET_COUNTED} (default) or {@code LF}. */
    public void setFraming(String name) {
        texts.framing = name;
    }

    /**
     * How many bytes a datagram has at most; 65507 by default, from 480. The end of a larger message is cut off. Over the other
     * transports no message is cut.
     */
    public void setMaxSize(String size) {
        texts.maxSize = size;
    }

    /** How many bytes of what was written last over TCP or TLS are written again; 8MB by default, from 0 to 1 GB. */
    public void setReplayTail(String size) {
        texts.replayTail = size;
    }

    /**
     * How many messages may be without an answer over RELP, and so be there twice when a connection breaks; 128 by default, from
     * 1 to 65536.
     */
    public void setWindowSize(String count) {
        texts.windowSize = count;
    }

    /**
     * How long a peer may say nothing over RELP before the connection counts as broken; 30 seconds by default, from 10
     * milliseconds to 1 hour.
     */
    public void setAckTimeout(String time) {
        texts.ackTimeout = time;
    }

    @Override
    protected NetworkDefaults defaults() {
        return DEFAULTS;
    }

    @Override
    protected Transport transport(Settings settings) {
        SyslogSettings values = SyslogSettings.read(texts, getContext(), settings);
        Sockets sockets = sockets(settings);
        if (sockets.secure() && !values.transport().takesTls()) {
            settings.problem("<ssl> has no effect over [" + values.transport().shown() + "]; use tls or relp");
        }
        SyslogPeers peers = new SyslogPeers(values, sockets, notices());
        return peers.transport(destinations(settings), List.copyOf(values.fallbacks()));
    }
}
