package io.inkfast.benchmarks;

import io.inkfast.benchmarks.child.Job;
import io.inkfast.benchmarks.pipe.Peer;
import io.inkfast.benchmarks.pipe.Workload;
import io.inkfast.benchmarks.report.Results;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Runs peers in turn. In each round every peer has its turn before any has the next, and each round begins with another
 * peer, so that what else the machine does hits all of them alike.
 */
final class Rounds {

    private final ChildJvm jvm;
    private final Options options;
    private final Results results;
    private final PrintStream progress;
    private final Set<String> absent = new HashSet<>();

    Rounds(Options options, Results results, PrintStream progress) {
        this.jvm = new ChildJvm(options.classpath, options.directory);
        this.options = options;
        this.results = results;
        this.progress = progress;
    }

    /** Takes one measure of all the peers, so many times. */
    void run(Job.Measure measure, List<Peer> peers, Workload workload, int producers, int rounds)
            throws IOException, InterruptedException {
        for (int round = 0; round < rounds; round++) {
            List<Peer> turn = new ArrayList<>(peers);
            Collections.rotate(turn, -round);
            for (Peer peer : turn) {
                if (peer.writes(workload) && !absent.contains(peer.name())) {
                    run(new Job(measure, peer, workload, producers, options.rateOf(measure), options.quick), round);
                }
            }
        }
    }

    private void run(Job job, int round) throws IOException, InterruptedException {
        String what = "%s %s, %d producer(s), round %d: %s"
                .formatted(
                        job.measure(),
                        job.workload(),
                        job.producers(),
                        round + 1,
                        job.peer().name());
        try {
            results.add(job, jvm.run(job));
            progress.println(what);
        } catch (ChildJvm.Failed e) {
            String reason = String.valueOf(e.getMessage());
            progress.println(what + " - " + reason);
            results.problem(job.peer().name(), reason.lines().findFirst().orElse(""));
            if (e.absent()) {
                absent.add(job.peer().name());
            }
        }
    }
}
