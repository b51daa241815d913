package io.inkfast.wal;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import ch.qos.logback.core.spi.AppenderAttachableImpl;
import io.inkfast.component.Accounting;
import io.inkfast.component.AppenderHolder;
import io.inkfast.component.ClearCopies;
import io.inkfast.component.ConfigurationEnd;
import io.inkfast.component.DurableOnReturn;
import io.inkfast.component.EarlyReturn;
import io.inkfast.component.EncryptedAtRest;
import io.inkfast.component.Health;
import io.inkfast.component.LifecycleReport;
import io.inkfast.component.Managed;
import io.inkfast.component.Management;
import io.inkfast.component.Notices;
import io.inkfast.component.Rejections;
import io.inkfast.component.UncaughtExceptions;
import io.inkfast.internal.Interrupts;
import io.inkfast.internal.Registrations;
import io.inkfast.internal.Settings;
import io.inkfast.internal.ShutdownFlush;
import io.inkfast.internal.Ticker;
import io.inkfast.mask.Redaction;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Journals events, redacted, before it hands them to the appenders it refers to: what was journalled is delivered, though
 * the process is killed, the power fails, or a sink is down for days. At least once, in order, with the same event id,
 * which the encoders behind write if they can.
 *
 * <p>Every event is journalled; the levels say what a call waits for. Events that were not delivered when the process
 * ended are delivered at the next start, before new ones, with {@code recovered=true} among their key-values.
 *
 * <p>Any thread may log, virtual ones too; a call never waits longer than {@code syncTimeout}, and throws nothing unless
 * {@code onFailure} says so. Settings are element texts; problems are reported in start(), all of them, and then the
 * appender stays stopped.
 *
 * @since 0.1.0
 */
