package io.inkfast.net.redis;

import io.inkfast.internal.Settings;
import io.inkfast.net.ClientLibrary;
import io.inkfast.net.Endpoint;
import io.inkfast.net.NetworkAppender;
import io.inkfast.net.NetworkDefaults;
import io.inkfast.net.SslSettings;
import io.inkfast.net.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Adds events to a stream of Redis 5 or newer, many in one pipeline, each acknowledged: field {@code data} is what the
 * encoder made, field {@code id} the {@code event.id}. When an answer is lost, the event is sent again and may be there
 * twice, with the same {@code id}. What Redis has answered it may lose itself, unless its {@code appendfsync} is always.
 *
 * <p>Needs {@code io.lettuce:lettuce-core}. Threads and settings as {@link io.inkfast.net.NetworkAppender}.
 *
 * @since 0.1.0
 */
public final class RedisStreamAppender extends NetworkAppender {

    private static final NetworkDefaults DEFAULTS = new NetworkDefaults(500, 1L << 20, Duration.ofMillis(100));

    private final RedisSettings.Texts texts = new RedisSettings.Texts();
    private @Nullable SslSettings ssl;

    /** Called by Logback. */
    public RedisStreamAppender() {}

    /**
     * Where to send, such as {@code redis://host:6379}, or {@code rediss:} for TLS; the number of a database may follow:
     * {@code redis://host:6379/2}. Required. Several, with commas between: fail-over, in this order.
     */
    public void addUrl(String urls) {
        texts.urls.add(urls);
    }

    /** The key of the stream. Required. */
    public void setStream(String key) {
        texts.stream = key;
    }

    /**
     * How many entries the stream keeps, about: older ones go when others come. 1000000 by default, from 0, for no bound, to
     * 2147483647. Not together with {@code maxAge}.
     */
    public void setMaxLen(String count) {
        texts.maxLen = count;
    }

    /** How long the stream keeps entries, about, in the place of {@code maxLen}; from 1 second to 3650 days. Redis 6.2. */
    public void setMaxAge(String time) {
        texts.maxAge = time;
    }

    /** The name to log in with, where it is not {@code default}; needs a password. */
    public void setUsername(String name) {
        texts.username = name;
    }

    /** The password; better a variable of the environment, or {@code passwordFile}. */
    public void setPassword(String secret) {
        texts.password = secret;
    }

    /** A file with the password, read for each connection: it may be replaced at any time. */
    public void setPasswordFile(String file) {
        texts.passwordFile = file;
    }

    /** TLS for URLs with {@code rediss}; without it they trust whom the JVM trusts. */
    public void setSsl(SslSettings settings) {
        ssl = settings;
    }

    /** How long a connection may take to be made; 5 seconds by default, from 1 millisecond to 1 hour. */
    public void setConnectTimeout(String time) {
        texts.connectTimeout = time;
    }

    /**
     * How long the answers to a pipeline may take; 10 seconds by default, from 1 millisecond to 1 hour. Then the connection
     * counts as broken, and what was not answered is sent again.
     */
    public void setCommandTimeout(String time) {
        texts.commandTimeout = time;
    }

    @Override
    protected NetworkDefaults defaults() {
        return DEFAULTS;
    }

    @Override
    protected Transport transport(Settings settings) {
        RedisSettings values = RedisSettings.read(texts, ssl == null ? null : ssl.read(settings), settings);
        boolean there = ClientLibrary.isThere(
                settings,
                "io.lettuce:lettuce-core",
                "lettuce.core",
                "io.netty.channel.Channel",
                "reactor.core.publisher.Mono",
                "io.lettuce.core.RedisClient");
        List<Endpoint> endpoints = new ArrayList<>();
        for (RedisUrl url : there ? values.urls() : List.<RedisUrl>of()) {
            endpoints.add(new RedisEndpoint(url, values, "inkfast-net-" + getName()));
        }
        return new Entries(endpoints);
    }

    private record Entries(List<Endpoint> endpoints) implements Transport {

        @Override
        public List<String> ownLoggers() {
            return List.of("io.lettuce", "io.netty", "reactor");
        }
    }
}
