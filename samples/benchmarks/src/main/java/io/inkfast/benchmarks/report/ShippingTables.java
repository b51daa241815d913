package io.inkfast.benchmarks.report;

import io.inkfast.benchmarks.child.Job;
import io.inkfast.benchmarks.net.Shippers;
import io.inkfast.benchmarks.pipe.Peer;
import io.inkfast.benchmarks.pipe.Workload;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** The tables of the appenders to the network. */
public final class ShippingTables {

    private final Results results;
    private final int rate;

    /** The tables of these results. */
    public ShippingTables(Results results, int rate) {
        this.results = results;
        this.rate = rate;
    }

    @Override
    public String toString() {
        return start().toString() + calls() + appenders();
    }

    private Table start() {
        Table table = new Table(
                "Start with an appender to the network, ms",
                "From the start of the configuration until the first logging call has returned, in a new JVM, and the processor"
                        + " time of the thread that did both. Median [min..max] of the rounds. Less is better.",
                List.of("appender", "its peer", "configured", "first call returned", "processor time"));
        for (Peer each : Shippers.KNOWN) {
            table.row(List.of(
                    Shippers.appender(each),
                    receiving(each),
                    cell(each, "configured_ms"),
                    cell(each, "first_ms"),
                    cell(each, "busy_ms")));
        }
        return table;
    }

    private Table calls() {
        Table table = new Table(
                String.format(Locale.ROOT, "A logging call at %,d calls/s with an appender to the network, ns", rate),
                "From the start of the call, one thread. Median [min..max] of the rounds. Less is better. *Dropped* is by the"
                        + " appender's own account, where it has one; *read* is what the peer had read at the end.",
                List.of("appender", "its peer", "p50", "p99", "p99.9", "max", "calls", "dropped", "read"));
        for (Peer each : Shippers.KNOWN) {
            table.row(List.of(
                    Shippers.appender(each),
                    receiving(each),
                    cell(each, "service_p50"),
                    cell(each, "service_p99"),
                    cell(each, "service_p999"),
                    cell(each, "service_max"),
                    median(each, "calls"),
                    median(each, "dropped"),
                    median(each, "read")));
        }
        return table;
    }

    private static Table appenders() {
        Table table = new Table("Appenders to the network", "", List.of("appender", "what it is"));
        Map<String, String> descriptions = new LinkedHashMap<>();
        Shippers.KNOWN.forEach(each -> descriptions.put(Shippers.appender(each), each.description()));
        descriptions.forEach((name, description) -> table.row(List.of(name, description)));
        return table;
    }

    private static String receiving(Peer peer) {
        return switch (Shippers.receiving(peer.name())) {
            case ABSENT -> "absent";
            case HEALTHY -> "healthy";
            case SLOW -> "slow";
            case NOBODY -> "none";
        };
    }

    private String cell(Peer peer, String figure) {
        return results.series(Job.Measure.SHIP, Workload.W1.name(), 1, peer.name(), figure)
                .map(found -> Table.cell(found.map(Math::rint), OptionalDouble.empty()))
                .orElse("-");
    }

    private String median(Peer peer, String figure) {
        return results.series(Job.Measure.SHIP, Workload.W1.name(), 1, peer.name(), figure)
                .map(found -> Table.number(Math.rint(found.median())))
                .orElse("-");
    }
}