public final class WriteAheadAppender extends UnsynchronizedAppenderBase<ILoggingEvent>
        implements AppenderHolder, Managed, DurableOnReturn, EncryptedAtRest {

    private final AppenderAttachableImpl<ILoggingEvent> sinks = new AppenderAttachableImpl<>();
    private final WalSettings texts = new WalSettings();
    private final WalBooks books = new WalBooks();
    private final Rejections rejections = new Rejections(Ticker.SYSTEM);

    @SuppressWarnings("this-escape") // Kept, and not called before start().
    private final Notices notices = new Notices(this, Ticker.SYSTEM);

    @SuppressWarnings("this-escape") // Kept, and not called before start().
    private final LifecycleReport report = new LifecycleReport(this, rejections);

    private final Registrations registrations = new Registrations();

    private @Nullable Redaction redaction;
    private volatile Instant notRunningSince = Instant.now();
    private volatile @Nullable WriteAhead run;
    private volatile boolean throwing;

    /** Called by Logback. */
    public WriteAheadAppender() {
        // Nothing to do before start().
    }

    /**
     * Where the journal lies; made if it is missing. Required. When another process has it, a directory {@code instance-0}
     * to {@code instance-15} in it is used, and taken over by the next start when its process has ended.
     */
    public void setDirectory(String directory) {
        texts.directory = directory;
    }

    /** From this level on a call returns when the device has confirmed the event; a level or OFF, default ERROR. */
    public void setDiskLevel(String diskLevel) {
        texts.diskLevel = diskLevel;
    }

    /**
     * From this level on a call returns when the kernel has the event, which survives the death of the process; a level or
     * OFF, default WARN. Events below are journalled within 100 milliseconds or 64 KB.
     */
    public void setOsLevel(String osLevel) {
        texts.osLevel = osLevel;
    }

    /**
     * How long a call waits at most, for the disk or for room; default 5 seconds, from 1 millisecond to 1 hour. Then the
     * event is counted as unconfirmed, and delivered all the same.
     */
    public void setSyncTimeout(String syncTimeout) {
        texts.syncTimeout = syncTimeout;
    }

    /**
     * How much space is filled with zeros ahead, for events at or above {@code diskLevel} when the disk is full; rounded up
     * to whole segments of 16 MB; default 32MB, from 0 to 16 GB.
     */
    public void setReserve(String reserve) {
        texts.reserve = reserve;
    }

    /**
     * How large the journal may become while events wait in it; default 1GB, from 64 MB to 1 TB. Beyond it {@code overflow}
     * says what becomes of new events.
     */
    public void setMaxSize(String maxSize) {
        texts.maxSize = maxSize;
    }

    /**
     * Which new events wait for room in a full journal, for {@code syncTimeout} at most, before they are dropped and counted:
     * {@code DROP_NEWEST} (default) those at or above WARN, {@code BLOCK_TIMEOUT} all.
     */
    public void setOverflow(String overflow) {
        texts.overflow = overflow;
    }

    /** How long stop() delivers what is there; the rest stays in the journal; default 5 seconds, at most 1 hour. */
    public void setStopTimeout(String stopTimeout) {
        texts.stopTimeout = stopTimeout;
    }

    /**
     * What a call does whose event is not as safe as its {@code diskLevel} demands: {@code DEGRADE} (default) returns,
     * {@code THROW} throws {@link NotJournalledException} into the application.
     */
    public void setOnFailure(String onFailure) {
        texts.onFailure = onFailure;
    }

    /** When another process has the directory: {@code SUBDIR} (default), or {@code FAIL}: the appender does not start. */
    public void setOnLocked(String onLocked) {
        texts.onLocked = onLocked;
    }

    /**
     * When the directory cannot be used at start: {@code DEGRADE} (default) starts, hands events over without journalling
     * them, and tries again at least once a second; {@code FAIL} does not start.
     */
    public void setOnUnavailable(String onUnavailable) {
        texts.onUnavailable = onUnavailable;
    }

    /** Whether file, line and method of the call are journalled; costs a stack walk; default false. */
    public void setIncludeCallerData(String includeCallerData) {
        texts.includeCallerData = includeCallerData;
    }

    /**
     * Whether what is there is delivered when the JVM shuts down without stopping Logback; default true. The appender goes
     * on: what other hooks log is journalled, and delivered if there is time.
     */
    public void setShutdownHook(String shutdownHook) {
        texts.shutdownHook = shutdownHook;
    }

    /**
     * Whether an exception that ends a thread is logged as an error, journalled as {@code diskLevel} says, and everything
     * delivered for {@code stopTimeout} at most, before the JVM's handler so far is called; default false.
     */
    public void setUncaughtHandler(String uncaughtHandler) {
        texts.uncaughtHandler = uncaughtHandler;
    }

    /**
     * The keys that wrap the key with which the journal of a run is encrypted: {@code file:PATH} or {@code env:NAME} of a Tink
     * AEAD or private HPKE keyset, with {@code ?kms=URI} behind it if it is encrypted; or {@code kms:URI}. None by default: what
     * is in the journal is redacted, and not encrypted. Required beside an appender that encrypts.
     */
    public void setKeyset(String keyset) {
        texts.keyset = keyset;
    }

    /** Whether the journal may be in clear text beside an appender that encrypts; default false: then it does not start. */
    public void setAllowClear(String allowClear) {
        texts.allowClear = allowClear;
    }

    /**
     * What is hidden before an event is journalled. By default the rules of the redacting encoders behind this appender,
     * which must then be the same; without such an encoder profiles secrets and pci.
     */
    public void setRedaction(Redaction redaction) {
        this.redaction = redaction;
    }

    @Override
    public void start() {
        // A thread that is interrupted closes the files that it opens.
        Interrupts.without(this::startIfStopped);
    }

    private synchronized void startIfStopped() {
        if (!isStarted()) {
            report.guard(this::startNow);
        }
    }

    private void startNow() {
        Settings settings = new Settings();
        WalSettings.Values values = texts.read(settings);
        try {
            claim(values, settings);
            WriteAhead next = new WalStart(this, attached(), redaction, values, books, notices).prepare(settings);
            if (next == null) {
                registrations.closeAll();
            }
            if (!report.refuses(settings.problems()) && next != null) {
                begin(next, values);
            }
        } catch (Throwable e) {
            registrations.closeAll();
            throw e;
        }
    }

    private void claim(WalSettings.Values values, Settings settings) {
        if (getContext() != null) {
            registrations.add(
                    DirectoryClaim.take(getContext(), values.directory(), String.valueOf(getName()), settings));
        }
    }

    private void begin(WriteAhead next, WalSettings.Values values) {
        throwing = values.onFailure() == OnFailure.THROW;
        try {
            next.start();
            run = next;
            super.start();
            register(next, values);
        } catch (Throwable e) {
            run = null;
            super.stop();
            next.stop();
            throw e;
        }
    }

    private void register(WriteAhead next, WalSettings.Values values) {
        getContext().register(this);
        if (values.shutdownHook()) {
            registrations.add(ShutdownFlush.register(next::flushAtExit, String.valueOf(getName())));
        }
        if (values.uncaughtHandler()) {
            registrations.add(UncaughtExceptions.log(getContext(), notices, () -> next.flush(values.stopTimeout())));
        }
        registrations.add(ConfigurationEnd.of(getContext(), () -> {
            EarlyReturn.check(this);
            // What is behind it was looked at before it started.
            boolean known = encrypts() || ClearCopies.behind(this) != null;
            ClearCopies.check(this, known, values.allowClear(), () -> rejections.show(true));
        }));
        registrations.add(Management.register(this));
    }

    /** Delivers what is there, for {@code stopTimeout} at most, then stops the appenders behind. */
    @Override
    public void stop() {
        Interrupts.without(this::stopNow);
    }

    private synchronized void stopNow() {
        WriteAhead last = run;
        if (last == null || !isStarted()) {
            return;
        }
        super.stop();
        if (!last.stop()) {
            addWarn("appender [" + getName() + "]: not everything was delivered or confirmed in time; what is in the"
                    + " journal is delivered at the next start");
        }
        notRunningSince = Instant.now();
        run = null;
        attached().forEach(Appender::stop);
        registrations.closeAll();
        report.stopped(accounting());
    }

    @Override
    public void doAppend(ILoggingEvent event) {
        try {
            take(event);
        } catch (NotJournalledException e) {
            throw e;
        } catch (Throwable e) {
            // There is no stack left to say it. Nothing may reach the application, unless it wants to know.
            if (throwing) {
                throw e;
            }
        }
    }

    private void take(ILoggingEvent event) {
        WriteAhead current = run;
        if (current == null || current.isDelivering()) {
            reject(event);
            return;
        }
        int call = current.calls().begin();
        try {
            if (!current.append(event)) {
                reject(event);
            }
        } finally {
            current.calls().end(call);
        }
    }

    /** The same as {@link #doAppend}, which does not come here: it has its own way in. */
    @Override
    protected void append(ILoggingEvent event) {
        doAppend(event);
    }

    private void reject(ILoggingEvent event) {
        rejections.reject(String.valueOf(getName()), event);
    }

    @Override
    public Accounting accounting() {
        return books.snapshot(rejections.count());
    }

    @Override
    public Health health() {
        WriteAhead current = run;
        return current == null ? Health.notRunning(notRunningSince) : current.health();
    }

    @Override
    public boolean flush(Duration timeout) {
        WriteAhead current = run;
        return current != null && current.flush(timeout);
    }

    /** How many events are not in the journal although their level demands it. */
    public long notJournalled() {
        return books.notJournalledSoFar();
    }

    /** Of how many events it was not known in time whether the journal has them. */
    public long unconfirmed() {
        return books.unconfirmedSoFar();
    }

    @Override
    public AppenderAttachableImpl<ILoggingEvent> sinks() {
        return sinks;
    }

    /** Whether what is in the journal is encrypted. */
    @Override
    public boolean encrypts() {
        return texts.keyset != null;
    }

    /** What is delivered is made of the journal, and what is in it was redacted before. */
    @Override
    public boolean redacts() {
        return true;
    }
}
