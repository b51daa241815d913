package io.inkfast.net.lumberjack;

import io.inkfast.internal.Settings;
import io.inkfast.net.Endpoint;
import io.inkfast.net.NetworkDefaults;
import io.inkfast.net.SocketNetworkAppender;
import io.inkfast.net.Transport;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sends events to the beats input of Logstash, or whatever else speaks Lumberjack 2, and keeps each until the peer has
 * acknowledged it. When a connection breaks, the events of the window under way are sent again and may be there twice, under
 * the same {@code event.id}.
 *
 * <p>Threads and settings as {@link io.inkfast.net.NetworkAppender}.
 *
 * @since 0.1.0
 */
public final class LumberjackAppender extends SocketNetworkAppender {

    private static final NetworkDefaults DEFAULTS = new NetworkDefaults(4_000, 4L << 20, Duration.ofMillis(20));
    private static final int DEFAULT_WINDOW = 1_000;
    private static final int DEFAULT_LEVEL = 3;

    private @Nullable String windowSize;
    private @Nullable String compressionLevel;
    private @Nullable String ackTimeout;

    /** Called by Logback. */
    public LumberjackAppender() {}

    /**
     * How many events may be under way, and so be there twice when a connection breaks; 1000 by default, from 1 to 65536. A new
     * connection begins with fewer.
     */
    public void setWindowSize(String count) {
        windowSize = count;
    }

    /** How hard events are compressed, from 1, quickly, to 9, small; 3 by default; 0 for not at all. */
    public void setCompressionLevel(String level) {
        compressionLevel = level;
    }

    /**
     * How long the peer may say nothing before the connection counts as broken; 30 seconds by default, from 10 milliseconds to
     * 1 hour. A peer that is busy says so.
     */
    public void setAckTimeout(String time) {
        ackTimeout = time;
    }

    @Override
    protected NetworkDefaults defaults() {
        return DEFAULTS;
    }

    @Override
    protected Transport transport(Settings settings) {
        LumberjackLink.Limits limits = new LumberjackLink.Limits(
                settings.count("windowSize", windowSize, DEFAULT_WINDOW, 1, 1 << 16),
                settings.count("compressionLevel", compressionLevel, DEFAULT_LEVEL, 0, 9),
                settings.time(
                        "ackTimeout", ackTimeout, Duration.ofSeconds(30), Duration.ofMillis(10), Duration.ofHours(1)));
        List<Endpoint> endpoints = endpoints(settings, opener -> new LumberjackLink(opener, limits));
        return () -> endpoints;
    }
}
