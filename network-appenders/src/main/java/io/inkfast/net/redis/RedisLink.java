package io.inkfast.net.redis;

import io.inkfast.internal.Settings;
import io.inkfast.net.Answer;
import io.inkfast.net.Batch;
import io.inkfast.net.Link;
import io.inkfast.net.Message;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.XAddArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/*
 * Redis answers in the order in which it was asked: when the connection breaks, those not answered may have been done or
 * not, and the id tells.
 */
/** Entries of one stream, over a connection that is made when it is needed; a batch is a pipeline. */
final class RedisLink implements Link {

    private static final byte[] ID = "id".getBytes(StandardCharsets.UTF_8);
    private static final byte[] DATA = "data".getBytes(StandardCharsets.UTF_8);
    private static final int MOST_CAUSES = 8;
    private static final Duration MARGIN = Duration.ofSeconds(2);

    /** Begins to connect. */
    @FunctionalInterface
    interface Opener {
        CompletionStage<StatefulRedisConnection<byte[], byte[]>> open() throws IOException;
    }

    private final Opener opener;
    private final RedisSettings settings;
    private final byte[] stream;
    private volatile @Nullable StatefulRedisConnection<byte[], byte[]> connection;
    private volatile @Nullable Future<?> opening;
    private volatile boolean aborted;

    RedisLink(Opener opener, RedisSettings settings) {
        this.opener = opener;
        this.settings = settings;
        stream = settings.stream().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Answer send(Batch batch) throws IOException {
        StatefulRedisConnection<byte[], byte[]> to = connection;
        if (to == null) {
            try {
                to = connect();
            } catch (RedisCommandExecutionException e) {
                RedisFaults fault = RedisFaults.of(String.valueOf(e.getMessage()));
                return fault.denied() ? Answer.denied(fault.words()) : Answer.busy(fault.words(), Duration.ZERO);
            }
        }
        return answer(batch, write(to, batch));
    }

    private StatefulRedisConnection<byte[], byte[]> connect() throws IOException {
        CompletableFuture<StatefulRedisConnection<byte[], byte[]>> future =
                opener.open().toCompletableFuture();
        opening = future;
        if (aborted) {
            future.cancel(true);
        }
        try {
            StatefulRedisConnection<byte[], byte[]> made =
                    future.get(settings.connectTimeout().plus(MARGIN).toMillis(), TimeUnit.MILLISECONDS);
            made.setAutoFlushCommands(false);
            connection = made;
            if (aborted) {
                close();
            }
            return made;
        } catch (ExecutionException e) {
            throw fault(e);
        } catch (TimeoutException | CancellationException e) {
            future.cancel(true);
            throw new IOException("no connection", e);
        } catch (InterruptedException e) {
            future.cancel(true);
            throw new InterruptedIOException("interrupted");
        } finally {
            opening = null;
        }
    }

    private List<Future<String>> write(StatefulRedisConnection<byte[], byte[]> to, Batch batch) {
        RedisAsyncCommands<byte[], byte[]> commands = to.async();
        XAddArgs trimming = trimming();
        List<Future<String>> answers = new ArrayList<>(batch.size());
        for (int i = 0; i < batch.size(); i++) {
            Message message = batch.message(i);
            byte[] id = message.id().getBytes(StandardCharsets.UTF_8);
            answers.add(commands.xadd(stream, trimming, ID, id, DATA, message.body()));
        }
        to.flushCommands();
        return answers;
    }

    private XAddArgs trimming() {
        XAddArgs args = new XAddArgs();
        Duration age = settings.maxAge();
        if (age != null) {
            args.minId(Long.toString(Math.max(0, System.currentTimeMillis() - age.toMillis())))
                    .approximateTrimming();
        } else if (settings.maxLen() > 0) {
            args.maxlen(settings.maxLen()).approximateTrimming();
        }
        return args;
    }

    private Answer answer(Batch batch, List<Future<String>> answers) throws IOException {
        long end = System.nanoTime() + settings.commandTimeout().toNanos();
        String denied = null;
        for (int i = 0; i < answers.size(); i++) {
            try {
                answers.get(i).get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
                batch.accepted(i);
            } catch (ExecutionException e) {
                RedisFaults fault = error(e);
                batch.again(i, fault.words());
                denied = denied == null && fault.denied() ? fault.words() : denied;
            } catch (TimeoutException e) {
                throw new IOException("no answer within " + Settings.time(settings.commandTimeout()), e);
            } catch (CancellationException e) {
                throw new IOException("the connection was closed", e);
            } catch (InterruptedException e) {
                throw new InterruptedIOException("interrupted");
            }
        }
        return denied == null ? Answer.EACH : Answer.denied(denied);
    }

    /* That of one command; or the connection is of no use any more. */
    private static RedisFaults error(ExecutionException fault) throws IOException {
        try {
            throw fault(fault);
        } catch (RedisCommandExecutionException e) {
            return RedisFaults.of(String.valueOf(e.getMessage()));
        }
    }

    /* What lies in the exceptions of the client: an error that Redis answered is thrown as such. */
    private static IOException fault(Throwable fault) {
        String text = fault.getClass().getSimpleName();
        Throwable cause = fault.getCause();
        for (int i = 0; cause != null && i < MOST_CAUSES; i++) {
            if (cause instanceof RedisCommandExecutionException error) {
                throw error;
            }
            if (cause instanceof SSLException tls) {
                return tls;
            }
            text = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
            cause = cause.getCause();
        }
        return new IOException(text, fault);
    }

    @Override
    public boolean isAlive() {
        StatefulRedisConnection<byte[], byte[]> current = connection;
        return current == null || current.isOpen();
    }

    @Override
    public void abort() {
        aborted = true;
        Future<?> waiting = opening;
        if (waiting != null) {
            waiting.cancel(true);
        }
        close();
    }

    @Override
    public void close() {
        StatefulRedisConnection<byte[], byte[]> current = connection;
        if (current != null) {
            Future<?> unusedEnd = current.closeAsync();
        }
    }
}
