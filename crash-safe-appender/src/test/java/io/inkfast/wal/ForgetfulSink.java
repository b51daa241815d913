package io.inkfast.wal;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.inkfast.component.Accounting;
import io.inkfast.component.BatchAppender;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Its device refuses so many times, loses then what it had taken since it confirmed last, and confirms everything the time
 * after: the kernel does that.
 */
public final class ForgetfulSink extends AppenderBase<ILoggingEvent> implements BatchAppender {

    static volatile int refusals;
    static final List<String> DURABLE = new ArrayList<>();

    private final List<String> taken = new ArrayList<>();
    private long settled;
    private long durable;
    private boolean refused;

    static void reset(int refuses) {
        refusals = refuses;
        DURABLE.clear();
    }

    @Override
    public synchronized int append(List<ILoggingEvent> events, long firstSequence) {
        refused &= firstSequence > settled;
        events.forEach(event -> taken.add(event.getFormattedMessage()));
        settled = firstSequence + events.size() - 1;
        return events.size();
    }

    @Override
    public synchronized long settled() {
        return settled;
    }

    @Override
    public synchronized long sync(long sequence, Duration limit) {
        if (!taken.isEmpty() && refusals > 0) {
            refusals--;
            refused = true;
            taken.clear();
        }
        if (!refused) {
            DURABLE.addAll(taken);
            taken.clear();
            durable = settled;
        }
        return durable;
    }

    @Override
    public Accounting accounting() {
        return new Accounting(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    @Override
    protected void append(ILoggingEvent event) {
        throw new UnsupportedOperationException("a batch sink gets batches");
    }
}
