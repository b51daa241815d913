package io.inkfast.benchmarks.report;

import io.inkfast.benchmarks.child.Job;
import io.inkfast.benchmarks.pipe.Peer;
import io.inkfast.benchmarks.pipe.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** The tables, one for each figure: peers down, numbers of producers or figures across. */
public final class Tables {

    static final List<String> FAULTS = List.of("lost", "disordered", "malformed");

    private static final String RATIO =
            "Median [min..max] of the rounds; `x` is the ratio to the best peer that is not Inkfast.";

    private final Results results;
    private final List<Peer> peers;
    private final StringBuilder text = new StringBuilder();

    /** Tables of these results; the peers in this order. */
    public Tables(Results results, List<Peer> peers) {
        this.results = results;
        this.peers = peers;
    }

    /** Adds the tables of the throughput. */
    public Tables throughput(Workload workload, List<Integer> producers) {
        Job.Measure measure = Job.Measure.THROUGHPUT;
        byProducers(
                measure, workload, producers, "events_per_second", true, "events/s until all lines are in the file");
        claims(workload, producers);
        byProducers(measure, workload, producers, "cpu_ns", false, "processor time of the process, ns per event");
        faults(measure, workload, producers);
        return this;
    }

    /** Adds the tables of the allocation. */
    public Tables allocation(Job.Measure measure, Workload workload, List<Integer> producers) {
        byProducers(
                measure,
                workload,
                producers,
                "caller_bytes",
                false,
                "bytes allocated per event on the caller's thread");
        byProducers(measure, workload, producers, "total_bytes", false, "bytes allocated per event by all threads");
        return this;
    }

    /** Adds the tables of the latency. */
    public Tables latency(Workload workload, int rate) {
        for (String kind : List.of("response", "service")) {
            List<String> figures = List.of(kind + "_p50", kind + "_p99", kind + "_p999", kind + "_max");
            String what =
                    kind.equals("response") ? "from the moment when the call was due" : "from the start of the call";
            byFigure(
                    Job.Measure.LATENCY,
                    workload,
                    String.format("%s: %s time of a logging call at %,d calls/s, ns (%s)", workload, kind, rate, what),
                    figures,
                    List.of("p50", "p99", "p99.9", "max"));
        }
        faults(Job.Measure.LATENCY, workload, List.of(1));
        return this;
    }

    @Override
    public String toString() {
        return text.toString();
    }

    private void byProducers(
            Job.Measure measure, Workload workload, List<Integer> producers, String figure, boolean up, String title) {
        if (!results.has(measure, workload.name())) {
            return;
        }
        List<String> heads = new ArrayList<>(List.of("peer"));
        producers.forEach(count -> heads.add(count == 1 ? "1 producer" : count + " producers"));
        Table table = new Table(workload + ": " + title, RATIO + (up ? " More is better." : " Less is better."), heads);
        for (Peer peer : peers) {
            List<String> cells = new ArrayList<>(List.of(peer.name()));
            for (int count : producers) {
                cells.add(results.series(measure, workload.name(), count, peer.name(), figure)
                        .map(series -> Table.cell(series, best(peers, measure, workload, count, figure, up)))
                        .orElse("-"));
            }
            table.row(cells);
        }
        text.append(table);
    }

    private void byFigure(
            Job.Measure measure, Workload workload, String title, List<String> figures, List<String> names) {
        List<String> heads = new ArrayList<>(List.of("peer"));
        heads.addAll(names);
        Table table = new Table(title, RATIO + " Less is better.", heads);
        for (Peer peer : peers) {
            List<String> cells = new ArrayList<>(List.of(peer.name()));
            for (String figure : figures) {
                cells.add(results.series(measure, workload.name(), 1, peer.name(), figure)
                        .map(series -> Table.cell(series, best(peers, measure, workload, 1, figure, false)))
                        .orElse("-"));
            }
            table.row(cells);
        }
        text.append(table);
    }

    private OptionalDouble best(
            List<Peer> among, Job.Measure measure, Workload workload, int producers, String figure, boolean up) {
        var medians = among.stream()
                .filter(peer -> !peer.ours())
                .map(peer -> results.series(measure, workload.name(), producers, peer.name(), figure))
                .flatMap(Optional::stream)
                .mapToDouble(Series::median);
        return up ? medians.max() : medians.min();
    }

    /** Inkfast against what its users had: the best of the peers that encode with LogstashEncoder, and the usual one. */
    private void claims(Workload workload, List<Integer> producers) {
        List<Peer> same = peers.stream()
                .filter(peer -> peer.kind() == Peer.Kind.LOGBACK && Peer.known().contains(peer))
                .toList();
        List<Peer> stock =
                same.stream().filter(peer -> peer.name().equals("lb-async")).toList();
        List<Peer> lossless = peers.stream()
                .filter(peer -> peer.writesJson() && results.faults(peer.name()) == 0)
                .toList();
        List<Peer> ours = peers.stream().filter(Peer::ours).toList();
        if (same.isEmpty() || ours.isEmpty() || !results.has(Job.Measure.THROUGHPUT, workload.name())) {
            return;
        }
        List<String> heads = new ArrayList<>(List.of("peer", "times the events/s of"));
        producers.forEach(count -> heads.add(count == 1 ? "1 producer" : count + " producers"));
        Table table = new Table(workload + ": Inkfast beside the others", "Ratios of the medians above.", heads);
        for (Peer peer : ours) {
            ratios(table, peer, "the best peer with LogstashEncoder", same, workload, producers);
            ratios(table, peer, "`lb-async`, as shipped", stock, workload, producers);
            ratios(table, peer, "the best that writes JSON and loses nothing", lossless, workload, producers);
            ratios(table, peer, "the best peer of all", peers, workload, producers);
        }
        text.append(table);
    }

    private void ratios(
            Table table, Peer peer, String against, List<Peer> among, Workload workload, List<Integer> producers) {
        List<String> cells = new ArrayList<>(List.of(peer.name(), against));
        for (int count : producers) {
            String figure = "events_per_second";
            OptionalDouble best = best(among, Job.Measure.THROUGHPUT, workload, count, figure, true);
            cells.add(results.series(Job.Measure.THROUGHPUT, workload.name(), count, peer.name(), figure)
                    .filter(series -> best.isPresent())
                    .map(series -> Table.ratio(series.median() / best.orElseThrow()))
                    .orElse("-"));
        }
        table.row(cells);
    }

    private void faults(Job.Measure measure, Workload workload, List<Integer> producers) {
        if (!results.has(measure, workload.name())) {
            return;
        }
        Table table = new Table(
                workload + ": the lines of all these runs",
                "Every line is counted; all of them over all rounds.",
                List.of("peer", "lost", "out of order", "no JSON", "bytes a line"));
        for (Peer peer : peers) {
            List<String> cells = new ArrayList<>(List.of(peer.name()));
            for (String kind : FAULTS) {
                double sum = producers.stream()
                        .mapToDouble(count -> results.faults(measure, workload.name(), count, peer.name(), kind))
                        .sum();
                cells.add(Table.number(sum));
            }
            cells.add(results.series(measure, workload.name(), producers.get(0), peer.name(), "line_bytes")
                    .map(series -> Table.number(Math.rint(series.median())))
                    .orElse("-"));
            if (!cells.get(4).equals("-")) {
                table.row(cells);
            }
        }
        text.append(table);
    }
}
