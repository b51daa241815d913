package io.inkfast.samples.quickstart;

import java.io.IOException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Takes orders, and logs as careless services do: passwords, tokens and card numbers in messages, key-values and
 * exceptions. Any number of threads.
 */
final class Shop {

    private static final Logger LOGINS = LoggerFactory.getLogger("io.inkfast.samples.shop.Logins");
    private static final Logger ORDERS = LoggerFactory.getLogger("io.inkfast.samples.shop.Orders");
    private static final Logger PAYMENTS = LoggerFactory.getLogger("io.inkfast.samples.shop.Payments");

    private static final String[] CARDS = {"4111 1111 1111 1111", "5555555555554444", "378282246310005"};

    private final AtomicLong logged = new AtomicLong();

    /** How many events were logged so far. */
    long logged() {
        return logged.get();
    }

    /** One customer: a login, an order, a payment. The order's number is in the MDC meanwhile. */
    void serve(long order) {
        MDC.put("order", Long.toString(order));
        try {
            login("customer-" + order % 997);
            ORDERS.info("order {} placed, {} items", order, 1 + order % 7);
            logged.incrementAndGet();
            pay(order, CARDS[(int) (order % CARDS.length)], 10 + order % 90);
        } finally {
            MDC.remove("order");
        }
    }

    private void login(String customer) {
        if (ThreadLocalRandom.current().nextInt(20) == 0) {
            LOGINS.warn("login of {} refused, password={}", customer, "Hunter2-" + customer.length());
        } else {
            LOGINS.atInfo().addKeyValue("sessionToken", "tok-5f2b8c1d9e").log("login of {}", customer);
        }
        logged.incrementAndGet();
    }

    private void pay(long order, String card, long euros) {
        try {
            charge(order, card);
            PAYMENTS.atInfo()
                    .addKeyValue("cardNumber", card)
                    .addKeyValue("euros", euros)
                    .log("payment for order {} taken from card {}", order, card);
        } catch (IOException e) {
            PAYMENTS.error("payment for order {} failed", order, new IllegalStateException("order stays open", e));
        }
        logged.incrementAndGet();
    }

    private static void charge(long order, String card) throws IOException {
        if (order % 50 == 49) {
            throw new IOException("POST https://shop:s3cr3t-pass@pay.example.com/charge refused for card " + card);
        }
    }
}
