package io.inkfast.wal;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An appender that is down when told so: a queue of a broker that is not there. */
public final class SwitchedAppender extends AppenderBase<ILoggingEvent> {

    static volatile boolean down = Boolean.getBoolean("inkfast.test.down");
    static volatile String poison = "";
    static final List<String> TAKEN = new CopyOnWriteArrayList<>();

    static void reset() {
        down = false;
        poison = "";
        TAKEN.clear();
    }

    @Override
    public void doAppend(ILoggingEvent event) {
        if (down || (!poison.isEmpty() && event.getFormattedMessage().contains(poison))) {
            throw new IllegalStateException("down");
        }
        TAKEN.add(event.getFormattedMessage());
    }

    @Override
    protected void append(ILoggingEvent event) {
        doAppend(event);
    }
}
