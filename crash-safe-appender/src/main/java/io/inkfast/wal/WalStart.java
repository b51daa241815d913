package io.inkfast.wal;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.spi.AppenderAttachable;
import io.inkfast.component.AnsweringAppender;
import io.inkfast.component.BatchAppender;
import io.inkfast.component.ConfigurationCheck;
import io.inkfast.component.DurableOnReturn;
import io.inkfast.component.EventRedactor;
import io.inkfast.component.HandMadeContext;
import io.inkfast.component.Losses;
import io.inkfast.component.Notices;
import io.inkfast.component.SinkWiring;
import io.inkfast.component.WritesEventId;
import io.inkfast.internal.Directory;
import io.inkfast.internal.Settings;
import io.inkfast.internal.SystemDirectory;
import io.inkfast.internal.Ticker;
import io.inkfast.journal.DirectoryLock;
import io.inkfast.journal.Journal;
import io.inkfast.journal.JournalSettings;
import io.inkfast.keys.RecordSeal;
import io.inkfast.mask.Redaction;
import io.inkfast.wal.WalDirectory.Taken;
import io.inkfast.wal.event.EventCodec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Checks a write-ahead appender's configuration, and opens what it needs. One start. */
final class WalStart {

    private final WriteAheadAppender appender;
    private final List<Appender<ILoggingEvent>> sinks;
    private final @Nullable Redaction redaction;
    private final WalSettings.Values values;
    private final WalBooks books;
    private final Notices notices;
    private final String owner;
    private final JournalNews ownNews;
    private JournalKeys keys = new JournalKeys(null, null);

    WalStart(
            WriteAheadAppender appender,
            List<Appender<ILoggingEvent>> sinks,
            @Nullable Redaction redaction,
            WalSettings.Values values,
            WalBooks books,
            Notices notices) {
        this.appender = appender;
        this.sinks = sinks;
        this.redaction = redaction;
        this.values = values;
        this.books = books;
        this.notices = notices;
        ownNews = new JournalNews(appender, values.directory().toString(), books.dropped);
        String application = appender.getContext() == null
                ? "default"
                : String.valueOf(appender.getContext().getName());
        owner = "application=" + line(application) + "\nappender=" + line(String.valueOf(appender.getName())) + "\n";
    }

    /** What runs from now on; null, and every problem in {@code settings}, if the appender cannot start. */
    @Nullable
    WriteAhead prepare(Settings settings) {
        SinkWiring.check(appender, sinks, settings);
        HandMadeContext.complete(appender.getContext());
        ConfigurationCheck.problems(appender).forEach(settings::problem);
        if (appender.getContext() == null) {
            settings.problem("no context is set");
            return null;
        }
        EventRedactor redactor = redactor(settings);
        keys = JournalKeys.of(appender, values, settings);
        if (!settings.problems().isEmpty()) {
            redactor.retire();
            return null;
        }
        WriteAhead run = open(settings, redactor);
        if (run == null) {
            redactor.retire();
        }
        return run;
    }

    private @Nullable WriteAhead open(Settings settings, EventRedactor redactor) {
        List<Source> sources = new ArrayList<>();
        try {
            open(sources, settings);
            if (settings.problems().isEmpty()) {
                return build(sources, redactor);
            }
        } catch (IOException | RuntimeException e) {
            String words = "<directory> [" + values.directory() + "] cannot be used: "
                    + e.getClass().getName() + ": " + e.getMessage();
            if (values.onUnavailable() == OnUnavailable.DEGRADE) {
                sources.forEach(source -> source.close());
                return degraded(words, settings, redactor);
            }
            settings.problem(words);
        }
        sources.forEach(source -> source.close());
        return null;
    }

    /* Without a journal, until the directory can be used. */
    private @Nullable WriteAhead degraded(String words, Settings settings, EventRedactor redactor) {
        OwnDirectory late = new OwnDirectory(new WalDirectory(values.directory(), owner), values.onLocked(), null);
        try {
            Source source = source(late, late::close, values.directory(), true);
            appender.addWarn("appender [" + appender.getName() + "]: " + words);
            return build(List.of(source), redactor);
        } catch (IOException | RuntimeException e) {
            settings.problem(words);
            return null;
        }
    }

    /* The own rules, else those of the encoders behind. */
    private EventRedactor redactor(Settings settings) {
        if (redaction == null) {
            List<EventRedactor> behind = sinks.stream()
                    .map(EventRedactor::of)
                    .filter(Objects::nonNull)
                    .toList();
            for (EventRedactor each : behind) {
                if (!each.rules().equals(behind.get(0).rules())) {
                    settings.problem(
                            "the encoders behind this appender redact differently; say with <redaction> what is"
                                    + " hidden in the journal");
                    break;
                }
            }
            if (!behind.isEmpty()) {
                return behind.get(0);
            }
        }
        Redaction rules = redaction == null ? new Redaction() : redaction;
        rules.setContext(appender.getContext());
        return rules.forStorage(appender, settings::problem);
    }

