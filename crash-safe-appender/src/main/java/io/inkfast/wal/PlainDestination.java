package io.inkfast.wal;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.OutputStreamAppender;
import io.inkfast.component.AppenderCall;
import io.inkfast.internal.Backoff;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/*
 * An appender that is down and an event that it cannot take look alike. After some tries the event behind is offered: if
 * that is taken, the first one is at fault, and is counted as failed; if not, the appender is down, and all wait.
 */
/**
 * An ordinary Logback appender: event by event, each again and again until it is taken. Logback's own files are forced
 * through a descriptor of ours.
 */
final class PlainDestination implements Destination {

    private static final int TRIES = 5;

    private final Appender<ILoggingEvent> appender;
    private final AppenderCall call;
    private final Backoff backoff = new Backoff(Duration.ofMillis(20), Duration.ofSeconds(5));
    private final @Nullable LogbackFiles files;
    private @Nullable String trouble;
    private int failed;

    PlainDestination(Appender<ILoggingEvent> appender) {
        this(appender, LogbackFiles.SYSTEM);
    }

    PlainDestination(Appender<ILoggingEvent> appender, LogbackFiles.Opener opener) {
        this.appender = appender;
        this.files = appender instanceof FileAppender<?> file ? new LogbackFiles(file, opener) : null;
        this.call = new AppenderCall(appender);
        call.listen();
    }

    @Override
    public String name() {
        return String.valueOf(appender.getName());
    }

    @Override
    public boolean deliver(List<ILoggingEvent> events, int from, LongPredicate waiting) {
        failed = 0;
        call.begin();
        try {
            int i = from;
            while (i < events.size()) {
                int taken = deliverNext(events, i, waiting);
                if (taken == 0) {
                    return false;
                }
                i += taken;
                // The list may have grown while the flush waited.
                if (i >= events.size() && !flush(waiting)) {
                    return false;
                }
            }
            return true;
        } finally {
            call.end();
        }
    }

    @Override
    public int failed() {
        return failed;
    }

    @Override
    public Safety sync(long handed, Duration limit) {
        if (files == null) {
            return Safety.FLUSHED;
        }
        try {
            files.force();
            return Safety.DURABLE;
        } catch (IOException e) {
            trouble = e.getClass().getName();
            return Safety.REFUSED;
        }
    }

    @Override
    public void close() {
        call.stopListening();
        if (files != null) {
            files.close();
        }
    }

    @Override
    public @Nullable String trouble() {
        return trouble;
    }

    /* How many are done with: one, two if the first was skipped, none if the time was over. */
    private int deliverNext(List<ILoggingEvent> events, int i, LongPredicate waiting) {
        for (int tries = 1; ; tries++) {
            String reason = call.append(events.get(i));
            if (reason == null) {
                note();
                return 1;
            }
            trouble = reason;
            if (tries % TRIES == 0 && i + 1 < events.size() && call.append(events.get(i + 1)) == null) {
                note();
                failed++;
                return 2;
            }
            long now = System.nanoTime();
            backoff.failed(now);
            if (!waiting.test(Math.max(1, backoff.remainingNanos(now)))) {
                return 0;
            }
        }
    }

    private void note() {
        backoff.succeeded();
        trouble = null;
        if (files != null) {
            files.written();
        }
    }

    private boolean flush(LongPredicate waiting) {
        if (!(appender instanceof OutputStreamAppender<?> stream)) {
            return true;
        }
        while (true) {
            try {
                OutputStream out = stream.getOutputStream();
                if (out != null) {
                    out.flush();
                }
                return true;
            } catch (IOException e) {
                trouble = e.getClass().getName();
                if (!waiting.test(100_000_000L)) {
                    return false;
                }
            }
        }
    }
}
