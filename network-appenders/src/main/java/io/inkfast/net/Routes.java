package io.inkfast.net;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which endpoint is sent to: one until it fails, then the first in the list that is due. The sender's thread. */
final class Routes {

    private final List<Route> routes;
    private final long maxAgeNanos;
    private volatile int current;

    /**
     * @param first   how long an endpoint that has failed is left alone
     * @param longest and at most, when it goes on failing
     * @param maxAge  after which a connection is made anew, to the first endpoint that is due; zero for never
     */
    Routes(List<Endpoint> endpoints, Duration first, Duration longest, Duration maxAge) {
        routes = endpoints.stream()
                .map(endpoint -> new Route(endpoint, first, longest))
                .toList();
        maxAgeNanos = maxAge.toNanos();
    }

    /** The one to use now; null if none is due. */
    @Nullable
    Route choose(long now) {
        Route route = routes.get(current);
        if (maxAgeNanos > 0 && route.olderThan(maxAgeNanos, now)) {
            route.close();
        } else if (!route.failing() && !route.isFallback() && (route.link() != null || current == 0)) {
            return route;
        }
        for (int i = 0; i < routes.size(); i++) {
            if (routes.get(i).due(now)) {
                if (i != current && !route.isFallback()) {
                    route.close();
                }
                current = i;
                return routes.get(i);
            }
        }
        return null;
    }

    /** The one used last. */
    Route current() {
        return routes.get(current);
    }

    /** Whether the one used last has ended, and owes; any thread. */
    boolean owes() {
        Link link = routes.get(current).link();
        return link != null && !link.isAlive() && link.owes();
    }

    /** How long until one is due; at least a millisecond. */
    long remainingNanos(long now) {
        long least = Long.MAX_VALUE;
        for (Route each : routes) {
            least = Math.min(least, each.remainingNanos(now));
        }
        return Math.max(1_000_000, least);
    }

    String names() {
        return String.join(", ", routes.stream().map(Route::name).toList());
    }

    void closeAll() {
        routes.forEach(Route::close);
    }

    /** Any thread. */
    void abortAll() {
        routes.forEach(Route::abort);
    }
}
