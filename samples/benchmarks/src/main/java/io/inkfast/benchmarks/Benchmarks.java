package io.inkfast.benchmarks;

import io.inkfast.benchmarks.child.Job;
import io.inkfast.benchmarks.elog.Ciphers;
import io.inkfast.benchmarks.flight.Recorders;
import io.inkfast.benchmarks.jmh.JmhRun;
import io.inkfast.benchmarks.journal.Journals;
import io.inkfast.benchmarks.loss.Front;
import io.inkfast.benchmarks.net.Shippers;
import io.inkfast.benchmarks.pipe.Peer;
import io.inkfast.benchmarks.pipe.Workload;
import io.inkfast.benchmarks.redaction.Encoders;
import io.inkfast.benchmarks.redaction.Scanners;
import io.inkfast.benchmarks.report.FrontTables;
import io.inkfast.benchmarks.report.JournalTables;
import io.inkfast.benchmarks.report.Machine;
import io.inkfast.benchmarks.report.RecorderTables;
import io.inkfast.benchmarks.report.RedactionTables;
import io.inkfast.benchmarks.report.Results;
import io.inkfast.benchmarks.report.SealTables;
import io.inkfast.benchmarks.report.ShippingTables;
import io.inkfast.benchmarks.report.Tables;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Measures Inkfast beside its peers and prints tables in Markdown; {@link Options#USAGE} says how. */
public final class Benchmarks {

    /** The floor of the hand-off's allocation. */
    private static final Peer FLOOR = new Peer("floor", Peer.Kind.LOGBACK, "fronts/snapshot.xml", "");

    private final Options options;
    private final PrintStream progress;
    private final Results results = new Results();
    private final StringBuilder report = new StringBuilder();

    private Benchmarks(Options options, PrintStream progress) {
        this.options = options;
        this.progress = progress;
    }

    /** The program. */
    public static void main(String[] arguments) throws Exception {
        Options options;
        try {
            options = Options.of(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.println(Options.USAGE);
            System.exit(2);
            return;
        }
        if (options.command.equals("jmh")) {
            System.out.println(JmhRun.of(options.jmh));
            return;
        }
        String report = report(options, String.join(" ", arguments), System.err);
        System.out.println(report);
        if (options.out.isPresent()) {
            Files.writeString(options.out.get(), report);
        }
    }

    /** Does what the options say; the report as Markdown. */
    static String report(Options options, String commandLine, PrintStream progress)
            throws IOException, InterruptedException {
        return new Benchmarks(options, progress).run(commandLine);
    }

    private String run(String commandLine) throws IOException, InterruptedException {
        report.append("### Benchmarks of ")
                .append(LocalDate.now(ZoneId.systemDefault()))
                .append("\n\n");
        report.append("`java -jar benchmarks.jar ").append(commandLine).append("`\n\n");
        report.append(Machine.describe(String.join(" ", ChildJvm.JVM_OPTIONS)))
                .append(" Rounds: ")
                .append(options.rounds)
                .append(options.quick ? ". **Quick: the times mean nothing.**\n" : ".\n");
        Rounds rounds = new Rounds(options, results, progress);
        Tables tables = new Tables(results, options.peers);
        if (options.wants("throughput")) {
            for (Workload workload : options.workloads) {
                measure(rounds, Job.Measure.THROUGHPUT, workload);
                tables.throughput(workload, options.producersOf(workload));
                tables.allocation(Job.Measure.THROUGHPUT, workload, options.producersOf(workload));
            }
        }
        if (options.command.equals("allocation")) {
            for (Workload workload : options.workloads) {
                measure(rounds, Job.Measure.ALLOCATION, workload);
                tables.allocation(Job.Measure.ALLOCATION, workload, options.producersOf(workload));
            }
        }
        if (options.wants("latency")) {
            rounds.run(Job.Measure.LATENCY, options.peers, Workload.W1, 1, options.rounds);
            tables.latency(Workload.W1, options.rateOf(Job.Measure.LATENCY));
        }
        report.append(tables);
        if (options.wants("allocation")) {
            List<Peer> fronts = new ArrayList<>(List.of(FLOOR));
            Front.KNOWN.stream()
                    .filter(front -> front.kind() != Peer.Kind.LOG4J2)
                    .forEach(fronts::add);
            rounds.run(Job.Measure.HAND_OFF, fronts, Workload.W1, 1, options.rounds);
            report.append(new FrontTables(results, fronts).handOff(FLOOR.name()));
        }
        if (options.wants("loss")) {
            rounds.run(Job.Measure.LOSS, Front.KNOWN, Workload.W1, 1, 1);
            report.append(new FrontTables(results, Front.KNOWN).loss());
        }
        if (options.wants("redaction")) {
            redaction(rounds);
        }
        if (options.wants("flight")) {
            rounds.run(Job.Measure.RECORD, Recorders.KNOWN, Workload.W1, 1, options.rounds);
            report.append(new RecorderTables(results));
        }
        if (options.wants("elog")) {
            rounds.run(Job.Measure.SEAL, Ciphers.KNOWN, Workload.W1, 1, options.rounds);
            report.append(new SealTables(results));
        }
        if (options.wants("journal")) {
            for (int threads : JournalTables.THREADS) {
                rounds.run(Job.Measure.JOURNAL, Journals.KNOWN, Workload.W1, threads, options.rounds);
            }
            report.append(new JournalTables(results));
        }
        if (options.wants("net")) {
            rounds.run(Job.Measure.SHIP, Shippers.KNOWN, Workload.W1, 1, options.rounds);
            report.append(new ShippingTables(results, options.rateOf(Job.Measure.SHIP)));
        }
        legend();
        return report.toString();
    }

    private void measure(Rounds rounds, Job.Measure measure, Workload workload)
            throws IOException, InterruptedException {
        for (int producers : options.producersOf(workload)) {
            rounds.run(measure, options.peers, workload, producers, options.rounds);
        }
    }

    private void redaction(Rounds rounds) throws IOException, InterruptedException {
        RedactionTables redaction = new RedactionTables(results);
        for (Workload workload : options.redactedWorkloads) {
            rounds.run(Job.Measure.ENCODE, Encoders.KNOWN, workload, 1, options.rounds);
            report.append(redaction.encoding(workload));
        }
        rounds.run(Job.Measure.SCAN, Scanners.KNOWN, Workload.W1, 1, options.rounds);
        report.append(redaction.scanning());
    }

    /* Whom the tables name, but for fronts and for appenders to the network, which may drop and have their own table. */
    private List<Peer> shown() {
        List<Peer> shown = new ArrayList<>();
        if (!List.of("redaction", "flight", "journal", "elog", "net").contains(options.command)) {
            shown.addAll(options.peers);
        }
        if (options.wants("redaction")) {
            shown.addAll(Encoders.KNOWN);
            shown.addAll(Scanners.KNOWN);
        }
        if (options.wants("flight")) {
            shown.addAll(Recorders.KNOWN);
        }
        if (options.wants("elog")) {
            shown.addAll(Ciphers.KNOWN);
        }
        if (options.wants("journal")) {
            shown.addAll(Journals.KNOWN);
        }
        return shown;
    }

    private void legend() {
        List<Peer> shown = shown();
        if (!shown.isEmpty()) {
            report.append("\n#### Peers\n\n| peer | what it is |\n|---|---|\n");
        }
        for (Peer peer : shown) {
            report.append("| ")
                    .append(peer.name())
                    .append(" | ")
                    .append(peer.description())
                    .append(" |\n");
        }
        for (Map.Entry<String, String> problem : results.problems().entrySet()) {
            report.append("\n**")
                    .append(problem.getKey())
                    .append("**: ")
                    .append(problem.getValue())
                    .append('\n');
        }
        if (shown.isEmpty()) {
            return;
        }
        List<String> faulty = shown.stream()
                .map(Peer::name)
                .filter(peer -> results.faults(peer) != 0)
                .toList();
        report.append(
                faulty.isEmpty()
                        ? "\nEvery peer that ran wrote every line, in order.\n"
                        : "\nNot lossless: " + String.join(", ", faulty) + ".\n");
    }
}
