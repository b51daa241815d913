package io.inkfast.file;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.inkfast.component.Rejections;
import io.inkfast.internal.Pause;
import java.time.Duration;
import java.util.List;

/** Batches of a front, which keeps what is not taken. One thread at a time; throws nothing. */
final class FrontWrites {

    private final String name;
    private final Intake intake;
    private final FileGate<ILoggingEvent> gate;
    private final Rejections rejections;

    /* The last chunk, which may be unwritten, and the number before its first event. */
    private Chunk<ILoggingEvent> chunk = newChunk();
    private long before;
    private long taken;
    private long durable;

    FrontWrites(String name, Intake intake, FileGate<ILoggingEvent> gate, Rejections rejections) {
        this.name = name;
        this.intake = intake;
        this.gate = gate;
        this.rejections = rejections;
    }

    /** Takes a batch; how many events of it. None while something waits to be written. */
    int append(List<ILoggingEvent> events, long first) {
        int size = events.size();
        boolean interrupted = gate.enter();
        try {
            if (gate.isClosed()) {
                return reject(events, first);
            }
            if (!gate.drain()) {
                return 0;
            }
            if (first <= settledNow()) {
                gate.engine.writtenAgain();
            }
        } finally {
            gate.leave(interrupted);
        }
        long previous = first - 1;
        for (int i = 0; i < size; i++) {
            gate.books.received.increment();
            intake.take(events.get(i), first + i, chunk);
            if (chunk.buffer.size() >= Chunk.BYTES || i == size - 1) {
                if (!hand(previous, first + i)) {
                    return i + 1;
                }
                previous = first + i;
            }
        }
        return size;
    }

    private int reject(List<ILoggingEvent> events, long first) {
        if (chunk.count() == 0) {
            taken = first + events.size() - 1;
        }
        for (ILoggingEvent event : events) {
            rejections.reject(name, event);
        }
        return events.size();
    }

    /* Whether the chunk is written, and the next one may come. */
    private boolean hand(long previous, long last) {
        gate.books.accepted.add(chunk.count());
        boolean interrupted = gate.enter();
        try {
            before = previous;
            taken = last;
            if (gate.isClosed()) {
                // Stopped while we encoded: never written, so never settled.
                gate.books.accepted.add(-chunk.count());
                gate.books.discarded.add(chunk.count());
                return false;
            }
            if (!gate.drain()) {
                gate.backlog.keep(chunk);
                return false;
            }
            // A batch can afford the look that single events share.
            gate.engine.lookAgain();
            if (chunk.count() > 0 && !gate.engine.write(chunk)) {
                gate.backlog.activate();
                return false;
            }
            chunk.clear();
            return true;
        } finally {
            gate.leave(interrupted);
        }
    }

    /** Everything up to this number is done with. */
    long settled() {
        boolean interrupted = gate.enter();
        try {
            gate.drain();
            return settledNow();
        } finally {
            gate.leave(interrupted);
        }
    }

    private long settledNow() {
        if (chunk.count() == 0) {
            return taken;
        }
        if (!chunk.isWritten()) {
            return chunk.writtenSequence(before);
        }
        chunk.clear();
        return taken;
    }

    /** As {@link #settled}, and on the device; waits at most so long. */
    long sync(long sequence, Duration limit) {
        long deadline = gate.ticker.nanos() + limit.toNanos();
        while (true) {
            long wait;
            boolean interrupted = gate.enter();
            try {
                gate.drain();
                long settled = settledNow();
                long left = deadline - gate.ticker.nanos();
                if (settled >= sequence || left <= 0 || gate.isClosed()) {
                    if (!gate.isClosed() && gate.engine.force()) {
                        durable = settled;
                    }
                    return durable;
                }
                wait = Math.min(left, Math.max(1_000_000, gate.engine.untilRetry()));
            } finally {
                gate.leave(interrupted);
            }
            Pause.nanos(wait);
        }
    }

    private static Chunk<ILoggingEvent> newChunk() {
        return new Chunk<>(Chunk.BYTES * 2, 512);
    }
}
