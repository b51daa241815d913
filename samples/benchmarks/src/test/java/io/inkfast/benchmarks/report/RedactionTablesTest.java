package io.inkfast.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkfast.benchmarks.child.Job;
import io.inkfast.benchmarks.pipe.Peer;
import io.inkfast.benchmarks.pipe.Workload;
import io.inkfast.benchmarks.redaction.Encoders;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RedactionTablesTest {

    private final Results results = new Results();

    @Test
    void comparesRoundByRoundAndSetsTheGoalsBeside() {
        add(Encoders.PLAIN, 700, 1000, 900);
        add(Encoders.MASKING, 20_000, 20_000, 20_000);
        add(Encoders.REDACTING, 350, 250, 300);

        assertThat(table(Workload.W1))
                .contains("| redacting | 300 [250..350] | 3 [2..4]; goal >= 2.50: met |"
                        + " 66.67 [57.14..80]; goal >= 50: met | 65 [65..65]; goal <= 64: not met | 321 |")
                .contains("| logstash | 900 [700..1,000] | 1 [1..1] | 22.22 [20..28.57] |");
    }

    @Test
    void hasNoGoalAgainstWhoHidesNothingWhereThereIsSomethingToHide() {
        assertThat(table(Workload.WM)).contains("| redacting | - | - | - | - | - | - |");
        assertThat(table(Workload.WM)).doesNotContain("2.50");
    }

    private void add(Peer encoder, double... rounds) {
        Job job = new Job(Job.Measure.ENCODE, encoder, Workload.W1, 1, 1, true);
        for (double value : rounds) {
            results.add(job, Map.of("encode_ns", value, "encode_bytes", 65.0, "line_bytes", 321.0));
        }
    }

    private String table(Workload workload) {
        return new RedactionTables(results).encoding(workload);
    }
}
