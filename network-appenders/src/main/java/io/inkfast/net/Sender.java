package io.inkfast.net;

import io.inkfast.internal.Backoff;
import io.inkfast.internal.Ticker;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/*
 * What was taken from the outbox is settled before more is taken, and what has to go again goes before what came after it.
 */
/**
 * The engine of delivery: one step takes messages, sends them, and does with each what the answer says. One thread calls it.
 */
final class Sender {

    /**
     * @param lingerNanos how long a request that is not full waits for more
     * @param fullCount   a request with so many does not wait
     * @param fullBytes   nor one with so many bytes
     */
    record Pace(long lingerNanos, int fullCount, long fullBytes) {}

    private static final int CAREFUL = 64;

    private final Outbox outbox;
    private final Routes routes;
    private final SendWindow window;
    private final Pace pace;
    private final NetBooks books;
    private final long run;
    private final NetCondition condition;
    private final Ticker ticker;

    private final List<Message> open = new ArrayList<>();
    private final Blame blame;
    private final Backoff items;
    private final Debt debt;
    private volatile long oldestNanos;
    private volatile boolean idle = true;
    private boolean resting;
    private final AtomicInteger hurried = new AtomicInteger();

    Sender(
            Outbox outbox,
            Routes routes,
            SendWindow window,
            Pace pace,
            DeadLetters deadLetters,
            NetBooks books,
            NetCondition condition,
            Backoff items,
            Ticker ticker) {
        this.outbox = outbox;
        this.routes = routes;
        this.window = window;
        this.pace = pace;
        this.books = books;
        this.condition = condition;
        this.items = items;
        this.ticker = ticker;
        debt = new Debt(routes, condition, items, ticker);
        run = books.open();
        blame = new Blame(deadLetters, books, run, condition);
    }

    /** One piece of work. Returns for how long there is none: zero if there is more to do at once. */
    long step() {
        long now = ticker.nanos();
        resting = false;
        long unburied = blame.bury(now);
        if (unburied > 0) {
            return unburied;
        }
        outbox.release();
        if (open.isEmpty() || isFresh()) {
            outbox.take(open, full() - open.size());
            if (open.isEmpty()) {
                return rest(now);
            }
            idle = false;
            oldestNanos = open.get(0).takenNanos();
        }
        long wait = Math.max(items.remainingNanos(now), lingering(now));
        if (wait > 0) {
            return wait;
        }
        Route route = routes.choose(now);
        if (route == null) {
            return routes.remainingNanos(now);
        }
        send(route, now);
        return 0;
    }

    /* Nothing to send. */
    private long rest(long now) {
        resting = true;
        if (blame.isStale(now)) {
            open.addAll(0, blame.release());
            window.forget();
            resting = false;
            return 0;
        }
        idle = !blame.hasSuspects() && outbox.isEmpty();
        return debt.settle(now);
    }

    private long lingering(long now) {
        if (pace.lingerNanos() == 0 || hurried.get() > 0 || outbox.isClosed() || open.size() >= pace.fullCount()) {
            return 0;
        }
        if (!isFresh()) {
            return 0;
        }
        long bytes = 0;
        for (Message each : open) {
            bytes += each.bytes();
        }
        long left = pace.lingerNanos() - (now - open.get(0).takenNanos());
        return bytes >= pace.fullBytes() ? 0 : left;
    }

    /* None was sent yet: they wait for more. */
    private boolean isFresh() {
        return open.get(0).attempts() == 0 && open.size() < full();
    }

    private int full() {
        return pace.fullCount() * routes.current().width();
    }

    private void send(Route route, long now) {
        int most = blame.isDoubtful(open.get(0)) ? 1 : route.failing() ? CAREFUL : Integer.MAX_VALUE;
        int count = window.count(open, most, route.width());
        Batch batch = new Batch(List.copyOf(open.subList(0, count)));
        Answer answer;
        try {
            Link link = route.open(now);
            for (int i = 0; i < count; i++) {
                Message message = batch.message(i);
                books.attempt(message.attempts() > 0);
                message.attempted();
            }
            answer = link.send(batch);
            debt.sent(route);
        } catch (IOException | RuntimeException | Error e) {
            settle(batch, route);
            debt.failed(route, e);
            return;
        }
        settle(batch, route);
        follow(answer, batch, route);
    }

