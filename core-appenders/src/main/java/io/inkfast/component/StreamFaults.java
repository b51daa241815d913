package io.inkfast.component;

import ch.qos.logback.core.Appender;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.recovery.RecoveryListener;
import ch.qos.logback.core.recovery.ResilientOutputStreamBase;
import ch.qos.logback.core.status.Status;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/*
 * While a file's stream is at fault, Logback drops what is written to it, and says so in the first few statuses only. When it
 * opens the file anew it drops the write at hand, too, and what was in the buffer, and calls that recovered. The stream's
 * listeners are told of each beginning and end of a fault, whichever thread had it. A stream that is at fault before it is
 * listened to, as in the call that rolled, has posted an error; so has one that could not write its rest when it was closed.
 */
/**
 * Tells whether the stream of one of Logback's appenders was at fault, so that what the appender was given may not be in its
 * file. Knows of no fault of other appenders. Any thread.
 *
 * @since 0.1.0
 */
public final class StreamFaults {

    /** Why an event counts as not taken. */
    public static final String REASON = "stream failed";

    private final @Nullable OutputStreamAppender<?> appender;
    private final AtomicInteger count = new AtomicInteger();
    private volatile @Nullable OutputStream failing;
    private @Nullable Ear ear;

    public StreamFaults(Appender<?> appender) {
        this.appender = appender instanceof OutputStreamAppender<?> stream ? stream : null;
    }

    /**
     * How many beginnings and ends of faults there were; before a call and after it. The stream that is open now is listened
     * to from then on.
     */
    public int look() {
        if (appender != null) {
            listen(appender.getOutputStream());
        }
        return count.get();
    }

    /** Whether the stream is at fault; to be asked before {@link #look}, which then tells if that has just ended. */
    @SuppressWarnings("ReferenceEquality") // another stream is another file
    public boolean isFailing() {
        OutputStream now = failing;
        return appender != null && now != null && now == appender.getOutputStream();
    }

    /** For each status of the context. */
    @SuppressWarnings("ReferenceEquality") // as above
    public void hear(Status status) {
        if (appender == null || status.getLevel() != Status.ERROR) {
            return;
        }
        OutputStream stream = appender.getOutputStream();
        if (status.getOrigin() == stream && stream instanceof ResilientOutputStreamBase) {
            listen(stream);
            begins(stream);
        } else if (status.getOrigin() == appender
                && appender instanceof FileAppender
                && status.getThrowable() instanceof IOException) {
            count.incrementAndGet();
        }
    }

    /** After the last call. */
    public synchronized void unwatch() {
        listen(null);
    }

    @SuppressWarnings("ReferenceEquality") // as above
    private synchronized void listen(@Nullable OutputStream stream) {
        if (ear != null && ear.stream == stream) {
            return;
        }
        if (ear != null) {
            ear.stream.removeRecoveryListener(ear);
            ear = null;
        }
        if (stream instanceof ResilientOutputStreamBase resilient) {
            ear = new Ear(resilient);
            resilient.addRecoveryListener(ear);
        }
    }

    private void begins(OutputStream stream) {
        failing = stream;
        count.incrementAndGet();
    }

    @SuppressWarnings("ReferenceEquality") // as above
    private void ends(OutputStream stream) {
        count.incrementAndGet();
        if (failing == stream) {
            failing = null;
        }
    }

    private final class Ear implements RecoveryListener {

        private final ResilientOutputStreamBase stream;

        private Ear(ResilientOutputStreamBase stream) {
            this.stream = stream;
        }

        @Override
        public void newFailure(IOException e) {
            begins(stream);
        }

        @Override
        public void recoveryOccured() {
            ends(stream);
        }
    }
}
