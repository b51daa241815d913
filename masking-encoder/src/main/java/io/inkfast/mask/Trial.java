package io.inkfast.mask;

import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.concurrent.ConcurrentLinkedDeque;

/** Report mode: redacts events only to count what would be masked, and throws the result away. Throws nothing. Any thread. */
final class Trial {

    private final RedactingFormatter formatter;
    private final Policy policy;
    private final FindingsReport report;
    private final ConcurrentLinkedDeque<EventWriter> writers = new ConcurrentLinkedDeque<>();

    Trial(RedactingFormatter formatter, Policy policy, FindingsReport report) {
        this.formatter = formatter;
        this.policy = policy;
        this.report = report;
    }

    void event(ILoggingEvent event) {
        try {
            EventWriter kept = writers.poll();
            EventWriter writer = kept == null ? formatter.writer(policy) : kept;
            Redactor redactor = writer.redactor;
            if (redactor != null) {
                writer.clear();
                formatter.write(writer, event);
                redactor.account(event);
                writers.push(writer);
            }
        } catch (Throwable e) {
            policy.findings().withheldEvent();
        }
        report.event();
    }
}
