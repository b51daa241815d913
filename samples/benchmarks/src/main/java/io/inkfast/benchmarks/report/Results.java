package io.inkfast.benchmarks.report;

import io.inkfast.benchmarks.child.Job;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The figures of all runs, by what was measured, peer and name of the figure. */
public final class Results {

    /** What is measured: all peers that share it are compared. */
    record Key(Job.Measure measure, String workload, int producers, String peer) {
        static Key of(Job job) {
            return new Key(
                    job.measure(),
                    job.workload().name(),
                    job.producers(),
                    job.peer().name());
        }
    }

    private final Map<Key, Map<String, Series>> figures = new LinkedHashMap<>();
    private final Map<String, String> problems = new LinkedHashMap<>();

    /** Adds the figures of one run. */
    public void add(Job job, Map<String, Double> run) {
        Map<String, Series> known = figures.computeIfAbsent(Key.of(job), key -> new LinkedHashMap<>());
        run.forEach((name, value) ->
                known.computeIfAbsent(name, any -> new Series()).add(value));
    }

    /** Notes why a peer has no figures, or not all. */
    public void problem(String peer, String reason) {
        problems.putIfAbsent(peer, reason);
    }

    /** Peers with a problem, and the first one of each. */
    public Map<String, String> problems() {
        return problems;
    }

    Optional<Series> series(Job.Measure measure, String workload, int producers, String peer, String figure) {
        return Optional.ofNullable(figures.get(new Key(measure, workload, producers, peer)))
                .map(known -> known.get(figure));
    }

    /** Lines that are missing, out of order or no JSON, over all runs of a peer. */
    public long faults(String peer) {
        double faults = 0;
        for (Map.Entry<Key, Map<String, Series>> each : figures.entrySet()) {
            if (each.getKey().peer().equals(peer)) {
                for (String kind : Tables.FAULTS) {
                    Series series = each.getValue().get(kind);
                    faults += series == null ? 0 : series.sum();
                }
            }
        }
        return (long) faults;
    }

    /** Whether there is any figure of this kind. */
    boolean has(Job.Measure measure, String workload) {
        return figures.keySet().stream()
                .anyMatch(key -> key.measure() == measure && key.workload().equals(workload));
    }

    double faults(Job.Measure measure, String workload, int producers, String peer, String kind) {
        return series(measure, workload, producers, peer, kind).map(Series::sum).orElse(0.0);
    }
}
