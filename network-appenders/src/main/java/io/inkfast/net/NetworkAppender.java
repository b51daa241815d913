package io.inkfast.net;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import io.inkfast.component.Accounting;
import io.inkfast.component.BatchAppender;
import io.inkfast.component.ClearCopies;
import io.inkfast.component.ConfigurationCheck;
import io.inkfast.component.ConfigurationEnd;
import io.inkfast.component.EncryptedAtRest;
import io.inkfast.component.HandMadeContext;
import io.inkfast.component.Health;
import io.inkfast.component.LifecycleReport;
import io.inkfast.component.Managed;
import io.inkfast.component.Management;
import io.inkfast.component.Notices;
import io.inkfast.component.Rejections;
import io.inkfast.component.WritesEventId;
import io.inkfast.internal.FileStorage;
import io.inkfast.internal.Registrations;
import io.inkfast.internal.Settings;
import io.inkfast.internal.Ticker;
import io.inkfast.keys.KeysetSetting;
import io.inkfast.keys.RecordSeal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What all network appenders have: events are encoded and redacted on the thread that logs, wait in memory, and are sent in
 * batches by a thread of the appender's own. What a peer does not take is sent again, for as long as it takes; what it
 * refuses for good goes to the dead-letter file. Behind a write-ahead appender nothing is lost across restarts either.
 *
 * <p>Any thread may log; nothing is thrown, and no call waits for the network. Settings are read in {@link #start}; a wrong
 * one is reported and the appender stays stopped. A peer that is not there is a warning.
 *
 * @since 0.1.0
 */
@SuppressWarnings("this-escape") // The parts keep the appender for its statuses, and call nothing before start().
public abstract class NetworkAppender extends NetworkElements implements BatchAppender, Managed, EncryptedAtRest {

    private final NetBooks books = new NetBooks();
    private final Rejections rejections = new Rejections(Ticker.SYSTEM);
    private final Notices notices = new Notices(this, Ticker.SYSTEM);
    private final LifecycleReport report = new LifecycleReport(this, rejections);
    private final Registrations registrations = new Registrations();
    private volatile Instant notRunningSince = Instant.now();
    private @Nullable Encoder<ILoggingEvent> encoder;
    private volatile boolean encrypts;
    private volatile long rejectedSequence;
    private final AtomicInteger starts = new AtomicInteger();
    private volatile @Nullable NetworkRun run;

    /** For subclasses, which Logback makes by their class names. */
    protected NetworkAppender() {}

    /** What the protocol has where nothing is configured. */
    protected abstract NetworkDefaults defaults();

    /**
     * Reads the protocol's own settings; problems are added to {@code settings}, and then the result is not used. Called at
     * each start, on the configuring thread.
     */
    protected abstract Transport transport(Settings settings);

    /** For messages that may come often. */
    protected final Notices notices() {
        return notices;
    }

    /** What makes bytes of events. Required. */
    public void setEncoder(Encoder<ILoggingEvent> encoder) {
        this.encoder = encoder;
    }

    /** The encoder that was set, or null. */
    public @Nullable Encoder<ILoggingEvent> getEncoder() {
        return encoder;
    }

    @Override
    public synchronized void start() {
        if (!isStarted()) {
            report.guard(this::startNow);
        }
    }

    private void startNow() {
        run = null;
        rejectedSequence = 0;
        Settings settings = new Settings();
        HandMadeContext.complete(getContext());
        ConfigurationCheck.problems(this).forEach(settings::problem);
        if (getContext() == null) {
            settings.problem("no context is set");
        }
        NetworkSettings values = NetworkSettings.read(texts, defaults(), settings);
        try {
            checkEncoder(settings);
            Transport transport = transport(settings);
            RecordSeal seal = KeysetSetting.seal(settings, values.keyset(), RecordSeal.Purpose.DEAD_LETTER);
            if (!report.refuses(settings.problems())) {
                encrypts = values.keyset() != null;
                begin(values, transport, seal);
            }
        } catch (Throwable e) {
            stopEncoder();
            throw e;
        }
    }

    private void checkEncoder(Settings settings) {
        Encoder<ILoggingEvent> given = encoder;
        if (given == null) {
            settings.problem("an <encoder> is required");
            return;
        }
        if (!given.isStarted()) {
            given.start();
        }
        if (!given.isStarted()) {
            settings.problem("the <encoder> did not start");
        }
        if (given instanceof WritesEventId ids) {
            ids.writeEventId();
        }
    }

    private void begin(NetworkSettings values, Transport transport, @Nullable RecordSeal seal) {
        DeadLetters deadLetters = values.deadLetter() == null
                ? new NoDeadLetters()
                : new DeadLetterFile(
                        new FileStorage(),
                        values.deadLetter(),
                        String.valueOf(getName()),
                        seal,
                        System::currentTimeMillis);
        NetworkRun next = new NetworkRun(this, values, transport, deadLetters, books, rejections, notices);
        try {
            next.start();
            starts.incrementAndGet();
            run = next;
            started = true;
            register(values);
            addInfo("sending to [" + next.endpoints() + "]");
        } catch (Throwable e) {
            started = false;
            run = null;
            next.stop();
            registrations.closeAll();
            throw e;
        }
    }

    private void register(NetworkSettings values) {
        registrations.add(Management.register(this));
        registrations.add(Management.register("Delivery", this, new View(this)));
        if (values.deadLetter() != null) {
            registrations.add(ConfigurationEnd.of(
                    getContext(),
                    () -> ClearCopies.check(this, encrypts, values.allowClear(), () -> rejections.show(true))));
        }
    }

    @Override
    public synchronized void stop() {
        NetworkRun last = run;
        if (!isStarted() || last == null) {
            return;
        }
        notRunningSince = Instant.now();
        started = false;
        long left = last.stop();
        stopEncoder();
        registrations.closeAll();
        if (left > 0) {
            addWarn("appender [" + getName() + "]: [" + left
                    + "] events were not acknowledged in time; an appender in front keeps them, else they are lost");
        }
        report.stopped(accounting());
    }

    private void stopEncoder() {
        Encoder<ILoggingEvent> given = encoder;
        if (given != null) {
            given.stop();
        }
    }

    @Override
    public void doAppend(ILoggingEvent event) {
        try {
            NetworkRun current = run;
            if (started && current != null) {
                current.append(event);
            } else {
                rejections.reject(getName(), event);
            }
        } catch (Throwable e) {
            // There is no stack left to count it, or to say so.
            return;
        }
    }

    @Override
    protected void append(ILoggingEvent event) {
        doAppend(event);
    }

    @Override
    public int append(List<ILoggingEvent> events, long firstSequence) {
        NetworkRun current = run;
        if (current != null) {
            return current.append(events, firstSequence);
        }
        for (ILoggingEvent event : events) {
            rejections.reject(getName(), event);
        }
        rejectedSequence = firstSequence + events.size() - 1;
        return events.size();
    }

    /**
     * Sends a dead letter again, as it was sent before and under the same id; as for events, it waits for room as the overflow
     * policy says. Any thread.
     *
     * @return whether it was taken; not while the appender is stopped
     */
    public boolean resend(DeadLetter letter) {
        NetworkRun current = run;
        return started && current != null && current.resend(letter);
    }

    @Override
    public int starts() {
        return starts.get();
    }

    @Override
    public long settled() {
        NetworkRun current = run;
        return current == null ? rejectedSequence : current.settled();
    }

    @Override
    public long sync(long sequence, Duration limit) {
        NetworkRun current = run;
        return current == null ? rejectedSequence : current.sync(sequence, limit);
    }

    @Override
    public @Nullable Encoder<ILoggingEvent> encoderAhead() {
        return encoder;
    }

    @Override
    public boolean flush(Duration timeout) {
        NetworkRun current = run;
        return started && current != null && current.flush(timeout);
    }

    @Override
    public Accounting accounting() {
        return books.snapshot(rejections.count());
    }

    /** What was sent and acknowledged; any thread. */
    public DeliveryCounts counts() {
        NetworkRun current = run;
        return current == null ? books.counts() : current.counts();
    }

    @Override
    public Health health() {
        NetworkRun current = run;
        return started && current != null ? current.health() : Health.notRunning(notRunningSince);
    }

    /** Whether dead letters are encrypted. */
    @Override
    public boolean encrypts() {
        return encrypts;
    }

    /* After start() found that there is one. */
    Encoder<ILoggingEvent> encoder() {
        return Objects.requireNonNull(encoder);
    }

    private static final class NoDeadLetters implements DeadLetters {

        @Override
        public boolean add(Message message, String endpoint, String why) {
            return false;
        }

        @Override
        public void close() {
            // There is nothing.
        }
    }

    private record View(NetworkAppender appender) implements DeliveryMXBean {

        @Override
        public long getSent() {
            return appender.counts().sent();
        }

        @Override
        public long getAcknowledged() {
            return appender.counts().acknowledged();
        }

        @Override
        public long getDuplicates() {
            return appender.counts().duplicates();
        }

        @Override
        public long getRepeated() {
            return appender.counts().repeated();
        }

        @Override
        public long getDeadLettered() {
            return appender.counts().deadLettered();
        }
    }
}
