package io.inkfast.net;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.inkfast.component.EventIdentity;
import io.inkfast.component.EventRedactor;
import io.inkfast.component.Health;
import io.inkfast.component.Notices;
import io.inkfast.component.OwnEvent;
import io.inkfast.component.Rejections;
import io.inkfast.internal.Backoff;
import io.inkfast.internal.Pause;
import io.inkfast.internal.Registrations;
import io.inkfast.internal.ShutdownFlush;
import io.inkfast.internal.Ticker;
import io.inkfast.internal.Worker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** One start of a network appender: its parts, joined, and its thread. Any thread. */
final class NetworkRun {

    private static final long POLL_NANOS = 1_000_000L;
    private static final long THREAD_ENDS_MILLIS = 1_000L;

    private final NetworkAppender appender;
    private final NetworkSettings settings;
    private final NetBooks books;
    private final Rejections rejections;
    private final NetCondition condition;
    private final Intake intake;
    private final Outbox outbox;
    private final FrontMark mark = new FrontMark();
    private final Routes routes;
    private final Transport transport;
    private final DeadLetters deadLetters;
    private final Sender sender;
    private final Worker worker;
    private final Registrations registrations = new Registrations();

    NetworkRun(
            NetworkAppender appender,
            NetworkSettings settings,
            Transport transport,
            DeadLetters deadLetters,
            NetBooks books,
            Rejections rejections,
            Notices notices) {
        this.appender = appender;
        this.settings = settings;
        this.transport = transport;
        this.deadLetters = deadLetters;
        this.books = books;
        this.rejections = rejections;
        Ticker ticker = Ticker.SYSTEM;
        condition = new NetCondition(notices, appender::addInfo, books.losses::total);
        intake = new Intake(
                appender::getFilterChainDecision,
                appender.encoder(),
                EventRedactor.ofEncoder(appender.encoder()),
                transport,
                EventIdentity.of(appender.getContext()),
                books,
                notices,
                ticker);
        outbox = new Outbox(settings.queue(), books, ticker);
        routes = new Routes(
                transport.endpoints(), settings.retryDelay(), settings.maxRetryDelay(), settings.connectionAge());
        sender = new Sender(
                outbox,
                routes,
                new SendWindow(settings.maxBatchSize(), settings.maxBatchBytes()),
                new Sender.Pace(settings.linger().toNanos(), settings.maxBatchSize(), settings.maxBatchBytes()),
                deadLetters,
                books,
                condition,
                Backoff.fullJitter(settings.retryDelay(), settings.maxRetryDelay()),
                ticker);
        worker = new Worker(
                "inkfast-net-" + appender.getName(),
                this::work,
                e -> notices.error(
                        "worker",
                        "the sending thread goes on after " + e.getClass().getName()));
    }

    void start() {
        outbox.taker(worker.thread());
        worker.start();
        if (settings.shutdownHook()) {
            registrations.add(
                    ShutdownFlush.register(() -> flush(settings.stopTimeout()), String.valueOf(appender.getName())));
        }
    }

    String endpoints() {
        return routes.names();
    }

    private void work() {
        long wait = sender.step();
        if (sender.isResting()) {
            // Returns at once if something has come since.
            outbox.await(wait);
        } else if (wait > 0) {
            LockSupport.parkNanos(this, wait);
        }
        if (outbox.isNearlyEmpty()) {
            reportLosses();
        }
    }

    /* When the pressure ends, the log says what it lacks. */
    private void reportLosses() {
        String report = books.losses.unreported() ? books.losses.report() : null;
        if (report == null) {
            return;
        }
        ILoggingEvent event = OwnEvent.warn(
                appender.getContext(),
                NetworkAppender.class.getName(),
                "appender [" + appender.getName() + "]: " + report);
        if (event == null) {
            return;
        }
        books.received.increment();
        Message message = intake.message(event, 0);
        if (message != null && !outbox.put(message, false)) {
            books.failed.increment();
        }
    }

    /** From a logger. */
    void append(ILoggingEvent event) {
        Message message;
        if (outbox.isClosed()) {
            rejections.reject(appender.getName(), event);
            return;
        }
        books.received.increment();
        message = intake.message(event, 0);
        if (message != null && !outbox.put(message, Thread.currentThread() != worker.thread())) {
            books.received.decrement();
            rejections.reject(appender.getName(), event);
        }
    }

    /** Once more what was a dead letter; false if it is too late. */
    boolean resend(DeadLetter letter) {
        books.received.increment();
        Message message = new Message(
                letter.id(),
                letter.millis(),
                Level.toLevel(letter.level()),
                letter.head().length == 0 ? null : letter.head(),
                letter.body(),
                0,
                Ticker.SYSTEM.nanos());
        boolean taken = outbox.put(message, true);
        if (!taken) {
            books.received.decrement();
        }
        return taken;
    }

    /** From a front; how many were taken. */
    int append(List<ILoggingEvent> events, long first) {
        for (int i = 0; i < events.size(); i++) {
            if (outbox.isClosed()) {
                return i;
            }
            long sequence = first + i;
            Message message = intake.message(events.get(i), sequence);
            if (message == null) {
                books.received.increment();
                mark.done(sequence);
                continue;
            }
            mark.taken(message);
            if (!outbox.offer(message)) {
                mark.notTaken(message);
                return i;
            }
            books.received.increment();
        }
        return events.size();
    }

    long settled() {
        return mark.settled();
    }

    long sync(long sequence, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        sender.hurry();
        try {
            long settled = mark.settled();
            while (settled < sequence && deadline - System.nanoTime() > 0 && !worker.isStopping()) {
                outbox.wake();
                Pause.nanos(POLL_NANOS);
                settled = mark.settled();
            }
            return settled;
        } finally {
            sender.hurryNoMore();
        }
    }

    boolean flush(Duration limit) {
        long target = books.acceptedSoFar();
        long deadline = System.nanoTime() + limit.toNanos();
        sender.hurry();
        try {
            while (!books.isSettled(target) || sender.owes()) {
                if (deadline - System.nanoTime() <= 0 || worker.isStopping()) {
                    return false;
                }
                outbox.wake();
                Pause.nanos(POLL_NANOS);
            }
            return true;
        } finally {
            sender.hurryNoMore();
        }
    }

    Health health() {
        return condition.health(sender.oldest());
    }

    DeliveryCounts counts() {
        return books.counts();
    }

    /** Ends it; how many messages were left. */
    long stop() {
        registrations.closeAll();
        outbox.close();
        boolean done = flush(settings.stopTimeout());
        worker.stop();
        if (!done) {
            routes.abortAll();
        }
        long left = books.close();
        if (worker.join(THREAD_ENDS_MILLIS)) {
            routes.closeAll();
            deadLetters.close();
        } else {
            routes.abortAll();
        }
        transport.endpoints().forEach(Endpoint::close);
        transport.close();
        return left;
    }
}
