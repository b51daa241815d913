package io.inkfast.net.redis;

import io.inkfast.net.Endpoint;
import io.inkfast.net.Link;
import io.inkfast.net.Secret;
import io.inkfast.net.Tls;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.metrics.CommandLatencyRecorder;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.resource.ClientResources;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** One server. The client, which has threads, outlives connections. The sender's thread; {@link #close} is for any. */
final class RedisEndpoint implements Endpoint {

    private static final int THREADS = 2;

    private final RedisUrl url;
    private final RedisSettings settings;
    private final String thread;
    private @Nullable Client client;
    private boolean closed;

    private record Client(RedisClient redis, ClientResources resources) {}

    /** @param thread with which the names of threads begin */
    RedisEndpoint(RedisUrl url, RedisSettings settings, String thread) {
        this.url = url;
        this.settings = settings;
        this.thread = thread;
    }

    @Override
    public String name() {
        return url.text();
    }

    @Override
    public Link connect() {
        return new RedisLink(this::open, settings);
    }

    /* With password and certificates as they are now. */
    private CompletionStage<StatefulRedisConnection<byte[], byte[]>> open() throws IOException {
        RedisClient redis = client().redis();
        redis.setOptions(options());
        return redis.connectAsync(ByteArrayCodec.INSTANCE, uri());
    }

    private synchronized Client client() throws IOException {
        if (closed) {
            throw new IOException("the appender has stopped");
        }
        Client known = client;
        if (known == null) {
            ClientResources resources = ClientResources.builder()
                    .ioThreadPoolSize(THREADS)
                    .computationThreadPoolSize(THREADS)
                    .threadFactoryProvider(this::threads)
                    .commandLatencyRecorder(CommandLatencyRecorder.disabled())
                    .build();
            known = new Client(RedisClient.create(resources), resources);
            client = known;
        }
        return known;
    }

    private ThreadFactory threads(String pool) {
        AtomicInteger number = new AtomicInteger();
        return run -> {
            Thread made = new Thread(null, run, thread + "-" + pool + "-" + number.incrementAndGet(), 0, false);
            made.setDaemon(true);
            made.setContextClassLoader(RedisEndpoint.class.getClassLoader());
            return made;
        };
    }

    private RedisURI uri() throws IOException {
        RedisURI.Builder uri = RedisURI.builder()
                .withHost(url.host())
                .withPort(url.port())
                .withSsl(url.tls())
                .withDatabase(url.database())
                .withTimeout(settings.connectTimeout());
        Secret secret = settings.secret();
        if (secret != null && settings.username() != null) {
            uri.withAuthentication(settings.username(), secret.value());
        } else if (secret != null) {
            uri.withPassword(secret.value().toCharArray());
        }
        return uri.build();
    }

    /* Who connects again, and sends again, are we. */
    private ClientOptions options() throws IOException {
        return ClientOptions.builder()
                .autoReconnect(false)
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .protocolVersion(ProtocolVersion.RESP2)
                .timeoutOptions(TimeoutOptions.create())
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(settings.connectTimeout())
                        .keepAlive(true)
                        .build())
                .sslOptions(ssl())
                .build();
    }

    private SslOptions ssl() throws IOException {
        Tls tls = settings.tls();
        SslOptions.Builder options = SslOptions.builder().jdkSslProvider().handshakeTimeout(settings.connectTimeout());
        if (tls == null) {
            return options.build();
        }
        try {
            TrustManagerFactory trust = tls.trust();
            KeyManagerFactory keys = tls.keys();
            if (trust != null) {
                options.trustManager(trust);
            }
            if (keys != null) {
                options.keyManager(keys);
            }
            return options.build();
        } catch (GeneralSecurityException e) {
            throw new IOException("the files of <ssl> cannot be used: " + e.getMessage(), e);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        Client last = client;
        client = null;
        if (last != null) {
            // Both return at once.
            Future<?> unusedEnd = last.redis().shutdownAsync(0, 0, TimeUnit.MILLISECONDS);
            Future<?> unusedEndOfThreads = last.resources().shutdown(0, 0, TimeUnit.MILLISECONDS);
        }
    }
}
