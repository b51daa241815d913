package io.inkfast.benchmarks.report;

import io.inkfast.benchmarks.child.Job;
import io.inkfast.benchmarks.journal.Journals;
import io.inkfast.benchmarks.pipe.Peer;
import io.inkfast.benchmarks.pipe.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** The tables of the journal. */
public final class JournalTables {

    /** The numbers of threads that are measured. */
    public static final List<Integer> THREADS = List.of(1, 16);

    private final Results results;

    /** The tables of these results. */
    public JournalTables(Results results) {
        this.results = results;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int threads : THREADS) {
            text.append(table(threads));
        }
        return text.toString();
    }

    private Table table(int threads) {
        Table table = new Table(
                "Journalling records of " + Journals.RECORD_BYTES + " bytes, " + threads
                        + (threads == 1 ? " thread" : " threads"),
                "Median [min..max] of the rounds; `x` is the ratio to the way without Inkfast that brings a record as far.",
                List.of("way", "calls/s", "ns/call, p50", "ns/call, p99"));
        for (Peer way : Journals.KNOWN) {
            Peer other = way.name().equals(Journals.DISK.name())
                    ? Journals.SYNC
                    : way.name().equals(Journals.OS.name()) ? Journals.WRITE : way;
            List<String> row = new ArrayList<>(List.of(way.name()));
            for (String figure : List.of("journal_rate", "journal_p50", "journal_p99")) {
                OptionalDouble best = series(other, figure, threads)
                        .map(found -> OptionalDouble.of(found.median()))
                        .orElse(OptionalDouble.empty());
                row.add(series(way, figure, threads)
                        .map(found -> Table.cell(found, best))
                        .orElse("-"));
            }
            table.row(row);
        }
        return table;
    }

    private Optional<Series> series(Peer way, String figure, int threads) {
        return results.series(Job.Measure.JOURNAL, Workload.W1.name(), threads, way.name(), figure);
    }
}
