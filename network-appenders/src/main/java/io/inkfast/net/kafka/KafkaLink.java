package io.inkfast.net.kafka;

import io.inkfast.internal.Settings;
import io.inkfast.net.Answer;
import io.inkfast.net.Batch;
import io.inkfast.net.Link;
import io.inkfast.net.Message;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/*
 * The producer itself sends again what a broker does not answer, and the broker knows it by its number. So a record whose
 * acknowledgement is late stays with the producer, and is only waited for again. When a record has failed, the producer is
 * given up with all that it has kept: what comes after must not overtake it.
 */
/** Records to one topic, through a producer that is made when it is needed. */
final class KafkaLink implements Link {

    private static final long CLOSE_MILLIS = 1_000;
    private static final String ID = "event.id";

    private final Supplier<Producer<byte[], byte[]>> maker;
    private final String topic;
    private final Duration ackLimit;
    private final String thread;
    private final IdentityHashMap<Message, Future<RecordMetadata>> sent = new IdentityHashMap<>();
    private final AtomicReference<@Nullable Producer<byte[], byte[]>> producer = new AtomicReference<>();
    private volatile boolean aborted;

    /**
     * @param ackLimit how long one call waits for acknowledgements
     * @param thread   with which the name of the thread begins that closes a producer
     */
    KafkaLink(Supplier<Producer<byte[], byte[]>> maker, String topic, Duration ackLimit, String thread) {
        this.maker = maker;
        this.topic = topic;
        this.ackLimit = ackLimit;
        this.thread = thread;
    }

    /** What was found out about a batch. */
    private static final class Outcome {
        private final List<Integer> invalid = new ArrayList<>();
        private String whyInvalid = "";
        private boolean accepted;
        private @Nullable Throwable fault;

        /* What somebody has to mend counts most. */
        void fault(Throwable next) {
            if (fault == null || KafkaFaults.kind(next) == KafkaFaults.Kind.DENIED) {
                fault = next;
            }
        }
    }

    @Override
    public Answer send(Batch batch) throws IOException {
        Outcome outcome = new Outcome();
        try {
            await(batch, give(open(), batch), outcome);
        } catch (RuntimeException | LinkageError e) {
            outcome.fault(e);
        }
        return answer(batch, outcome);
    }

    private Producer<byte[], byte[]> open() throws IOException {
        Producer<byte[], byte[]> current = producer.get();
        if (current == null && !aborted) {
            current = maker.get();
            producer.set(current);
        }
        if (current == null || aborted) {
            giveUp();
            throw new IOException("the appender has stopped");
        }
        return current;
    }

    /* How many of the batch the producer has now; it stops at the first one that it does not take. */
    private int give(Producer<byte[], byte[]> to, Batch batch) {
        for (int i = 0; i < batch.size(); i++) {
            Message message = batch.message(i);
            if (sent.containsKey(message)) {
                continue;
            }
            try {
                Future<RecordMetadata> answer = to.send(record(message));
                Throwable fault = answer.isDone() ? fault(answer) : null;
                if (fault instanceof org.apache.kafka.common.errors.TimeoutException) {
                    // It knows no broker, or has no room: what it has already, it keeps.
                    batch.again(i, KafkaFaults.words(fault));
                    return i;
                }
                sent.put(message, answer);
                if (fault != null && KafkaFaults.kind(fault) != KafkaFaults.Kind.TOO_LARGE) {
                    return i + 1;
                }
            } catch (InterruptException e) {
                // It has set the flag, with which the next call would fail as well.
                Thread.interrupted();
                batch.again(i, "interrupted");
                return i;
            }
        }
        return batch.size();
    }

    private ProducerRecord<byte[], byte[]> record(Message message) {
        byte[] key = message.head().length == 0 ? null : message.head();
        ProducerRecord<byte[], byte[]> made =
                new ProducerRecord<>(topic, null, Math.max(0, message.millis()), key, message.body());
        made.headers().add(ID, message.id().getBytes(StandardCharsets.UTF_8));
        return made;
    }

    /* Why what is done has failed; null if it has not. */
    private static @Nullable Throwable fault(Future<RecordMetadata> done) {
        try {
            done.get();
            return null;
        } catch (ExecutionException e) {
            return Objects.requireNonNullElse(e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.interrupted();
            return null;
        }
    }

    private void await(Batch batch, int given, Outcome outcome) {
        long end = System.nanoTime() + ackLimit.toNanos();
        for (int i = 0; i < given; i++) {
            Future<RecordMetadata> answer = Objects.requireNonNull(sent.get(batch.message(i)));
            // After a fault only what is known already counts: nothing may overtake what failed.
            long left = outcome.fault == null ? Math.max(0, end - System.nanoTime()) : 0;
            try {
                answer.get(left, TimeUnit.NANOSECONDS);
                batch.accepted(i);
                outcome.accepted = true;
                sent.remove(batch.message(i));
            } catch (TimeoutException e) {
                batch.again(i, "no acknowledgement within " + Settings.time(ackLimit));
            } catch (ExecutionException e) {
                sent.remove(batch.message(i));
                failed(batch, i, Objects.requireNonNullElse(e.getCause(), e), outcome);
            } catch (InterruptedException e) {
                batch.again(i, "interrupted");
            }
        }
    }

    private static void failed(Batch batch, int index, Throwable fault, Outcome outcome) {
        switch (KafkaFaults.kind(fault)) {
            case TOO_LARGE -> batch.refused(index, KafkaFaults.words(fault));
            case INVALID -> {
                outcome.invalid.add(index);
                outcome.whyInvalid = KafkaFaults.words(fault);
            }
            case DENIED, AGAIN -> outcome.fault(fault);
        }
    }

    private Answer answer(Batch batch, Outcome outcome) {
        Throwable fault = outcome.fault;
        String why = fault == null ? "" : KafkaFaults.words(fault);
        if (fault != null) {
            giveUp();
            if (KafkaFaults.kind(fault) == KafkaFaults.Kind.DENIED) {
                return Answer.denied(why);
            }
        }
        if (!outcome.invalid.isEmpty() && !outcome.accepted) {
            // Perhaps the topic takes none of ours.
            return Answer.malformed(outcome.whyInvalid);
        }
        outcome.invalid.forEach(index -> batch.refused(index, outcome.whyInvalid));
        return fault == null ? Answer.EACH : Answer.busy(why, Duration.ZERO);
    }

    /* What it has not said yet is unknown. */
    private void giveUp() {
        sent.clear();
        Thread closing = closeProducer();
        try {
            if (closing != null) {
                closing.join(CLOSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /* On a thread of its own: it waits for Kafka's, which may be looking up a name. */
    private @Nullable Thread closeProducer() {
        Producer<byte[], byte[]> last = producer.getAndSet(null);
        if (last == null) {
            return null;
        }
        Thread closing = new Thread(null, () -> close(last), thread + "-close", 0, false);
        closing.setDaemon(true);
        closing.setContextClassLoader(KafkaLink.class.getClassLoader());
        closing.start();
        return closing;
    }

    private static void close(Producer<byte[], byte[]> producer) {
        try {
            producer.close(Duration.ZERO);
        } catch (RuntimeException e) {
            // Nobody waits for what it had to say.
            return;
        }
    }

    @Override
    public void abort() {
        aborted = true;
        closeProducer();
    }

    @Override
    public void close() {
        giveUp();
    }
}
