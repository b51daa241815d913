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
import io.inkfast.component.Notices;
import io.inkfast.component.SinkWiring;
import io.inkfast.component.WritesEventId;
import io.inkfast.internal.Settings;
import io.inkfast.internal.Ticker;
import io.inkfast.journal.JournalSettings;
import io.inkfast.keys.RecordSeal;
import io.inkfast.mask.Redaction;
import io.inkfast.wal.event.EventCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Checks a write-ahead appender's configuration, and joins its parts. One start. */
final class WalStart {

    private final WriteAheadAppender appender;
    private final List<Appender<ILoggingEvent>> sinks;
    private final @Nullable Redaction redaction;
    private final WalSettings.Values values;
    private final WalBooks books;
    private final Notices notices;
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
        List<Source> sources = new WalJournals(appender, values, keys, notices, ownNews).open(settings);
        if (sources.isEmpty()) {
            redactor.retire();
            return null;
        }
        try {
            return build(sources, redactor);
        } catch (Throwable e) {
            sources.forEach(Source::close);
            redactor.retire();
            throw e;
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
                        + "], which cannot say when an event is safe; after an unclean end up to its last minute is delivered"
                        + " again");
            }
        }
        Deliverer deliverer = new Deliverer(
                sources,
                new Destinations(destinations, notices),
                codec::decode,
                books,
                notices,
                ownNews::take,
                Ticker.SYSTEM);
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
}