    private void follow(Answer answer, Batch batch, Route route) {
        long now = ticker.nanos();
        switch (answer.kind()) {
            case EACH -> each(batch, route, now);
            case BUSY -> {
                route.failed(now, answer.notBefore());
                condition.failing(route.name(), answer.why());
            }
            case DENIED -> {
                route.failed(now, answer.notBefore());
                condition.denied(route.name(), answer.why());
            }
            case TOO_LARGE -> {
                route.succeeded();
                if (!window.tooLarge(batch.size(), batch.bytes())) {
                    refused(route, answer, now);
                }
            }
            case MALFORMED -> {
                route.succeeded();
                if (!window.malformed(batch.size())) {
                    refused(route, answer, now);
                }
            }
        }
    }

    private void each(Batch batch, Route route, long now) {
        route.succeeded();
        String delay = batch.firstDelay();
        if (delay == null) {
            items.succeeded();
            if (route.isFallback()) {
                condition.onFallback(route.name());
            } else {
                condition.working(route.name());
            }
        } else {
            if (batch.anyAccepted()) {
                // It goes on, slowly: no need to wait longer and longer.
                items.succeeded();
            }
            items.failed(now, Duration.ZERO);
            condition.failing(route.name(), delay);
        }
    }

    /* What was said of each message. */
    private void settle(Batch batch, Route route) {
        int written = 0;
        int refused = 0;
        for (int i = 0; i < batch.size(); i++) {
            Message message = batch.message(i);
            switch (batch.fate(i)) {
                case DUPLICATE, ACCEPTED, SENT -> {
                    count(batch.fate(i));
                    written++;
                    message.settle();
                    blame.clear(message);
                }
                case REFUSED -> {
                    refused++;
                    blame.convict(message, route.name(), batch.reason(i));
                }
                case AGAIN, UNKNOWN -> {
                    continue;
                }
            }
        }
        if (written + refused > 0) {
            keepOpen(batch);
            books.settle(run, written, 0, 0);
        }
        if (written > 0) {
            open.addAll(0, blame.othersWereTaken());
        }
    }

    private void count(Batch.Fate fate) {
        if (fate != Batch.Fate.SENT) {
            books.acknowledged();
        }
        if (fate == Batch.Fate.DUPLICATE) {
            books.duplicate();
        }
    }

    private void keepOpen(Batch batch) {
        List<Message> left = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            if (batch.fate(i) == Batch.Fate.AGAIN || batch.fate(i) == Batch.Fate.UNKNOWN) {
                left.add(batch.message(i));
            }
        }
        List<Message> front = open.subList(0, batch.size());
        front.clear();
        open.addAll(0, left);
        window.passed(batch.size() - left.size());
        oldestNanos = open.isEmpty() ? 0 : open.get(0).takenNanos();
    }

    /* The only one of its request. */
    private void refused(Route route, Answer answer, long now) {
        blame.suspect(leave(), route.name(), answer.reason(), now);
        if (blame.isThePeer()) {
            open.addAll(0, blame.absolve());
            window.forget();
            route.failed(now, Duration.ZERO);
            condition.denied(route.name(), answer.why());
        }
    }

    /* The first one, which is open no more. */
    private Message leave() {
        window.passed(1);
        return open.remove(0);
    }

    /** Whether the last step found nothing to send: whatever is put into the outbox from then on ends the rest. */
    boolean isResting() {
        return resting;
    }

    /** Whether what was written last may not have been read, and goes again; any thread. */
    boolean owes() {
        return debt.isOpen();
    }

    /** Somebody waits for the end: requests do not wait to become full, until {@link #hurryNoMore}. Any thread. */
    void hurry() {
        hurried.incrementAndGet();
    }

    /** One less waits. */
    void hurryNoMore() {
        hurried.decrementAndGet();
    }

    /** How long the oldest message has waited; any thread. */
    Duration oldest() {
        long since = oldestNanos;
        return since == 0 || idle ? Duration.ZERO : Duration.ofNanos(Math.max(0, ticker.nanos() - since));
    }
}
