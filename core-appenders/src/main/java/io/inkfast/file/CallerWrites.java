package io.inkfast.file;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.inkfast.component.Notices;
import io.inkfast.component.Rejections;
import io.inkfast.internal.Pool;

/** Events that come one by one, on the threads that log them. Any thread; throws nothing. */
final class CallerWrites {

    private final String name;
    private final Intake intake;
    private final FileGate<ILoggingEvent> gate;
    private final FileCondition condition;
    private final Level flushLevel;
    private final Rejections rejections;
    private final Notices notices;
    private final Pool<Chunk<ILoggingEvent>> pool = new Pool<>(16);
    private volatile boolean ending;

    /** @param flushLevel where events wait for others, those of this level and above do not */
    CallerWrites(
            String name,
            Intake intake,
            FileGate<ILoggingEvent> gate,
            FileCondition condition,
            Level flushLevel,
            Rejections rejections,
            Notices notices) {
        this.name = name;
        this.intake = intake;
        this.gate = gate;
        this.condition = condition;
        this.flushLevel = flushLevel;
        this.rejections = rejections;
        this.notices = notices;
    }

    /** From now on no event waits for others: there may be none. */
    void end() {
        ending = true;
    }

    /** Writes an event, or keeps it while the disk refuses; and counts it. */
    void append(ILoggingEvent event) {
        int holds = gate.holds();
        Chunk<ILoggingEvent> chunk = null;
        boolean done = false;
        // Last of what may fail outside the block below.
        gate.books.received.increment();
        try {
            Chunk<ILoggingEvent> kept = pool.take();
            chunk = kept == null ? new Chunk<>(1024, 1) : kept;
            if (intake.take(event, 0, chunk)) {
                write(chunk, event);
            }
            done = true;
            if (chunk.free) {
                chunk.clear();
                pool.give(chunk);
            }
        } catch (Throwable e) {
            // No stack or no memory was left for our own few steps. Wherever it broke off, the event comes into one
            // bin, and without a call: there may be no stack for one.
            if (!done && (chunk == null || !chunk.handed)) {
                Books books = gate.books;
                synchronized (books) {
                    if (chunk != null && chunk.accepted) {
                        books.takenBackAtEnd++;
                    }
                    if (chunk == null || !chunk.free) {
                        books.failedAtEnd++;
                    }
                }
            }
            gate.release(holds);
        }
    }

    private void write(Chunk<ILoggingEvent> chunk, ILoggingEvent event) {
        gate.books.accepted.increment();
        chunk.accepted = true;
        if (queue(chunk)) {
            boolean due = ending || gate.backlog.hasChunk() || event.getLevel().isGreaterOrEqual(flushLevel);
            if (due && gate.holds() == 0 && !condition.failing()) {
                gate.write();
            }
            return;
        }
        boolean interrupted = gate.enter();
        try {
            writeInside(chunk, event);
        } finally {
            gate.leave(interrupted);
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

    private void writeInside(Chunk<ILoggingEvent> chunk, ILoggingEvent event) {
        if (gate.isClosed()) {
            unaccept(chunk);
            rejections.reject(name, event);
            // From here on nothing is called that could fail for want of a stack.
            chunk.free = true;
            synchronized (gate.books) {
                gate.books.rejectedLate++;
            }
        } else if (gate.isNested() || !gate.drain()) {
            // What is logged while this thread writes waits until the line is out.
            gate.backlog.activate();
            if (offer(chunk) != Backlog.Answer.QUEUED) {
                drop(chunk);
            }
        } else if (gate.engine.write(chunk)) {
            chunk.free = true;
            gate.drain();
        } else {
            gate.backlog.activate();
        }
    }

    private Backlog.Answer offer(Chunk<ILoggingEvent> chunk) {
        try {
            return gate.backlog.offer(chunk);
        } catch (OutOfMemoryError e) {
            return Backlog.Answer.FULL;
        }
    }

    private void drop(Chunk<ILoggingEvent> chunk) {
        unaccept(chunk);
        gate.books.dropped.increment();
        chunk.free = true;
        notices.warn("dropped", "<maxQueuedBytes> of events wait for the file; dropping what comes");
    }

    private void unaccept(Chunk<ILoggingEvent> chunk) {
        gate.books.accepted.decrement();
        chunk.accepted = false;
    }
}
