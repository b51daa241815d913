package io.inkfast.net.tcp;

import io.inkfast.internal.Settings;
import io.inkfast.net.Endpoint;
import io.inkfast.net.Message;
import io.inkfast.net.NetworkDefaults;
import io.inkfast.net.Outgoing;
import io.inkfast.net.SocketNetworkAppender;
import io.inkfast.net.StreamLink;
import io.inkfast.net.Tail;
import io.inkfast.net.Transport;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sends events as lines over TCP, plain or with TLS. TCP tells nobody whether a peer has read what was written, so events
 * count as sent, never as acknowledged; the last ones are kept, and written again after a connection has broken. What the
 * peer had not read is then there, if it is not more than {@code replayTail}; what it had read is there twice, with the same
 * {@code event.id}.
 *
 * <p>Threads and settings as {@link io.inkfast.net.NetworkAppender}.
 *
 * @since 0.1.0
 */
public final class TcpAppender extends SocketNetworkAppender {

    private static final NetworkDefaults DEFAULTS = new NetworkDefaults(1_000, 256L << 10, Duration.ofMillis(10));

    private @Nullable String replayTail;

    /** Called by Logback. */
    public TcpAppender() {}

    /**
     * How many bytes of what was written last are written again after a connection has broken; 8MB by default, from 0, for
     * none, to 1 GB. They stay in memory.
     */
    public void setReplayTail(String size) {
        replayTail = size;
    }

    @Override
    protected NetworkDefaults defaults() {
        return DEFAULTS;
    }

    @Override
    protected Transport transport(Settings settings) {
        Tail tail = Tail.read(replayTail, settings);
        List<Endpoint> endpoints = endpoints(settings, opener -> new StreamLink(opener, tail, TcpAppender::line));
        return () -> endpoints;
    }

    private static void line(Message message, Outgoing out) {
        out.put(message.body());
        out.put('\n');
    }
}
