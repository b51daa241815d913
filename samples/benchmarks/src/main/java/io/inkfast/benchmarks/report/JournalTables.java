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

    private static final String RATE = "journal_rate";
    private static final String P50 = "journal_p50";

    /** With one thread there is nothing to write together, so the journal may cost a little: within 10 %. */
    private static final double LEAST_ALONE = 0.9;

    /** With many threads one sync is for all that wait. */
    private static final double LEAST_TOGETHER = 8;

    private static final double MOST_TO_THE_KERNEL = 1.5;

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
                "Median [min..max] of the rounds; `x` is the ratio to the way without Inkfast that brings a record as far."
                        + " The goals are those of `" + Journals.DISK.name() + "` and `" + Journals.OS.name()
                        + "`; nothing is redacted here.",
                List.of("way", "calls/s", "ns/call, p50", "ns/call, p99"));
        for (Peer way : Journals.KNOWN) {
            Peer other = way.name().equals(Journals.DISK.name())
                    ? Journals.SYNC
                    : way.name().equals(Journals.OS.name()) ? Journals.WRITE : way;
            List<String> row = new ArrayList<>(List.of(way.name()));
            for (String figure : List.of(RATE, P50, "journal_p99")) {
                OptionalDouble best = series(other, figure, threads)
                        .map(found -> OptionalDouble.of(found.median()))
                        .orElse(OptionalDouble.empty());
                row.add(series(way, figure, threads)
                        .map(found -> Table.cell(found, best) + goal(way, figure, threads, found, best))
                        .orElse("-"));
            }
            table.row(row);
        }
        return table;
    }

    private static String goal(Peer way, String figure, int threads, Series found, OptionalDouble other) {
        if (other.isEmpty()) {
            return "";
        }
        double ratio = found.median() / other.getAsDouble();
        if (way.name().equals(Journals.DISK.name()) && figure.equals(RATE)) {
            double least = threads == 1 ? LEAST_ALONE : LEAST_TOGETHER;
            return goal(">= ", least, ratio >= least);
        }
        if (way.name().equals(Journals.OS.name()) && figure.equals(P50)) {
            return goal("<= ", MOST_TO_THE_KERNEL, ratio <= MOST_TO_THE_KERNEL);
        }
        return "";
    }

    private static String goal(String sign, double goal, boolean met) {
        return "; goal " + sign + "x" + Table.ratio(goal) + (met ? ": met" : ": not met");
    }

    private Optional<Series> series(Peer way, String figure, int threads) {
        return results.series(Job.Measure.JOURNAL, Workload.W1.name(), threads, way.name(), figure);
    }
}
