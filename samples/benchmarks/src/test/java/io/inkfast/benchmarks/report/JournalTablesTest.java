package io.inkfast.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkfast.benchmarks.child.Job;
import io.inkfast.benchmarks.journal.Journals;
import io.inkfast.benchmarks.pipe.Peer;
import io.inkfast.benchmarks.pipe.Workload;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JournalTablesTest {

    private final Results results = new Results();

    @Test
    void setsTheGoalsBesideTheRatios() {
        add(Journals.DISK, 1, 900, 120);
        add(Journals.SYNC, 1, 1000, 100);
        add(Journals.OS, 1, 500, 151);
        add(Journals.WRITE, 1, 1000, 100);
        add(Journals.DISK, 16, 7999, 10);
        add(Journals.SYNC, 16, 1000, 100);
        add(Journals.OS, 16, 500, 150);
        add(Journals.WRITE, 16, 1000, 100);

        assertThat(tables())
                .contains("| journal-disk | 900 x0.90; goal >= x0.90: met | 120 x1.20 | 9 x1.00 |")
                .contains("| journal-os | 500 x0.50 | 151 x1.51; goal <= x1.50: not met | 9 x1.00 |")
                .contains("| journal-disk | 7,999 x8.00; goal >= x8.00: not met | 10 x0.10 | 9 x1.00 |")
                .contains("| journal-os | 500 x0.50 | 150 x1.50; goal <= x1.50: met | 9 x1.00 |")
                .contains("| write-fdatasync | 1,000 x1.00 | 100 x1.00 | 9 x1.00 |");
    }

    @Test
    void hasNoGoalWhereThereIsNothingToCompareWith() {
        add(Journals.DISK, 1, 900, 120);
        add(Journals.OS, 1, 900, 120);

        assertThat(tables()).contains("| journal-disk | 900 | 120 | 9 |").doesNotContain("; goal");
    }

    private void add(Peer way, int threads, double rate, double p50) {
        results.add(
                new Job(Job.Measure.JOURNAL, way, Workload.W1, threads, 1, true),
                Map.of("journal_rate", rate, "journal_p50", p50, "journal_p99", 9.0));
    }

    private String tables() {
        return new JournalTables(results).toString();
    }
}
