package io.inkfast.wal;

import io.inkfast.component.Losses;
import io.inkfast.component.Notices;
import io.inkfast.internal.Directory;
import io.inkfast.internal.Settings;
import io.inkfast.internal.SystemDirectory;
import io.inkfast.internal.Ticker;
import io.inkfast.journal.DirectoryLock;
import io.inkfast.journal.Journal;
import io.inkfast.journal.JournalSettings;
import io.inkfast.wal.WalDirectory.Taken;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Opens a write-ahead appender's journal, and those that processes have left behind in its directory. One start. */
final class WalJournals {

    private final WriteAheadAppender appender;
    private final WalSettings.Values values;
    private final JournalKeys keys;
    private final Notices notices;
    private final JournalNews ownNews;
    private final String owner;

    /* The owner in a text of JSON. */
    private final String ownerText;

    private final WalDirectory directory;

    WalJournals(
            WriteAheadAppender appender,
            WalSettings.Values values,
            JournalKeys keys,
            Notices notices,
            JournalNews ownNews) {
        this.appender = appender;
        this.values = values;
        this.keys = keys;
        this.notices = notices;
        this.ownNews = ownNews;
        owner = "application=" + line(String.valueOf(appender.getContext().getName())) + "\nappender="
                + line(String.valueOf(appender.getName())) + "\n";
        ownerText = owner.replaceAll("[\"\\\\\\p{Cntrl}]", " ").trim();
        directory = new WalDirectory(values.directory(), owner);
    }

    /** What is to be read, in this order, the own journal last; nothing, and every problem in {@code settings}, if that cannot be. */
    List<Source> open(Settings settings) {
        List<Source> sources = new ArrayList<>();
        try {
            open(sources, settings);
            if (settings.problems().isEmpty()) {
                return sources;
            }
        } catch (IOException | RuntimeException e) {
            String words = "<directory> [" + values.directory() + "] cannot be used: "
                    + e.getClass().getName() + ": " + e.getMessage();
            if (values.onUnavailable() == OnUnavailable.DEGRADE) {
                sources.forEach(Source::close);
                return degraded(words, settings);
            }
            settings.problem(words);
        } catch (Error e) {
            sources.forEach(Source::close);
            throw e;
        }
        sources.forEach(Source::close);
        return List.of();
    }

    /* Without a journal, until the directory can be used. */
    private List<Source> degraded(String words, Settings settings) {
        OwnDirectory late = new OwnDirectory(directory, values.onLocked(), null);
        try {
            Source source = source(late, late::close, values.directory(), true);
            appender.addWarn("appender [" + appender.getName() + "]: " + words);
            return List.of(source);
        } catch (IOException | RuntimeException e) {
            settings.problem(words);
            return List.of();
        }
    }

    private void open(List<Source> sources, Settings settings) throws IOException {
        Taken own = directory.own(values.onLocked());
        if (own == null) {
            settings.problem("<directory> [" + values.directory() + "] is in use by another appender or process");
            return;
        }
        if (!own.path().equals(values.directory())) {
            appender.addInfo("appender [" + appender.getName() + "]: <directory> [" + values.directory()
                    + "] is in use by another process; the journal of this one is in [" + own.path() + "]");
        }
        OwnDirectory kept = new OwnDirectory(directory, values.onLocked(), own);
        try {
            adoptOthers(own.path(), sources);
        } catch (RuntimeException | Error e) {
            kept.close();
            throw e;
        }
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
        if (other != null && mine.waiting() > 0) {
            settings.problem("<directory> [" + own.path() + "] has undelivered events of another appender (" + other
                    + "); use another directory, or save them with inkfast recover");
            return;
        }
        directory.mark(own.path());
    }

    /* What processes have left behind. Nothing about it keeps the appender from starting. */
    private void adoptOthers(Path own, List<Source> sources) {
        try {
            directory.others(own).forEach(other -> adopt(other, sources));
        } catch (IOException e) {
            cannotRead(values.directory(), e);
        }
    }

    private void adopt(Path other, List<Source> sources) {
        try {
            DirectoryLock lock = DirectoryLock.take(other);
            if (lock != null) {
                AdoptedPlace place = new AdoptedPlace(other, lock, notices);
                adopt(source(new SystemDirectory(other), place, other, false), other, sources);
            }
        } catch (IOException | RuntimeException e) {
            cannotRead(other, e);
        }
    }

    private void cannotRead(Path left, Exception e) {
        appender.addWarn("appender [" + appender.getName() + "]: the journal that was left in [" + left
                + "] cannot be read: " + e.getClass().getName());
    }

    private void adopt(Source left, Path path, List<Source> sources) throws IOException {
        if (!WalDirectory.isMarked(path)
                && !left.journal().metas().stream().allMatch(meta -> meta.contains(ownerText))) {
            left.close();
        } else if (left.isLocked()) {
            left.close();
            appender.addWarn("appender [" + appender.getName() + "]: the journal that was left in [" + path
                    + "] is encrypted with " + left.missingKeys() + ", which <keyset> does not open; it stays there");
        } else {
            sources.add(left);
        }
    }

    private Source source(Directory files, Source.Place place, Path path, boolean own) throws IOException {
        JournalNews news = own ? ownNews : new JournalNews(appender, path.toString(), new Losses());
        JournalSettings settings = JournalSettings.defaults()
                .withReserve(own ? values.reserveBytes() : 0)
                .withMax(values.maxBytes())
                .withMeta("{\"owner\":\"" + ownerText + "\",\"pid\":"
                        + ProcessHandle.current().pid() + keys.members() + "}");
        Journal journal = null;
        try {
            journal = Journal.open(files, settings, news, Ticker.SYSTEM, WalJournals::micros);
            Source source = new Source(journal, journal.cursor(), place, own, keys.opener(journal));
            report(path, source);
            return source;
        } catch (IOException | RuntimeException | Error e) {
            if (journal != null) {
                journal.close(0);
            }
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
            appender.addInfo("journal [" + path + "]: " + waiting + " events of an earlier run are delivered first");
        }
    }

    private static long micros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }

    private static String line(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }
}
