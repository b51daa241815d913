package io.inkfast.benchmarks.report;

import io.inkfast.benchmarks.child.Job;
import io.inkfast.benchmarks.flight.Recorders;
import io.inkfast.benchmarks.pipe.Peer;
import io.inkfast.benchmarks.pipe.Workload;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** The table of the flight recorder. */
public final class RecorderTables {

    private static final double MOST_NANOS = 300;

    /** Less than a byte is what the loop itself allocates now and then. */
    private static final double NO_BYTES = 0.5;

    private final Results results;

    /** The table of these results. */
    public RecorderTables(Results results) {
        this.results = results;
    }

    @Override
    public String toString() {
        Table table = new Table(
                "Keeping an event of " + Recorders.EVENT_BYTES + " bytes through the death of the process",
                "Encoding apart. Processor time of the thread, the kernel's included. Median [min..max] of the rounds; `x` is"
                        + " the ratio to `" + Recorders.CHANNEL.name() + "`. The goals are those of `"
                        + Recorders.FLIGHT.name() + "`.",
                List.of("way", "ns/event", "bytes allocated per event"));
        OptionalDouble channel = median(Recorders.CHANNEL, "record_ns");
        for (Peer way : Recorders.KNOWN) {
            boolean judged = way.equals(Recorders.FLIGHT);
            table.row(List.of(
                    way.name(),
                    series(way, "record_ns")
                            .map(nanos -> Table.cell(nanos, channel)
                                    + (judged ? goal(MOST_NANOS, nanos.median() <= MOST_NANOS) : ""))
                            .orElse("-"),
                    series(way, "record_bytes")
                            .map(bytes -> Table.cell(bytes, OptionalDouble.empty())
                                    + (judged ? goal(0, bytes.median() < NO_BYTES) : ""))
                            .orElse("-")));
        }
        return table.toString();
    }

    private static String goal(double goal, boolean met) {
        return "; goal <= " + Table.number(goal) + (met ? ": met" : ": not met");
    }

    private OptionalDouble median(Peer way, String figure) {
        return series(way, figure)
                .map(found -> OptionalDouble.of(found.median()))
                .orElse(OptionalDouble.empty());
    }

    private Optional<Series> series(Peer way, String figure) {
        return results.series(Job.Measure.RECORD, Workload.W1.name(), 1, way.name(), figure);
    }
}
