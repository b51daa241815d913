package io.inkfast.benchmarks.pipe;

import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A source for a library whose own API has no key-value pairs: they go through its thread context, as its users do it.
 * Made and used on one thread.
 */
abstract class ThreadContextSource implements Pipe.Source {

    private final Workload workload;
    private final Integer producer;
    private final BiConsumer<String, String> context;
    private final @Nullable Exception failure;

    /** @param context puts a key into the thread context */
    ThreadContextSource(Workload workload, int producer, BiConsumer<String, String> context) {
        this.workload = workload;
        this.producer = producer;
        this.context = context;
        this.failure = workload.hasFailure() ? Workload.failure() : null;
        Workload.CONTEXT.forEach(context);
    }

    @Override
    public final void log(long sequence) {
        if (sequence % Workload.CONTEXT_EVERY == 0) {
            context.accept(Workload.CHANGING_KEY, Workload.changingValue(sequence));
        }
        if (workload.hasPairs()) {
            logWithPairs(sequence, producer, failure);
        } else {
            log(sequence, producer);
        }
    }

    /** {@link Workload#MESSAGE}. */
    abstract void log(long sequence, Integer producer);

    /** The same with {@link Workload#PAIRS}. */
    abstract void logWithPairs(long sequence, Integer producer, @Nullable Exception failure);
}
