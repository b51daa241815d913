package io.inkfast.mask;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts what one statement leaks. Any thread. */
final class StatementCounter {

    private final String logger;
    private final String template;
    private final LongAdder events = new LongAdder();
    private final Map<String, LongAdder> types = new ConcurrentHashMap<>();

    StatementCounter(String logger, String template) {
        this.logger = logger;
        this.template = template;
    }

    void event() {
        events.increment();
    }

    void count(String type) {
        types.computeIfAbsent(type, unknown -> new LongAdder()).increment();
    }

    LeakingStatement now() {
        Map<String, Long> counts = new TreeMap<>();
        types.forEach((type, count) -> counts.put(type, count.sum()));
        return new LeakingStatement(logger, template, events.sum(), counts);
    }
}
