package io.inkfast.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkfast.benchmarks.child.Job;
import io.inkfast.benchmarks.pipe.Peer;
import io.inkfast.benchmarks.pipe.Workload;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TablesTest {

    private static final List<Peer> PEERS = List.of(
            Peer.named("lb-async").orElseThrow(),
            Peer.named("lb-async-nf").orElseThrow(),
            Peer.named("tinylog").orElseThrow(),
            Peer.named("inkfast-accelerate").orElseThrow());

    private final Results results = new Results();

    @Test
    void givesMedianRangeAndTheRatioToTheBestPeerThatIsNotInkfast() {
        add("lb-async", 100, 300, 200);
        add("lb-async-nf", 400, 400, 400);
        add("inkfast-accelerate", 800, 700, 1000);

        assertThat(tables())
                .contains("| lb-async | 200 [100..300] x0.50 |")
                .contains("| lb-async-nf | 400 [400..400] x1.00 |")
                .contains("| tinylog | - |")
                .contains("| inkfast-accelerate | 800 [700..1,000] x2.00 |");
    }

    @Test
    void setsInkfastBesideTheBestWithTheSameEncoderTheStockOneAndTheBestOfAll() {
        add("lb-async", 100);
        add("lb-async-nf", 200);
        add("tinylog", 400);
        add("inkfast-accelerate", 300);

        assertThat(tables())
                .contains("| inkfast-accelerate | the best peer with LogstashEncoder | 1.50 |")
                .contains("| inkfast-accelerate | `lb-async`, as shipped | 3.00 |")
                .contains("| inkfast-accelerate | the best that writes JSON and loses nothing | 0.75 |")
                .contains("| inkfast-accelerate | the best peer of all | 0.75 |");
    }

    @Test
    void whoLosesLinesIsNoMeasureForWhoDoesNot() {
        add("lb-async", 100);
        add("tinylog", 400);
        add("inkfast-accelerate", 300);
        results.add(job("tinylog"), Map.of("lost", 1.0));

        assertThat(tables())
                .contains("| inkfast-accelerate | the best that writes JSON and loses nothing | 3.00 |")
                .contains("| inkfast-accelerate | the best peer of all | 0.75 |");
    }

    private void add(String peer, double... rounds) {
        for (double value : rounds) {
            results.add(job(peer), Map.of("events_per_second", value));
        }
    }

    private static Job job(String peer) {
        return new Job(Job.Measure.THROUGHPUT, Peer.named(peer).orElseThrow(), Workload.W1, 1, 1, true);
    }

    private String tables() {
        return new Tables(results, PEERS).throughput(Workload.W1, List.of(1)).toString();
    }
}
