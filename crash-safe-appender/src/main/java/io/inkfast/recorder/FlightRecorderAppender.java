package io.inkfast.recorder;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import ch.qos.logback.core.encoder.Encoder;
import io.inkfast.component.Accounting;
import io.inkfast.component.ClearCopies;
import io.inkfast.component.ConfigurationCheck;
import io.inkfast.component.ConfigurationEnd;
import io.inkfast.component.DurableOnReturn;
import io.inkfast.component.EarlyReturn;
import io.inkfast.component.EncryptedAtRest;
import io.inkfast.component.HandMadeContext;
import io.inkfast.component.Health;
import io.inkfast.component.LifecycleReport;
import io.inkfast.component.Managed;
import io.inkfast.component.Management;
import io.inkfast.component.Notices;
import io.inkfast.component.Rejections;
import io.inkfast.internal.Registrations;
import io.inkfast.internal.Settings;
import io.inkfast.internal.Ticker;
import io.inkfast.keys.EncryptionKeyset;
import io.inkfast.keys.KeysetSetting;
import io.inkfast.keys.RecordSeal;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the last megabytes of events of every level in a file that outlives the process: a ring in memory that the kernel
 * keeps when the process is killed or crashes. The next process that starts with the same directory says so, and writes the
 * events to a file. An event at or above {@code dumpOn} does that at once, for those in front of it. What is recorded is
 * redacted.
 *
 * <p>Any thread may log; no lock is taken and no system call made. Nothing is thrown. When a logging call has returned, its
 * event is in the ring, until newer ones take its place: kill -9, the death of the JVM and {@code halt} do not touch it. A
 * crash of the operating system may. Settings are read in {@link #start}; a wrong one is reported and the appender stays
 * stopped.
 *
 * @since 0.1.0
 */
@SuppressWarnings("this-escape") // The parts keep the appender for its statuses, and call nothing before start().
public final class FlightRecorderAppender extends UnsynchronizedAppenderBase<ILoggingEvent>
        implements Managed, DurableOnReturn, EncryptedAtRest {

    private final RecorderSettings.Texts texts = new RecorderSettings.Texts();
    private final Books books = new Books();
    private final Condition condition = new Condition();
    private final Rejections rejections = new Rejections(Ticker.SYSTEM);
    private final Notices notices = new Notices(this, Ticker.SYSTEM);
    private final LifecycleReport report = new LifecycleReport(this, rejections);
    private final Registrations registrations = new Registrations();
    private @Nullable Encoder<ILoggingEvent> encoder;
    private volatile @Nullable FlightRun run;

    /** Called by Logback. */
    public FlightRecorderAppender() {}

    /**
     * Where rings and dumps are. Required; made if it is missing. Several recorders may have the same, in one process or
     * many. On a file system in memory, such as {@code /dev/shm}, nothing is ever written to a disk.
     */
    public void setDirectory(String path) {
        texts.directory = path;
    }

    /** The size of the ring, such as {@code 8MB}, the default; from 256 KB to 255 MB. The newest events stay. */
    public void setSize(String size) {
        texts.size = size;
    }

    /**
     * The level from which on an event is followed by a dump of those in front of it: {@code ERROR}, {@code WARN},
     * {@code INFO}, {@code DEBUG}, {@code TRACE} or {@code OFF}, the default.
     */
    public void setDumpOn(String level) {
        texts.dumpOn = level;
    }

    /**
     * A key of the MDC, such as {@code traceId}: the dump that an event causes then has only events with the same value.
     * If that event has none, it has all. None by default.
     */
    public void setKey(String key) {
        texts.key = key;
    }

    /** How many events a dump has at most that an event causes; from 1 to 1000000, 1000 by default. */
    public void setDumpEvents(String count) {
        texts.dumpEvents = count;
    }

    /**
     * The least time from one dump that an event causes to the next, such as {@code 1 minute}, the default; from 0 to 1 day.
     * Events that come in between cause none; the next dump says how many they were.
     */
    public void setDumpInterval(String time) {
        texts.dumpInterval = time;
    }

    /**
     * How many dumps, and how many rings of processes that ended, stay in the directory; from 1 to 1000, 5 by default. Rings
     * whose events could not be saved to a dump stay besides.
     */
    public void setKeep(String count) {
        texts.keep = count;
    }

    /**
     * The keys that wrap the key with which the records of a run are encrypted, and its dumps with them: as in {@link
     * io.inkfast.wal.WriteAheadAppender#setKeyset}; public keys are enough. {@code inkfast flight dump} opens them. None by
     * default. Required beside an appender that encrypts.
     */
    public void setKeyset(String keyset) {
        texts.keyset = keyset;
    }

    /** Whether rings and dumps may be in clear text beside an appender that encrypts; default false. */
    public void setAllowClear(String allowClear) {
        texts.allowClear = allowClear;
    }

    /**
     * What makes bytes of events; {@link io.inkfast.mask.RedactingJsonEncoder} by default. One that does not redact is put
     * behind {@link io.inkfast.mask.RedactingEncoder} with its default profiles.
     */
    public void setEncoder(Encoder<ILoggingEvent> encoder) {
        this.encoder = encoder;
    }

    /** The encoder that is used; before start, the one that is configured. */
    public @Nullable Encoder<ILoggingEvent> getEncoder() {
        FlightRun current = run;
        return current == null ? encoder : current.encoding().encoder();
    }

    @Override
    public synchronized void start() {
        if (!isStarted()) {
            report.guard(this::startNow);
        }
    }

    private void startNow() {
        Settings settings = new Settings();
        HandMadeContext.complete(getContext());
        ConfigurationCheck.problems(this).forEach(settings::problem);
        RecorderSettings read = RecorderSettings.read(texts, settings);
        if (getContext() == null) {
            settings.problem("no context is set");
        }
        Encoding encoding = Encoding.of(encoder, getContext());
        try {
            if (settings.problems().isEmpty() && !encoding.start(encoder)) {
                settings.problem("the <encoder> did not start");
            }
            RecordSeal seal = KeysetSetting.seal(settings, read.keyset(), RecordSeal.Purpose.RING);
            if (!report.refuses(settings.problems())) {
                begin(read, encoding, seal);
            }
        } catch (Throwable e) {
            registrations.closeAll();
            encoding.encoder().stop();
            condition.stopped();
            throw e;
        }
    }

    private void begin(RecorderSettings settings, Encoding encoding, @Nullable RecordSeal seal) {
        EncryptionKeyset keyset = settings.keyset();
        if (keyset != null) {
            keyset.warnings().forEach(this::addWarn);
        }
        if (encoding.wraps(encoder) && encoder != null) {
            addInfo("<encoder> [" + encoder.getClass().getSimpleName()
                    + "] does not redact; what it writes is redacted by profiles secrets and pci");
        }
        FlightRun next = new FlightRun(this, settings, encoding, books, condition, notices, seal);
        // Nobody is there to be told of the dead before all appenders are attached.
        registrations.add(ConfigurationEnd.of(getContext(), () -> {
            EarlyReturn.check(this);
            next.desk().configured();
            ClearCopies.check(this, encrypts(), settings.allowClear(), () -> rejections.show(true));
        }));
        try {
            next.start();
            run = next;
            super.start();
            registrations.add(Management.register(this));
            registrations.add(Management.register("FlightRecorder", this, next));
        } catch (Throwable e) {
            run = null;
            super.stop();
            next.abandon();
            throw e;
        }
    }

    /** Writes the dumps that were asked for, and says in the ring that the end was in order. */
    @Override
    public synchronized void stop() {
        FlightRun last = run;
        if (last == null) {
            return;
        }
        run = null;
        super.stop();
        registrations.closeAll();
        last.stop();
        last.encoding().encoder().stop();
        condition.stopped();
        report.stopped(accounting());
    }

    @Override
    public void doAppend(ILoggingEvent event) {
        try {
            FlightRun current = run;
            if (current != null) {
                current.append(event);
            } else {
                rejections.reject(String.valueOf(getName()), event);
            }
        } catch (Throwable e) {
            // There is no stack left to count it, or to say so.
            return;
        }
    }

    /** The same as {@link #doAppend}, which does not come here. */
    @Override
    protected void append(ILoggingEvent event) {
        doAppend(event);
    }

    /** Whether what is in rings and dumps is encrypted. */
    @Override
    public boolean encrypts() {
        return texts.keyset != null;
    }

    @Override
    public Accounting accounting() {
        return books.snapshot(rejections.count());
    }

    @Override
    public Health health() {
        return condition.health();
    }

    /** Events are in the ring when their calls return; this waits for the dumps that were asked for. */
    @Override
    public boolean flush(Duration timeout) {
        FlightRun current = run;
        return current != null && current.desk().await(timeout);
    }

    /** Writes the last events to a file now, at most {@code dumpEvents}; null if that failed or there are none. */
    public @Nullable Path dump() {
        FlightRun current = run;
        String file = current == null ? null : current.dump();
        return file == null ? null : Path.of(file);
    }

    /** The file of the ring; null while there is none. */
    public @Nullable Path ring() {
        FlightRun current = run;
        String file = current == null ? null : current.getRing();
        return file == null ? null : Path.of(file);
    }
}
