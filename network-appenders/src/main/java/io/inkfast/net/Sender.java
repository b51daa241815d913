package io.inkfast.net;

import io.inkfast.internal.Backoff;
import io.inkfast.internal.Ticker;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/*
 * Order. What was taken from the outbox is settled before more is taken, and what has to go again goes before what came
 * after it.
 *
 * Blame. A request that nobody can read has a message to blame, or comes to somebody who reads nothing of ours: a proxy, a
 * wrong path. So a message that is refused while standing alone is set aside, and is a dead letter only when the same peer
 * has taken others since. If it takes none of several, the peer is to blame, and all wait.
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

    /** Set aside: refused by this endpoint. */
    private record Suspect(Message message, String endpoint, String why) {}

    private static final int MOST_SUSPECTS = 16;
    private static final int CAREFUL = 64;
    private static final long IDLE_NANOS = 1_000_000_000L;
    private static final long SUSPECTS_NANOS = 30_000_000_000L;
    private static final long DEAD_LETTER_NANOS = 1_000_000_000L;

    private final Outbox outbox;
    private final Routes routes;
    private final SendWindow window;
    private final Pace pace;
    private final DeadLetters deadLetters;
    private final NetBooks books;
    private final long run;
    private final NetCondition condition;
    private final Ticker ticker;

    private final List<Message> open = new ArrayList<>();
    private final Deque<Suspect> suspects = new ArrayDeque<>();
    private final Deque<Suspect> convicts = new ArrayDeque<>();
    private final Backoff items;
    private long suspectsSince;
    private long deadLettersDue;
    private volatile long oldestNanos;
    private volatile boolean idle = true;
    private volatile boolean hurried;

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
        this.deadLetters = deadLetters;
        this.books = books;
        this.condition = condition;
        this.items = items;
        this.ticker = ticker;
        run = books.open();
    }

    /** One piece of work. Returns for how long there is none: zero if there is more to do at once. */
    long step() {
        long now = ticker.nanos();
        if (!bury(now)) {
            return DEAD_LETTER_NANOS;
        }
        if (open.isEmpty() && suspects.isEmpty()) {
            outbox.release();
        }
        if (open.isEmpty() || isFresh()) {
            outbox.take(open, pace.fullCount() - open.size());
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
        if (!suspects.isEmpty()) {
            if (now - suspectsSince < SUSPECTS_NANOS) {
                return Math.min(IDLE_NANOS, SUSPECTS_NANOS);
            }
            release();
            return 0;
        }
        idle = convicts.isEmpty() && outbox.isEmpty();
        Link link = routes.current().link();
        if (link != null && !link.isAlive()) {
            routes.current().close();
        }
        return IDLE_NANOS;
    }

    private long lingering(long now) {
        if (pace.lingerNanos() == 0 || hurried || outbox.isClosed() || open.size() >= pace.fullCount()) {
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
        return open.get(0).attempts() == 0 && open.size() < pace.fullCount();
    }

    private void send(Route route, long now) {
        int count = window.count(open, route.failing() ? CAREFUL : Integer.MAX_VALUE);
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
        } catch (IOException | RuntimeException e) {
            route.close();
            settle(batch, route);
            route.failed(ticker.nanos(), Duration.ZERO);
            condition.failing(route.name(), Words.of(e));
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
                    convict(batch.message(0), route, answer.why());
                }
            }
            case MALFORMED -> {
                route.succeeded();
                malformed(batch, route, answer.why(), now);
            }
        }
    }

    private void each(Batch batch, Route route, long now) {
        route.succeeded();
        String delay = batch.firstDelay();
        if (delay == null) {
            items.succeeded();
            condition.working(route.name());
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
                case DUPLICATE -> {
                    books.duplicate();
                    written++;
                    message.settle();
                }
                case ACCEPTED -> {
                    written++;
                    message.settle();
                }
                case REFUSED -> {
                    refused++;
                    convicts.add(new Suspect(message, route.name(), batch.reason(i)));
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
            convicts.addAll(suspects);
            suspects.clear();
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

    private void malformed(Batch batch, Route route, String why, long now) {
        if (window.malformed(batch.size())) {
            return;
        }
        if (suspects.isEmpty()) {
            suspectsSince = now;
        }
        suspects.add(new Suspect(batch.message(0), route.name(), why));
        open.remove(0);
        window.passed(1);
        if (suspects.size() >= MOST_SUSPECTS) {
            release();
            route.failed(now, Duration.ZERO);
            condition.denied(route.name(), why);
        }
    }

    /* The peer takes nothing at all: they are no worse than others. */
    private void release() {
        List<Message> back = suspects.stream().map(Suspect::message).toList();
        suspects.clear();
        open.addAll(0, back);
    }

    private void convict(Message message, Route route, String why) {
        convicts.add(new Suspect(message, route.name(), why));
        open.remove(0);
        window.passed(1);
    }

    /* Writes dead letters; false if they cannot be written now. */
    private boolean bury(long now) {
        if (!convicts.isEmpty() && now - deadLettersDue < 0) {
            return false;
        }
        while (!convicts.isEmpty()) {
            Suspect each = convicts.peek();
            try {
                boolean kept = deadLetters.add(each.message(), each.endpoint(), each.why());
                books.settle(run, 0, kept ? 1 : 0, kept ? 0 : 1);
                condition.deadLettered(each.endpoint(), kept);
            } catch (IOException e) {
                condition.deadLetterFailed(Words.of(e));
                deadLettersDue = now + DEAD_LETTER_NANOS;
                return false;
            }
            each.message().settle();
            convicts.poll();
            deadLettersDue = now;
        }
        return true;
    }

    /** Whether nothing is left; any thread. What is put into the outbox is seen here when the sender was awake once. */
    boolean isIdle() {
        return idle && outbox.isEmpty();
    }

    /** Whether requests wait to become full, or not; any thread. */
    void hurry(boolean now) {
        hurried = now;
    }

    /** How long the oldest message has waited; any thread. */
    Duration oldest() {
        long since = oldestNanos;
        return since == 0 || idle ? Duration.ZERO : Duration.ofNanos(Math.max(0, ticker.nanos() - since));
    }
}
