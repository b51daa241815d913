package io.inkfast.benchmarks.report;

import io.inkfast.benchmarks.child.Job;
import io.inkfast.benchmarks.pipe.Peer;
import io.inkfast.benchmarks.pipe.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The tables that compare fronts before a sink of the benchmark: loss, and the hand-off's allocation. */
public final class FrontTables {

    private final Results results;
    private final List<Peer> fronts;

    /** Tables of these results; the fronts in this order. */
    public FrontTables(Results results, List<Peer> fronts) {
        this.results = results;
        this.fronts = fronts;
    }

    /** Bytes beyond Logback's own, with the floor as a front of that name. */
    public String handOff(String floor) {
        List<String> heads = new ArrayList<>(List.of("front"));
        for (Workload workload : Workload.HARMLESS) {
            heads.add(workload + ": a call");
            heads.add(workload + ": the hand-off's own");
        }
        Table table = new Table(
                "Allocation of the hand-off, bytes per event on the caller's thread",
                "A sink that does nothing; `" + floor + "` is Logback's event and its deferred snapshot alone, and the"
                        + " hand-off's own is what a call allocates beyond that. Measured with `-XX:-DoEscapeAnalysis`, so that the"
                        + " numbers are exact. Median of the rounds.",
                heads);
        for (Peer front : fronts) {
            List<String> cells = new ArrayList<>(List.of(front.name()));
            for (Workload workload : Workload.HARMLESS) {
                String figure = workload.name().toLowerCase(Locale.ROOT) + "_bytes";
                Optional<Series> own = handOffSeries(front.name(), figure);
                Optional<Series> least = handOffSeries(floor, figure);
                cells.add(own.map(series -> Table.number(series.median())).orElse("-"));
                cells.add(
                        own.isPresent() && least.isPresent()
                                ? Table.number(own.get().median() - least.get().median())
                                : "-");
            }
            table.row(cells);
        }
        return table.toString();
    }

    /** Accepted against delivered. */
    public String loss() {
        return losses(
                        "Stop under load",
                        "4 producers log while the front is stopped, again and again. *Accepted*: what the front took by"
                                + " the benchmark's count or, where a front does not say (Log4j), the calls that had"
                                + " returned before the stop.",
                        List.of(
                                "stop_cycles",
                                "stop_calls",
                                "stop_accepted",
                                "stop_delivered",
                                "stop_lost",
                                "stop_lossy_cycles",
                                "stop_early_lost",
                                "stop_stuck"),
                        List.of(
                                "cycles",
                                "calls",
                                "accepted",
                                "delivered",
                                "lost",
                                "cycles with a loss",
                                "lost of calls that had returned before the stop",
                                "producers stuck"))
                + losses(
                        "Interrupted producers",
                        "4 producers, interrupted before each call, and a full queue.",
                        List.of(
                                "interrupt_calls",
                                "interrupt_delivered",
                                "interrupt_lost",
                                "interrupt_flags_lost",
                                "interrupt_stuck"),
                        List.of("calls", "delivered", "lost", "interrupt flags lost", "producers stuck"))
                + losses(
                        "An `Error` in the sink",
                        "The sink throws one `NoClassDefFoundError`; that event is not counted as lost.",
                        List.of("error_calls", "error_returned", "error_delivered", "error_lost", "error_stuck"),
                        List.of("calls", "returned", "delivered", "lost", "producers stuck"));
    }

    private String losses(String title, String note, List<String> figures, List<String> names) {
        List<String> heads = new ArrayList<>(List.of("front"));
        heads.addAll(names);
        Table table = new Table("Loss: " + title, note, heads);
        for (Peer front : fronts) {
            List<String> cells = new ArrayList<>(List.of(front.name()));
            for (String figure : figures) {
                cells.add(results.series(Job.Measure.LOSS, Workload.W1.name(), 1, front.name(), figure)
                        .map(series -> Table.number(series.sum()))
                        .orElse("-"));
            }
            table.row(cells);
        }
        return table.toString();
    }

    private Optional<Series> handOffSeries(String front, String figure) {
        return results.series(Job.Measure.HAND_OFF, Workload.W1.name(), 1, front, figure);
    }
}
