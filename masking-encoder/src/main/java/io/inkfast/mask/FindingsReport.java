package io.inkfast.mask;

import ch.qos.logback.core.spi.ContextAware;
import io.inkfast.component.ConfigurationCheck;
import io.inkfast.component.Management;
import io.inkfast.internal.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Shows what was found: over JMX while the component runs, and in report mode in a status, once an hour at most and when the
 * component stops. Any thread; start and stop by the configuring thread.
 */
final class FindingsReport implements RedactionMXBean {

    static final String NOTHING_IS_MASKED =
            "<mode> [report]: nothing is masked; what would be is counted for each statement";

    private static final long INTERVAL_NANOS = Duration.ofHours(1).toNanos();
    private static final int IN_STATUS = 10;
    private static final int OVER_JMX = 100;

    private final Findings findings;
    private final ContextAware owner;
    private final Ticker ticker;
    private final AtomicLong due;
    private @Nullable Management management;

    FindingsReport(Findings findings, ContextAware owner, Ticker ticker) {
        this.findings = findings;
        this.owner = owner;
        this.ticker = ticker;
        this.due = new AtomicLong(ticker.nanos() + INTERVAL_NANOS);
    }

    void start() {
        String context = owner.getContext() == null
                ? "default"
                : String.valueOf(owner.getContext().getName());
        String name = ConfigurationCheck.appender(owner);
        management = Management.register(
                "Redaction", context, name == null ? owner.getClass().getSimpleName() : name, this);
    }

    void stop() {
        if (management != null) {
            management.close();
            management = null;
        }
        if (findings.reporting()) {
            say();
        }
    }

    void withheldEvent() {
        findings.withheldEvent();
    }

    /** To be called after events in report mode. */
    void event() {
        long now = ticker.nanos();
        long at = due.get();
        if (now - at >= 0 && due.compareAndSet(at, now + INTERVAL_NANOS)) {
            say();
        }
    }

    private void say() {
        List<LeakingStatement> worst = findings.worst(IN_STATUS);
        owner.addWarn(
                worst.isEmpty()
                        ? "<mode> [report]: nothing was found that would have been masked"
                        : "<mode> [report]: the statements that leak most: "
                                + worst.stream().map(LeakingStatement::toString).collect(Collectors.joining("; ")));
    }

    @Override
    public boolean isReporting() {
        return findings.reporting();
    }

    @Override
    public Map<String, Long> getFindings() {
        return findings.byType();
    }

    @Override
    public long getWithheldTexts() {
        return findings.withheldTexts();
    }

    @Override
    public long getWithheldEvents() {
        return findings.withheldEvents();
    }

    @Override
    public List<LeakingStatement> getTopStatements() {
        return findings.worst(OVER_JMX);
    }
}
