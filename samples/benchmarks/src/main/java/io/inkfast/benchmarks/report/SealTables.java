package io.inkfast.benchmarks.report;

import io.inkfast.benchmarks.child.Job;
import io.inkfast.benchmarks.elog.Ciphers;
import io.inkfast.benchmarks.pipe.Peer;
import io.inkfast.benchmarks.pipe.Workload;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** The table of encrypted frames. */
public final class SealTables {

    /** Of the bare cipher's speed. */
    private static final double LEAST_SHARE = 0.85;

    private static final double LEAST_READ = 300;

    private final Results results;

    /** The table of these results. */
    public SealTables(Results results) {
        this.results = results;
    }

    @Override
    public String toString() {
        Table table = new Table(
                "Encrypting " + Ciphers.FRAME_BYTES / 1024 + " KB of a log, and decrypting it",
                "In memory. Processor time of the thread, as MB a second. Median [min..max] of the rounds; `x` is the ratio"
                        + " to `" + Ciphers.JCA.name() + "`. The goals are those of `" + Ciphers.FRAME.name() + "`.",
                List.of("way", "encrypted, MB/s", "decrypted, MB/s"));
        OptionalDouble seal = median("seal_ns");
        OptionalDouble open = median("open_ns");
        for (Peer way : Ciphers.KNOWN) {
            boolean judged = way.equals(Ciphers.FRAME);
            table.row(List.of(
                    way.name(),
                    rate(way, "seal_ns")
                            .map(rate -> Table.cell(rate, seal)
                                    + (judged ? goal("x" + LEAST_SHARE, share(rate, seal) >= LEAST_SHARE) : ""))
                            .orElse("-"),
                    rate(way, "open_ns")
                            .map(rate -> Table.cell(rate, open)
                                    + (judged ? goal(Table.number(LEAST_READ), rate.median() >= LEAST_READ) : ""))
                            .orElse("-")));
        }
        return table.toString();
    }

    private static double share(Series rate, OptionalDouble bare) {
        return bare.isPresent() ? rate.median() / bare.getAsDouble() : 0;
    }

    private static String goal(String goal, boolean met) {
        return "; goal >= " + goal + (met ? ": met" : ": not met");
    }

    private OptionalDouble median(String figure) {
        return rate(Ciphers.JCA, figure)
                .map(found -> OptionalDouble.of(found.median()))
                .orElse(OptionalDouble.empty());
    }

    private Optional<Series> rate(Peer way, String figure) {
        return results.series(Job.Measure.SEAL, Workload.W1.name(), 1, way.name(), figure)
                .map(nanos -> nanos.map(each -> Ciphers.FRAME_BYTES * 1e3 / each));
    }
}
