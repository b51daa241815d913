package io.inkfast.file;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.inkfast.component.Notices;
import io.inkfast.component.Rejections;
import org.jspecify.annotations.Nullable;

/** Events that come one by one, on the threads that log them. Any thread; throws nothing. */
final class CallerWrites {

    private final String name;
    private final Intake intake;
    private final FileGate<ILoggingEvent> gate;
    private final FileCondition condition;
    private final Rejections rejections;
    private final Notices notices;
    private final ChunkPool<ILoggingEvent> pool = new ChunkPool<>();

    CallerWrites(
            String name,
            Intake intake,
            FileGate<ILoggingEvent> gate,
            FileCondition condition,
            Rejections rejections,
            Notices notices) {
        this.name = name;
        this.intake = intake;
        this.gate = gate;
        this.condition = condition;
        this.rejections = rejections;
        this.notices = notices;
    }

    /** Writes an event, or keeps it while the disk refuses. It is counted as received already. */
    void append(ILoggingEvent event) {
        Chunk<ILoggingEvent> chunk;
        try {
            chunk = pool.take();
        } catch (OutOfMemoryError e) {
            gate.books.failed.increment();
            return;
        }
        if (intake.take(event, 0, chunk)) {
            gate.books.accepted.increment();
            if (!queue(chunk)) {
                boolean interrupted = gate.enter();
                try {
                    chunk = write(chunk, event);
                } finally {
                    gate.leave(interrupted);
                }
            }
        }
        if (chunk != null) {
            pool.give(chunk);
        }
    }

    /* Whether the event waits in the backlog or is dropped, so that the file need not be touched. */
    private boolean queue(Chunk<ILoggingEvent> chunk) {
        Backlog.Answer answer = offer(chunk);
        if (answer == Backlog.Answer.FULL && condition.failing()) {
            drop(chunk);
            return true;
        }
        return answer == Backlog.Answer.QUEUED;
    }

    /* Inside the gate; gives the chunk back, or null if it is not the caller's any more. */
    private @Nullable Chunk<ILoggingEvent> write(Chunk<ILoggingEvent> chunk, ILoggingEvent event) {
        if (gate.isClosed()) {
            gate.books.accepted.decrement();
            rejections.reject(name, event);
            return chunk;
        }
        // What is logged while this thread writes waits until the line is out.
        if (gate.isNested() || !gate.drain()) {
            gate.backlog.activate();
            if (offer(chunk) != Backlog.Answer.QUEUED) {
                drop(chunk);
            }
            return chunk;
        }
        if (gate.engine.write(chunk)) {
            gate.drain();
            return chunk;
        }
        gate.backlog.activate();
        return null;
    }

    private Backlog.Answer offer(Chunk<ILoggingEvent> chunk) {
        try {
            return gate.backlog.offer(chunk);
        } catch (OutOfMemoryError e) {
            return Backlog.Answer.FULL;
        }
    }

    private void drop(Chunk<ILoggingEvent> chunk) {
        gate.books.accepted.add(-chunk.count());
        gate.books.dropped.add(chunk.count());
        notices.warn("dropped", "<maxQueuedBytes> of events wait for the file; dropping what comes");
    }
}
