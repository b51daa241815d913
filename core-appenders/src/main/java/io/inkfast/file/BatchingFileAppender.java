package io.inkfast.file;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.rolling.RollingPolicy;
import ch.qos.logback.core.rolling.TriggeringPolicy;
import io.inkfast.component.Accounting;
import io.inkfast.component.BatchAppender;
import io.inkfast.component.Health;
import io.inkfast.component.LifecycleReport;
import io.inkfast.component.Managed;
import io.inkfast.component.Management;
import io.inkfast.component.Notices;
import io.inkfast.component.Rejections;
import io.inkfast.internal.Registrations;
import io.inkfast.internal.Settings;
import io.inkfast.internal.ShutdownFlush;
import io.inkfast.internal.Ticker;
import io.inkfast.internal.Worker;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes events to a file, plain or rolling with Logback's own policies, and loses none: while the disk is full or the
 * file is gone, events are kept and tried again. Behind an asynchronous front it encodes a whole batch and writes it at
 * once; attached to a logger it writes each event before the call returns. Elements may come in any order.
 *
 * <p>Any thread may log. Settings are read in {@link #start}; a wrong one is reported and the appender stays stopped.
 *
 * @since 0.1.0
 */
@SuppressWarnings("this-escape") // The parts keep the appender for its statuses, and call nothing before start().
public class BatchingFileAppender extends FileAppender<ILoggingEvent> implements BatchAppender, Managed {

    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);
    private static final long DEFAULT_QUEUED = 64L << 20;

    private final Books books = new Books();
    private final Rejections rejections = new Rejections(Ticker.SYSTEM);
    private final Notices notices = new Notices(this, Ticker.SYSTEM);
    private final LifecycleReport report = new LifecycleReport(this, rejections);
    private final ReentrantLock lifecycle = new ReentrantLock();
    private final FilePolicies policies = new FilePolicies(this);
    private @Nullable String maxQueuedBytes;

    private volatile @Nullable FileRun run;
    private @Nullable Worker worker;
    private @Nullable NameLock nameLock;
    private final Registrations registrations = new Registrations();
    private @Nullable String configuredFile;
    private volatile long rejectedSequence;
    private final AtomicInteger starts = new AtomicInteger();
    private volatile Instant notRunningSince = Instant.now();

    /** Called by Logback. */
    public BatchingFileAppender() {
        // A policy that starts before <file> was read must not find that there is none.
        fileName = "";
    }

    /**
     * The file to write to; its directory is made if it is missing. Required, unless the rolling policy names the files.
     * A second writer of the same file, in this JVM or another, writes to {@code <file>.<pid>} instead.
     */
    @Override
    public void setFile(@Nullable String file) {
        fileName = file == null ? "" : file.trim();
    }

    /**
     * How many bytes of encoded events wait in memory while the file cannot be written and the appender is attached to
     * a logger; what comes beyond that is dropped and counted. Behind a front nothing waits here: the front keeps its
     * events.
     *
     * @param size such as {@code 64MB}, the default; from 1 KB to 16 GB
     */
    public void setMaxQueuedBytes(String size) {
        maxQueuedBytes = size;
    }

    /**
     * How files are rolled: any of Logback's policies, or a custom one. None by default: the file grows. A policy that
     * is a triggering policy as well is also used as such.
     */
    public void setRollingPolicy(RollingPolicy policy) {
        policies.setRolling(policy, fileName);
    }

    /**
     * When files are rolled, where the rolling policy does not say it itself. It is asked before each event joins the
     * file; Logback's time-based policies are also asked four times a second, so that time rolls a file without any
     * event.
     */
    public void setTriggeringPolicy(TriggeringPolicy<ILoggingEvent> policy) {
        policies.setTriggering(policy);
    }

    /** The policy that was set, or null. */
    public @Nullable RollingPolicy getRollingPolicy() {
        return policies.rolling();
    }

    /** The policy that was set, or the rolling policy if that triggers too, or null. */
    public @Nullable TriggeringPolicy<ILoggingEvent> getTriggeringPolicy() {
        return policies.triggering();
    }

    /** The file that is written to; before start, the one that is configured. */
    @Override
    public @Nullable String getFile() {
        String active = isStarted() ? policies.activeFile() : null;
        return active != null ? active : fileName == null || fileName.isEmpty() ? null : fileName;
    }

    @Override
    public void start() {
        lifecycle.lock();
        try {
            if (!isStarted()) {
                report.guard(this::startNow);
            }
        } finally {
            lifecycle.unlock();
        }
    }

    private void startNow() {
        run = null;
        rejectedSequence = 0;
        starts.incrementAndGet();
        Settings settings = new Settings();
        long queued = settings.bytes("maxQueuedBytes", maxQueuedBytes, DEFAULT_QUEUED, 1024, 16L << 30);
        configuredFile = settings.text("file", fileName);
        FileSetup.check(this, settings, configuredFile, policies);
        FileStructure structure = structure(settings::problem);
        try {
            if (settings.problems().isEmpty()) {
                takeFile(settings);
            }
            if (!report.refuses(settings.problems())) {
                begin(queued, structure);
            }
        } catch (Throwable e) {
            end();
            throw e;
        }
    }

    /* The names, the policies, the encoder; a problem if one of them refuses. */
    private void takeFile(Settings settings) {
        nameLock = policies.takeNames(configuredFile);
        if (!encoder.isStarted()) {
            encoder.start();
        }
        if (!encoder.isStarted()) {
            settings.problem("the <encoder> did not start");
        } else {
            policies.start(fileName, settings);
        }
        if (!settings.problems().isEmpty()) {
            end();
        }
    }

    /**
     * For appenders whose files have another format than the encoder's bytes one after another: what they consist of from
     * this start on. Null, the default, if there is no such format.
     *
     * @param problem takes each thing that is wrong with the configuration, a sentence; then the appender does not start
     */
    protected @Nullable FileStructure structure(Consumer<String> problem) {
        return null;
    }

    /** Called a few times a second by the appender's own thread, which holds no lock then; does nothing by default. */
    protected void ticked() {}

    private void begin(long queued, @Nullable FileStructure structure) {
        if (!append && policies.rolling() != null) {
            addWarn("<append> [false] has no effect with a <rollingPolicy>: what is in the file is kept");
        }
        if (!isImmediateFlush()) {
            addInfo("<immediateFlush> [false] and <bufferSize> have no effect: nothing is left in a buffer");
        }
        FileRun next = FileSetup.run(this, policies, books, rejections, notices, queued, structure);
        run = next;
        Worker ticks = new Worker(
                "inkfast-file-" + getName(),
                () -> {
                    long nanos = next.gate().tick();
                    ticked();
                    LockSupport.parkNanos(nanos);
                },
                e -> notices.error(
                        "worker",
                        "the file's thread failed with " + e.getClass().getName()));
        ticks.start();
        worker = ticks;
        // The first step opens the file.
        next.gate().tick();
        started = true;
        registrations.add(Management.register(this));
        if (structure != null) {
            // Events wait for others. Hooks that log later than this one find that they do not any more.
            registrations.add(ShutdownFlush.register(
                    () -> {
                        next.callers().end();
                        next.gate().flush(STOP_LIMIT);
                    },
                    String.valueOf(getName())));
        }
        addInfo("writing to [" + getFile() + "]");
    }

    /* For the policies, which look at it. */
    void writeTo(@Nullable String file) {
        fileName = file;
    }

    @Override
    public void stop() {
        lifecycle.lock();
        try {
            FileRun last = run;
            if (!isStarted() || last == null) {
                return;
            }
            notRunningSince = Instant.now();
            end();
            report.stopped(accounting());
        } finally {
            lifecycle.unlock();
        }
    }

    /* As far as it has begun. */
    private void end() {
        started = false;
        if (worker != null) {
            worker.stop();
            worker = null;
        }
        if (run != null && !run.gate().close(STOP_LIMIT)) {
            addWarn("[" + getFile() + "] hangs; gave up after " + Settings.time(STOP_LIMIT));
        }
        encoder.stop();
        policies.stop();
        release();
        registrations.closeAll();
    }

    private void release() {
        fileName = configuredFile == null ? "" : configuredFile;
        if (nameLock != null) {
            nameLock.close();
            nameLock = null;
        }
    }

    @Override
    public void doAppend(ILoggingEvent event) {
        try {
            FileRun current = run;
            if (started && current != null) {
                current.callers().append(event);
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
    public @Nullable Encoder<ILoggingEvent> encoderAhead() {
        return getEncoder();
    }

    @Override
    public int append(List<ILoggingEvent> events, long firstSequence) {
        FileRun current = run;
        if (current != null) {
            return current.front().append(events, firstSequence);
        }
        for (ILoggingEvent event : events) {
            rejections.reject(getName(), event);
        }
        rejectedSequence = firstSequence + events.size() - 1;
        return events.size();
    }

    @Override
    public long settled() {
        FileRun current = run;
        return current == null ? rejectedSequence : current.front().settled();
    }

    @Override
    public long sync(long sequence, Duration limit) {
        FileRun current = run;
        return current == null ? rejectedSequence : current.front().sync(sequence, limit);
    }

    @Override
    public int starts() {
        return starts.get();
    }

    @Override
    public boolean flush(Duration timeout) {
        FileRun current = run;
        return started && current != null && current.gate().flush(timeout);
    }

    /** Rolls the file now, if there is a rolling policy that can; any thread. */
    public void rollover() {
        FileRun current = run;
        if (started && current != null) {
            current.gate().roll();
        }
    }

    /* For tests. */
    FileGate<ILoggingEvent> gate() {
        return java.util.Objects.requireNonNull(run).gate();
    }

    @Override
    public Accounting accounting() {
        return books.snapshot(rejections.count());
    }

    @Override
    public Health health() {
        FileRun current = run;
        return started && current != null ? current.condition().health() : Health.notRunning(notRunningSince);
    }

    /** Nothing: the appender opens its file itself. */
    @Override
    public void openFile(String name) {}

    /** Nothing: the appender has no stream. */
    @Override
    public void setOutputStream(OutputStream stream) {}
}
