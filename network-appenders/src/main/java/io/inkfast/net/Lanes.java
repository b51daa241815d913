package io.inkfast.net;

import io.inkfast.internal.Settings;
import io.inkfast.internal.Ticker;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/*
 * A request that is too large, or that cannot be read, is sent once more without others beside it: what follows from that is
 * the engine's business, which looks for the message to blame from the front.
 */
/**
 * Makes several requests of a batch, as many as the peer takes well, and waits for all. Their order is the peer's business then.
 * The sender's thread.
 *
 * @since 0.1.0
 */
public final class Lanes {

    private static final int MOST = 32;
    private static final int ALONE = 20;

    /** One request. */
    @FunctionalInterface
    public interface Request {
        /** See {@link Link#send}. Any thread. */
        Answer send(Batch batch) throws IOException;
    }

    private final Concurrency concurrency;
    private final Ticker ticker;
    private int alone;
    private int largest;

    /** Of the number in {@code <concurrency>}: from 1, the default, to 32. */
    public static Lanes read(@Nullable String text, Settings settings) {
        return new Lanes(settings.count("concurrency", text, 1, 1, MOST), Ticker.SYSTEM);
    }

    Lanes(int most, Ticker ticker) {
        concurrency = new Concurrency(most);
        this.ticker = ticker;
    }

    /** How many requests would be made now. */
    int width() {
        return alone > 0 ? 1 : concurrency.now();
    }

    Answer send(Batch batch, Executor executor, Request request) throws IOException {
        int width = width();
        long before = ticker.nanos();
        if (width == 1) {
            alone = Math.max(0, alone - 1);
            Answer answer = request.send(batch);
            learn(answer, batch, 1, before);
            return answer;
        }
        List<Batch> parts = batch.split(width);
        List<CompletableFuture<Answer>> answers = new ArrayList<>();
        for (Batch part : parts) {
            answers.add(CompletableFuture.supplyAsync(() -> answer(request, part), executor));
        }
        IOException failure = null;
        Answer worst = Answer.EACH;
        for (CompletableFuture<Answer> each : answers) {
            try {
                worst = worse(worst, each.get());
            } catch (ExecutionException e) {
                failure = e.getCause() instanceof Failed failed ? failed.cause : new IOException(e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted");
            }
        }
        batch.join(parts);
        if (failure != null) {
            concurrency.refused();
            throw failure;
        }
        learn(worst, batch, parts.size(), before);
        return alone > 0 ? Answer.EACH : worst;
    }

    private static Answer answer(Request request, Batch part) {
        try {
            return request.send(part);
        } catch (IOException e) {
            throw new Failed(e);
        }
    }

    private void learn(Answer answer, Batch batch, int parts, long before) {
        switch (answer.kind()) {
            case EACH -> {
                if (batch.firstDelay() != null) {
                    concurrency.refused();
                } else if (batch.size() / parts * 2 >= largest) {
                    // Small requests say nothing about what the peer can take.
                    largest = Math.max(largest, batch.size() / parts);
                    concurrency.taken(ticker.nanos() - before);
                }
            }
            case BUSY -> concurrency.refused();
            case TOO_LARGE, MALFORMED -> alone = ALONE;
            case DENIED -> {
                return;
            }
        }
    }

    private static Answer worse(Answer one, Answer other) {
        if (one.kind() == other.kind() && one.kind() == Answer.Kind.BUSY) {
            Duration later = one.notBefore().compareTo(other.notBefore()) > 0 ? one.notBefore() : other.notBefore();
            return Answer.busy(one.why(), later);
        }
        return rank(one) >= rank(other) ? one : other;
    }

    private static int rank(Answer answer) {
        return switch (answer.kind()) {
            case EACH -> 0;
            case TOO_LARGE, MALFORMED -> 1;
            case BUSY -> 2;
            case DENIED -> 3;
        };
    }

    /** Takes an exception over to the thread that waits. */
    private static final class Failed extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient IOException cause;

        Failed(IOException cause) {
            super(cause);
            this.cause = cause;
        }
    }
}