    private void open(List<Source> sources, Settings settings) throws IOException {
        WalDirectory directory = new WalDirectory(values.directory(), owner);
        Taken own = directory.own(values.onLocked());
        if (own == null) {
            settings.problem("<directory> [" + values.directory() + "] is in use by another appender or process");
            return;
        }
        adopt(directory, own.path(), sources);
        OwnDirectory kept = new OwnDirectory(directory, values.onLocked(), own);
        Source mine = source(kept, kept::close, own.path(), true);
        sources.add(mine);
        if (mine.isLocked()) {
            settings.problem("<directory> [" + own.path() + "] has undelivered events that are encrypted with "
                    + mine.missingKeys()
                    + ", which <keyset> does not open; give the keyset that they were written with");
            return;
        }
        if (values.onUnavailable() == OnUnavailable.FAIL && mine.journal().isDegraded()) {
            settings.problem("<directory> [" + own.path() + "] cannot be written");
            return;
        }
        String other = WalDirectory.other(own.path(), owner);
        if (other != null && mine.journal().deliveredLsn() + 1 < mine.journal().firstLsn()) {
            settings.problem("<directory> [" + own.path() + "] has undelivered events of another appender (" + other
                    + "); use another directory, or save them with inkfast recover");
            return;
        }
        directory.mark(own.path());
    }

    /* What processes have left behind. Nothing about it keeps the appender from starting. */
    private void adopt(WalDirectory directory, Path own, List<Source> sources) {
        Path tried = values.directory();
        try {
            for (Path other : directory.others(own)) {
                tried = other;
                DirectoryLock lock = DirectoryLock.take(other);
                if (lock != null) {
                    adopt(
                            source(new SystemDirectory(other), new AdoptedPlace(other, lock, notices), other, false),
                            other,
                            sources);
                }
            }
        } catch (IOException | RuntimeException e) {
            appender.addWarn("appender [" + appender.getName() + "]: the journal that was left in [" + tried
                    + "] cannot be read: " + e.getClass().getName());
        }
    }

    private void adopt(Source left, Path path, List<Source> sources) {
        if (left.isLocked()) {
            left.close();
            appender.addWarn("appender [" + appender.getName() + "]: the journal that was left in [" + path
                    + "] is encrypted with " + left.missingKeys() + ", which <keyset> does not open; it stays there");
        } else {
            sources.add(left);
        }
    }

    private Source source(Directory directory, Source.Place place, Path path, boolean own) throws IOException {
        JournalNews news = own ? ownNews : new JournalNews(appender, path.toString(), new Losses());
        JournalSettings settings = JournalSettings.defaults()
                .withReserve(own ? values.reserveBytes() : 0)
                .withMax(values.maxBytes())
                .withMeta("{\"owner\":\""
                        + owner.replaceAll("[\"\\\\\\p{Cntrl}]", " ").trim() + "\",\"pid\":"
                        + ProcessHandle.current().pid() + keys.members() + "}");
        try {
            Journal journal = Journal.open(directory, settings, news, Ticker.SYSTEM, WalStart::micros);
            Source source = new Source(journal, journal.cursor(), place, own, keys.opener(journal));
            report(path, source);
            return source;
        } catch (IOException | RuntimeException | Error e) {
            place.release();
            throw e;
        }
    }

    private void report(Path path, Source source) {
        Journal journal = source.journal();
        long waiting = source.waiting();
        if (!journal.lost().isEmpty()) {
            // No error: what is lost does not come back if Spring Boot refuses to start.
            appender.addWarn("journal [" + path + "]: records that had been confirmed are missing: "
                    + String.join(", ", journal.lost()));
        }
        if (waiting > 0) {
            appender.addInfo("journal [" + path + "]: " + waiting + " records of an earlier run are delivered first");
        }
    }

    private WriteAhead build(List<Source> sources, EventRedactor redactor) {
        Source own = sources.get(sources.size() - 1);
        EventCodec codec = new EventCodec(
                redactor,
                appender.getContext(),
                values.includeCallerData(),
                JournalSettings.LARGEST_RECORD - RecordSeal.OVERHEAD);
        List<Destination> destinations = new ArrayList<>();
        for (Appender<ILoggingEvent> sink : sinks) {
            WritesEventId.switchOn(sink);
            destinations.add(
                    sink instanceof BatchAppender batches ? new BatchDestination(batches) : new PlainDestination(sink));
            if (sink instanceof AppenderAttachable<?> && !isAnswering(sink)) {
                appender.addWarn("appender [" + appender.getName() + "]: [" + sink.getName()
                        + "] takes events before the appenders behind it do, and what it drops or they do not take is"
                        + " lost; let this appender refer to them directly");
            }
            if (!(sink instanceof BatchAppender || sink instanceof FileAppender)) {
                appender.addInfo("appender [" + appender.getName() + "]: delivery=FLUSHED for [" + sink.getName()
                        + "], which cannot say when an event is safe; after an unclean end its last minute is delivered"
                        + " again");
            }
        }
        Deliverer deliverer = new Deliverer(
                sources, new Destinations(destinations, notices), codec, books, notices, ownNews::take, Ticker.SYSTEM);
        return new WriteAhead(
                own,
                deliverer,
                appender::getFilterChainDecision,
                codec,
                books,
                values,
                keys.seal(),
                String.valueOf(appender.getName()),
                ownNews);
    }

    private static boolean isAnswering(Appender<ILoggingEvent> sink) {
        return sink instanceof BatchAppender || sink instanceof AnsweringAppender || sink instanceof DurableOnReturn;
    }

    private static long micros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }

    private static String line(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }
}
