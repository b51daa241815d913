package io.inkfast.wal;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.inkfast.component.Accounting;
import io.inkfast.component.BatchAppender;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Takes some events at a time, and settles them when it is told to, as one does whose peer answers later. */
public final class LaggingSink extends AppenderBase<ILoggingEvent> implements BatchAppender {

    static volatile int room;
    static final List<String> TAKEN = new ArrayList<>();

    private long settled;
    private long durable;
    private int starts;

    /** So many events of which nothing is settled. */
    static void reset(int withRoom) {
        room = withRoom;
        TAKEN.clear();
    }

    @Override
    public synchronized int append(List<ILoggingEvent> events, long firstSequence) {
        int taken = (int) Math.min(events.size(), Math.max(0, settled + room - firstSequence + 1));
        events.subList(0, taken).forEach(event -> TAKEN.add(event.getFormattedMessage()));
        return taken;
    }

    @Override
    public synchronized void start() {
        super.start();
        settled = 0;
        starts++;
    }

    @Override
    public synchronized int starts() {
        return starts;
    }

    @Override
    public synchronized long settled() {
        return settled;
    }

    synchronized void settle(long sequence) {
        settled = sequence;
    }

    @Override
    public synchronized long sync(long sequence, Duration limit) {
        durable = settled;
        return settled;
    }

    /** What it has said to be durable. */
    synchronized long durable() {
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
