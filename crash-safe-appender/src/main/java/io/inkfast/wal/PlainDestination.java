package io.inkfast.wal;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.OutputStreamAppender;
import io.inkfast.component.AppenderCall;
import io.inkfast.component.StreamFaults;
import io.inkfast.internal.Backoff;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/*
 * An appender that is down and an event that it cannot take look alike. After some tries the event behind is offered: if
 * that is taken, the first one is at fault, and is counted as failed; if not, the appender is down, and all wait. So they do
 * while a file's stream is at fault, which is no event's doing.
 *
 * A stream that was at fault has dropped its buffer, and may have left half a line. So all that was not flushed is handed over
 * again, and with it the event that was taken first: its line may stand behind that half.
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
    /* In the call that was made last. */
    private boolean streamFailed;
    /* The file may end with half a line. */
    private boolean torn;
    /* The last try was made without waiting. */
    private boolean hurried;

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
            int next = from;
            int flushed = from;
            int failedThen = 0;
            while (flushed < events.size()) {
                int failedBefore = failed;
                int taken = deliverNext(events, next, waiting);
                boolean all = next + taken >= events.size();
                // The list may grow while the flush waits.
                if (taken == 0 || (all && !streamFailed && !torn && !flush(waiting))) {
                    return false;
                }
                if (streamFailed) {
                    if (!waitsForStream(waiting)) {
                        return false;
                    }
                    next = flushed;
                    failed = failedThen;
                } else if (torn) {
                    torn = false;
                    failed = failedBefore;
                } else {
                    next += taken;
                    if (all || !isBuffered()) {
                        flushed = next;
                        failedThen = failed;
                        succeeded();
                    }
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

    /* How many are done with: one, two if the first was skipped, none if the time was over; any if the stream failed. */
    private int deliverNext(List<ILoggingEvent> events, int i, LongPredicate waiting) {
        for (int tries = 1; ; tries++) {
            String reason = append(events.get(i));
            if (reason == null || streamFailed) {
                return 1;
            }
            trouble = reason;
            if (tries % TRIES == 0 && i + 1 < events.size()) {
                boolean skipped = append(events.get(i + 1)) == null;
                if (skipped || streamFailed) {
                    failed += skipped ? 1 : 0;
                    return 2;
                }
            }
            if (!waitsAfterFailure(waiting)) {
                return 0;
            }
        }
    }

    /* The stream drops what makes it open its file anew, and counts as well again at the first flush: the next try is due. */
    private boolean waitsForStream(LongPredicate waiting) {
        if (appender instanceof OutputStreamAppender<?> stream && isBuffered()) {
            noted(call.flush(() -> flush(stream)));
        }
        streamFailed = false;
        torn = true;
        hurried = !hurried && !call.isStreamFailing();
        return hurried || waitsAfterFailure(waiting);
    }

    private void succeeded() {
        backoff.succeeded();
        hurried = false;
        trouble = null;
    }

    private @Nullable String append(ILoggingEvent event) {
        String reason = noted(call.append(event));
        if (reason == null && files != null) {
            files.written();
        }
        return reason;
    }

    /* False if the time was over; once, if the stream is at fault. */
    private boolean flush(LongPredicate waiting) {
        if (!(appender instanceof OutputStreamAppender<?> stream)) {
            return true;
        }
        while (true) {
            String reason = noted(call.flush(() -> flush(stream)));
            if (reason == null || streamFailed) {
                return true;
            }
            trouble = reason;
            if (!waitsAfterFailure(waiting)) {
                return false;
            }
        }
    }

    private static void flush(OutputStreamAppender<?> appender) throws IOException {
        OutputStream out = appender.getOutputStream();
        if (out != null) {
            out.flush();
        }
    }

    private @Nullable String noted(@Nullable String reason) {
        if (StreamFaults.REASON.equals(reason)) {
            streamFailed = true;
            trouble = reason;
            if (files != null) {
                files.failed();
            }
        }
        return reason;
    }

    private boolean waitsAfterFailure(LongPredicate waiting) {
        long now = System.nanoTime();
        backoff.failed(now);
        return waiting.test(Math.max(1, backoff.remainingNanos(now)));
    }

    private boolean isBuffered() {
        return appender instanceof OutputStreamAppender<?> stream && !stream.isImmediateFlush();
    }
}
