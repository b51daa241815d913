package io.inkfast.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XTrimArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.protocol.ProtocolVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.LoggerFactory;

/** A stream of Redis, through Lettuce, over one connection. */
final class RedisSource implements StreamSource {

    private static final Duration TO_CONNECT = Duration.ofSeconds(10);
    private static final Duration TO_ANSWER = Duration.ofSeconds(60);
    private static final Pattern CODE = Pattern.compile("[A-Z][A-Z0-9]{1,31}(?= |$)");
    private static final int MOST_CAUSES = 8;

    private static final Map<String, String> ERRORS = Map.of(
            "NOAUTH", "it wants a password",
            "WRONGPASS", "it does not know this user name and password",
            "NOPERM", "the user may not do that",
            "WRONGTYPE", "the key is not a stream",
            "LOADING", "it is loading its data",
            "READONLY", "it is a replica",
            "MOVED", "another node of its cluster has the stream",
            "ERR", "it does not take the command; --trim needs Redis 6.2");

    private final RedisTarget target;
    private final byte[] key;
    private final RedisClient client;
    private final StatefulRedisConnection<byte[], byte[]> connection;
    private final RedisAsyncCommands<byte[], byte[]> commands;

    private RedisSource(
            RedisTarget target, String stream, RedisClient client, StatefulRedisConnection<byte[], byte[]> connection) {
        this.target = target;
        key = stream.getBytes(StandardCharsets.UTF_8);
        this.client = client;
        this.connection = connection;
        commands = connection.async();
    }

    static RedisSource open(RedisTarget target, String stream) throws IOException {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            // Standard output is for results.
            List.of("io.lettuce", "io.netty", "reactor")
                    .forEach(name -> context.getLogger(name).setLevel(Level.OFF));
        }
        RedisURI uri = uri(target);
        RedisClient client = RedisClient.create();
        client.setOptions(ClientOptions.builder()
                .autoReconnect(false)
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .protocolVersion(ProtocolVersion.RESP2)
                .socketOptions(
                        SocketOptions.builder().connectTimeout(TO_CONNECT).build())
                .sslOptions(SslOptions.builder()
                        .jdkSslProvider()
                        .handshakeTimeout(TO_CONNECT)
                        .build())
                .build());
        try {
            return new RedisSource(
                    target,
                    stream,
                    client,
                    answer(
                            target,
                            client.connectAsync(ByteArrayCodec.INSTANCE, uri).toCompletableFuture()));
        } catch (IOException e) {
            client.shutdown(Duration.ZERO, TO_CONNECT);
            throw e;
        }
    }

    private static RedisURI uri(RedisTarget target) {
        RedisURI.Builder uri = RedisURI.builder()
                .withHost(target.host())
                .withPort(target.port())
                .withSsl(target.tls())
                .withDatabase(target.database())
                .withTimeout(TO_CONNECT);
        String password = target.password();
        if (password != null && target.username() != null) {
            uri.withAuthentication(target.username(), password);
        } else if (password != null) {
            uri.withPassword(password.toCharArray());
        }
        return uri.build();
    }

    private static <T> T answer(RedisTarget target, Future<T> future) throws IOException {
        try {
            return future.get(TO_ANSWER.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new Unavailable("Redis [" + target + "] " + why(e), e);
        } catch (TimeoutException e) {
            throw new Unavailable(
                    "Redis [" + target + "] does not answer within " + TO_ANSWER.toSeconds() + " seconds", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable("interrupted while Redis [" + target + "] was asked", e);
        }
    }

    /* An error that Redis answers may quote the command: of that only the first word. */
    private static String why(Throwable fault) {
        Throwable cause = fault;
        for (int i = 0; i < MOST_CAUSES && cause.getCause() != null; i++) {
            cause = cause.getCause();
            if (cause instanceof RedisCommandExecutionException) {
                Matcher code = CODE.matcher(String.valueOf(cause.getMessage()));
                String word = code.lookingAt() ? code.group() : "an error";
                return "answers " + word + ": " + ERRORS.getOrDefault(word, "it does not do what it is asked");
            }
        }
        return "cannot be reached (" + cause.getClass().getSimpleName() + ": " + cause.getMessage() + ")";
    }

    @Override
    public Instant now() throws IOException {
        List<byte[]> time = answer(target, commands.time());
        return Instant.ofEpochSecond(Long.parseLong(new String(time.get(0), StandardCharsets.US_ASCII)));
    }

    @Override
    public boolean exists() throws IOException {
        return answer(target, commands.exists(key)) > 0;
    }

    @Override
    public List<StreamEntry> read(StreamId from, StreamId to, int count) throws IOException {
        List<StreamEntry> entries = new ArrayList<>(count);
        for (StreamMessage<byte[], byte[]> message :
                answer(target, commands.xrange(key, Range.create(from.toString(), to.toString()), Limit.from(count)))) {
            List<byte[]> fields = new ArrayList<>();
            message.getBody().forEach((name, value) -> {
                fields.add(name);
                fields.add(value);
            });
            entries.add(new StreamEntry(StreamId.parse(message.getId()), fields));
        }
        return entries;
    }

    @Override
    public long trim(StreamId before) throws IOException {
        return answer(
                target,
                commands.xtrim(key, XTrimArgs.Builder.minId(before.toString()).exactTrimming()));
    }

    @Override
    public void close() {
        connection.close();
        client.shutdown(Duration.ZERO, TO_CONNECT);
    }
}
