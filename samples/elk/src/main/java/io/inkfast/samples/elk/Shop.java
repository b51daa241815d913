package io.inkfast.samples.elk;

import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Takes orders, and logs as careless services do. Any number of threads. */
final class Shop {

    private static final Logger LOG = LoggerFactory.getLogger("io.inkfast.samples.shop.Orders");

    private final AtomicLong logged = new AtomicLong();

    long logged() {
        return logged.get();
    }

    /** One order, one event. */
    void take(long order) {
        MDC.put("order", Long.toString(order));
        try {
            if (order % 1000 == 999) {
                LOG.error("order {} failed", order, new IllegalStateException("card 4111 1111 1111 1111 refused"));
            } else {
                LOG.info("order {} paid by card {} of {}", order, "4111 1111 1111 1111", "jane@example.com");
            }
            logged.incrementAndGet();
        } finally {
            MDC.remove("order");
        }
    }
}
