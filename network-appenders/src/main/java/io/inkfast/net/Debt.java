package io.inkfast.net;

import io.inkfast.internal.Backoff;
import io.inkfast.internal.Ticker;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/*
 * A peer that acknowledges nothing may not have read what was written last when its connection ended. That goes again with the
 * next connection, which is made at once, although there may be nothing else to send.
 */
/** What is owed to peers whose connections have ended. The sender's thread, but for {@link #isOpen}. */
final class Debt {

    private static final long IDLE_NANOS = 1_000_000_000L;

    private final Routes routes;
    private final NetCondition condition;
    private final Backoff pauses;
    private final Ticker ticker;
    private volatile boolean owing;
    private boolean paid;

    Debt(Routes routes, NetCondition condition, Backoff pauses, Ticker ticker) {
        this.routes = routes;
        this.condition = condition;
        this.pauses = pauses;
        this.ticker = ticker;
    }

    /** Whether something is owed; any thread. */
    boolean isOpen() {
        return owing || routes.owes();
    }

    /** There is nothing else to send; for how long there is nothing to do here. */
    long settle(long now) {
        Link link = routes.current().link();
        if (link != null && !link.isAlive()) {
            if (link.owes()) {
                owing = true;
                if (paid) {
                    // Perhaps a proxy whose server is away: the next try is later, until something new is sent.
                    pauses.failed(now);
                }
            }
            routes.current().close();
        }
        return owing ? pay(now) : IDLE_NANOS;
    }

    /* A fallback knows nothing of what was written to others. */
    private long pay(long now) {
        if (!pauses.due(now)) {
            return pauses.remainingNanos(now);
        }
        Route route = routes.choose(now);
        if (route == null || route.isFallback()) {
            return route == null ? Math.min(IDLE_NANOS, routes.remainingNanos(now)) : IDLE_NANOS;
        }
        try {
            route.open(now).send(new Batch(List.of()));
            owing = false;
            paid = true;
            route.succeeded();
            condition.working(route.name());
            return IDLE_NANOS;
        } catch (IOException | RuntimeException | Error e) {
            failed(route, e);
            return Math.max(1, route.remainingNanos(ticker.nanos()));
        }
    }

    /** Something new was sent there, and whatever was owed went in front of it. */
    void sent(Route route) {
        owing &= route.isFallback();
        paid = false;
    }

    /* Whatever it is: what was half written is of no use any more, and a library that lacks a class lacks it again. */
    /** A connection broke, or could not be made. */
    void failed(Route route, Throwable why) {
        Link link = route.link();
        owing |= link != null && link.owes();
        route.close();
        route.failed(ticker.nanos(), Duration.ZERO);
        condition.failing(route.name(), Words.of(why));
    }
}
