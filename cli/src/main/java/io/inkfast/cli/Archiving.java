package io.inkfast.cli;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/*
 * Ids of a stream only grow, so what is behind the last archived one is what is not archived: as long as it is the same
 * stream. It is, if it still has that entry, or nothing up to it.
 */
/** Brings a stream into its archive, day by day, and removes from it what is there. One thread. */
final class Archiving {

    /* About how much a page has: how large its entries are is known from the one before. */
    private static final long PAGE_BYTES = 1L << 22;

    private static final int MOST = 1000;
    private static final int FIRST = 100;

    private final Archive archive;
    private final StreamSource source;
    private final boolean trimming;
    private final Progress progress;
    private final Consumer<String> files;
    private int count = FIRST;
    private int written;
    private long entries;
    private long removed;

    /** @param files gets the name of each file that was written */
    Archiving(Archive archive, StreamSource source, boolean trimming, Progress progress, Consumer<String> files) {
        this.archive = archive;
        this.source = source;
        this.trimming = trimming;
        this.progress = progress;
        this.files = files;
    }

    /** @param age of the youngest; null for all days that are over */
    void run(@Nullable Duration age) throws IOException {
        Instant now = source.now();
        Instant end = age == null
                ? now.atOffset(ZoneOffset.UTC).toLocalDate().atStartOfDay().toInstant(ZoneOffset.UTC)
                : now.minus(age);
        StreamId before = StreamId.at(end);
        archive.open();
        ArchiveMark mark = archive.mark();
        if (mark != null) {
            check(mark);
            trim(mark, before);
        }
        StreamId from = mark == null ? StreamId.LOWEST : mark.last().next();
        while (from.compareTo(before) < 0) {
            List<StreamEntry> next = source.read(from, before.previous(), 1);
            if (next.isEmpty()) {
                break;
            }
            from = day(next.get(0).id(), before);
        }
    }

    private void check(ArchiveMark mark) throws IOException {
        if (source.read(StreamId.LOWEST, mark.last(), 1).isEmpty()) {
            return;
        }
        List<StreamEntry> last = source.read(mark.last(), mark.last(), 1);
        if (last.isEmpty() || !last.get(0).digest().equals(mark.digest())) {
            throw new Archive.Unusable(
                    "the archive ends with entry [" + mark.last() + "], and the stream has entries up"
                            + " to that id, but not this one: it is another stream, or was made anew. Nothing is done; name another"
                            + " --out");
        }
    }

    /* Where the next day begins. */
    private StreamId day(StreamId first, StreamId before) throws IOException {
        LocalDate day = first.day();
        StreamId nextDay = StreamId.at(day.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC));
        StreamId end = nextDay.compareTo(before) < 0 ? nextDay : before;
        long[] added = {0};
        String name = archive.add(day, sink -> added[0] = pages(first, end.previous(), sink));
        if (name != null) {
            written++;
            entries += added[0];
            files.accept(name);
            ArchiveMark mark = archive.mark();
            if (mark != null) {
                trim(mark, before);
            }
        }
        return end;
    }

    private long pages(StreamId first, StreamId last, Archive.Sink sink) throws IOException {
        long added = 0;
        StreamId from = first;
        while (from.compareTo(last) <= 0) {
            List<StreamEntry> page = source.read(from, last, count);
            if (page.isEmpty()) {
                break;
            }
            long largest = 1;
            for (StreamEntry entry : page) {
                sink.add(entry);
                largest = Math.max(largest, entry.size());
            }
            added += page.size();
            count = (int) Math.max(1, Math.min(MOST, PAGE_BYTES / largest));
            progress.at(entries + added, "entries");
            from = page.get(page.size() - 1).id().next();
        }
        return added;
    }

    /* Nothing that is younger than was asked for, also if an earlier run has archived it. */
    private void trim(ArchiveMark mark, StreamId before) throws IOException {
        if (trimming) {
            StreamId behind = mark.last().next();
            removed += source.trim(behind.compareTo(before) < 0 ? behind : before);
        }
    }

    /** How many files were written. */
    int written() {
        return written;
    }

    /** How many entries were added to them. */
    long entries() {
        return entries;
    }

    /** How many entries were removed from the stream. */
    long removed() {
        return removed;
    }
}
