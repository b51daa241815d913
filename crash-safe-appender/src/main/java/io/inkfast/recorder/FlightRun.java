package io.inkfast.recorder;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.inkfast.component.Notices;
import io.inkfast.internal.Registrations;
import io.inkfast.internal.Settings;
import io.inkfast.internal.ShutdownFlush;
import io.inkfast.internal.Ticker;
import io.inkfast.internal.Worker;
import io.inkfast.keys.RecordSeal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A recorder from its start to its stop: joins the parts, and turns what they report into statuses. */
final class FlightRun implements DumpDesk.Report, FlightRecorderMXBean {

    private static final Duration START_LIMIT = Duration.ofSeconds(10);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);
    private static final Duration DUMP_LIMIT = Duration.ofSeconds(30);

    private final FlightRecorderAppender appender;
    private final RecorderSettings settings;
    private final Encoding encoding;
    private final Books books;
    private final Condition condition;
    private final Notices notices;
    private final @Nullable RecordSeal seal;
    private final DumpDesk desk;
    private final Worker worker;
    private final Registrations registrations = new Registrations();
    private final AtomicLong dumps = new AtomicLong();
    private volatile @Nullable RingFile file;
    private volatile @Nullable Ring ring;
    private volatile @Nullable Recording recording;

    FlightRun(
            FlightRecorderAppender appender,
            RecorderSettings settings,
            Encoding encoding,
            Books books,
            Condition condition,
            Notices notices,
            @Nullable RecordSeal seal) {
        this.appender = appender;
        this.settings = settings;
        this.encoding = encoding;
        this.books = books;
        this.condition = condition;
        this.notices = notices;
        this.seal = seal;
        String name = String.valueOf(appender.getName());
        DumpDesk.Files files = new DirectoryFiles(settings, description(appender, seal), this::notSaved);
        desk = new DumpDesk(files, this, Ticker.SYSTEM, settings.interval());
        worker = new Worker("inkfast-flight-" + name, desk::step, e -> failed("do its work", e));
    }

    private static String description(FlightRecorderAppender appender, @Nullable RecordSeal seal) {
        String version = FlightRun.class.getPackage().getImplementationVersion();
        return "{\"appender\":" + quoted(appender.getName()) + ",\"context\":"
                + quoted(appender.getContext().getName()) + ",\"version\":" + quoted(version)
                + (seal == null ? "" : "," + seal.member()) + "}";
    }

    private static String quoted(@Nullable String text) {
        return text == null ? "null" : '"' + text.replaceAll("[\"\\\\\\p{Cntrl}]", "?") + '"';
    }

    DumpDesk desk() {
        return desk;
    }

    Encoding encoding() {
        return encoding;
    }

    /** Makes the ring; where that cannot be, the recorder is off, and says so. */
    void start() {
        worker.start();
        try {
            RingFile made = await(desk.ring());
            recordIn(made);
            registrations.add(ShutdownFlush.register(this::end, String.valueOf(appender.getName())));
            appender.addInfo("recording in [" + made.path() + "]");
        } catch (ExecutionException | TimeoutException e) {
            desk.ring().completeExceptionally(e);
            Throwable cause = e.getCause() == null ? e : e.getCause();
            condition.failed(cause);
            appender.addWarn("cannot make a ring in [" + settings.directory() + "]: " + reason(cause)
                    + "; events are not recorded until the appender is started again");
        }
    }

    private void recordIn(RingFile made) {
        file = made;
        Ring own = new Ring(made.map(), made.header(), this::lost);
        ring = own;
        Recording.Plan plan =
                new Recording.Plan(appender::getFilterChainDecision, encoding, settings.dumpOn(), settings.key(), seal);
        recording = new Recording(plan, own, desk, books, notices);
        condition.working();
    }

    /* An interrupt does not shorten the wait, and is kept. */
    private static RingFile await(CompletableFuture<RingFile> ring) throws ExecutionException, TimeoutException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return ring.get(START_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    void append(ILoggingEvent event) {
        Recording current = recording;
        if (current != null) {
            current.append(event);
        } else {
            books.received.increment();
            books.failed.increment();
        }
    }

    /** The end of the JVM: events are taken to the last moment. */
    private void end() {
        desk.await(STOP_LIMIT);
        markClean();
    }

    private void markClean() {
        RingFile made = file;
        Ring own = ring;
        if (made != null && own != null && !own.isOff() && !made.markClean()) {
            own.fail(new InternalError("the memory does not hold what was written"));
        }
    }

    void stop() {
        registrations.closeAll();
        if (!desk.await(STOP_LIMIT)) {
            appender.addWarn("dumps are not done; gave up after " + Settings.time(STOP_LIMIT));
        }
        abandon();
    }

    /** After a start that failed half-way: nobody may be there to write dumps. */
    void abandon() {
        registrations.closeAll();
        worker.stop();
        worker.join(STOP_LIMIT.toMillis());
        recording = null;
        markClean();
        close(file);
    }

    private void close(@Nullable RingFile made) {
        try {
            if (made != null) {
                made.close();
            }
        } catch (IOException e) {
            appender.addWarn("cannot close [" + made.path() + "]: " + reason(e));
        }
    }

    private void lost(Throwable cause) {
        condition.failed(cause);
        appender.addError("the memory of the ring has failed (its file was made shorter, or its disk has an error);"
                + " events are not recorded until the appender is started again");
    }

    private void notSaved(Path ring, IOException cause) {
        appender.addWarn("the events in [" + ring + "] cannot be saved: " + reason(cause)
                + "; that is tried again at the next start");
    }

    @Override
    public void died(Death death) {
        appender.addWarn(death.sentence());
        if (appender.getContext() instanceof LoggerContext context) {
            context.getLogger(FlightRecorderAppender.class).warn(death.sentence());
        }
    }

    @Override
    public void dumped(Dump dump, long heldBack) {
        dumps.getAndIncrement();
        appender.addInfo("the last " + dump.events() + " events are in ["
                + settings.directory().resolve(dump.file()) + "]"
                + (heldBack == 0 ? "" : "; there was no dump for " + heldBack + " events before"));
    }

    @Override
    public void replaced(RingFile made) {
        RingFile before = file;
        recordIn(made);
        close(before);
        appender.addError(
                "the ring was deleted or moved while it was in use; recording in [" + made.path() + "] from now on");
    }

    @Override
    public void failed(String what, Throwable cause) {
        notices.warn(what, "cannot " + what + ": " + reason(cause));
    }

    /* The text of an I/O error is the operating system's, and quotes no event. */
    private static String reason(Throwable cause) {
        return cause instanceof IOException && cause.getMessage() != null
                ? cause.getClass().getName() + " (" + cause.getMessage() + ")"
                : cause.getClass().getName();
    }

    @Override
    public @Nullable String getRing() {
        RingFile made = file;
        return made == null ? null : made.path().toString();
    }

    @Override
    public long getDumps() {
        return dumps.get();
    }

    @Override
    public @Nullable String dump() {
        Ring own = ring;
        if (own == null || own.isOff()) {
            return null;
        }
        try {
            Dump dump = desk.ask(own.lastEvent()).get(DUMP_LIMIT.toSeconds(), TimeUnit.SECONDS);
            return dump == null
                    ? null
                    : settings.directory().resolve(dump.file()).toString();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        } catch (ExecutionException | TimeoutException e) {
            return null;
        }
    }
}
