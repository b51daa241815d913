package io.inkfast.benchmarks.report;

import io.inkfast.benchmarks.child.Job;
import io.inkfast.benchmarks.pipe.Customer;
import io.inkfast.benchmarks.pipe.Peer;
import io.inkfast.benchmarks.pipe.Workload;
import io.inkfast.benchmarks.redaction.Encoders;
import io.inkfast.benchmarks.redaction.Message;
import io.inkfast.benchmarks.redaction.Scanners;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** The tables of what redaction costs: encoders, and the search of a single message. */
public final class RedactionTables {

    private static final double LEAST_TIMES_PLAIN = 2.5;
    private static final double LEAST_TIMES_MASKING = 50;
    private static final double MOST_BYTES = 64;

    private final Results results;

    /** Tables of these results. */
    public RedactionTables(Results results) {
        this.results = results;
    }

    /** One workload: the encoders down. */
    public String encoding(Workload workload) {
        List<String> heads = new ArrayList<>(List.of(
                "encoder",
                "ns/event",
                "times as fast as `" + Encoders.PLAIN.name() + "`",
                "times as fast as `" + Encoders.MASKING.name() + "`",
                "bytes allocated per event",
                "bytes a line"));
        if (workload == Workload.WM) {
            heads.add("can still be read");
        }
        Table table = new Table(
                workload + ": encoding a prepared event",
                "Processor time of the thread. Median [min..max] of the rounds; ratios round by round. The goals are"
                        + " those of `" + Encoders.REDACTING.name() + "`.",
                heads);
        for (Peer encoder : Encoders.KNOWN) {
            boolean judged = encoder.equals(Encoders.REDACTING);
            List<String> cells = new ArrayList<>(List.of(encoder.name()));
            cells.add(cell(encode(workload, encoder, "encode_ns")));
            Optional<Series> timesPlain = timesAsFast(workload, encoder, Encoders.PLAIN);
            Optional<Series> timesMasking = timesAsFast(workload, encoder, Encoders.MASKING);
            Optional<Series> bytes = encode(workload, encoder, "encode_bytes");
            cells.add(
                    judged && workload != Workload.WM
                            ? cell(timesPlain) + atLeast(LEAST_TIMES_PLAIN, timesPlain)
                            : cell(timesPlain));
            cells.add(judged ? cell(timesMasking) + atLeast(LEAST_TIMES_MASKING, timesMasking) : cell(timesMasking));
            cells.add(judged ? cell(bytes) + atMost(MOST_BYTES, bytes) : cell(bytes));
            cells.add(encode(workload, encoder, "line_bytes")
                    .map(series -> Table.number(Math.rint(series.median())))
                    .orElse("-"));
            if (workload == Workload.WM) {
                cells.add(left(encoder));
            }
            table.row(cells);
        }
        return table.toString();
    }

    /** The search of single messages. */
    public String scanning() {
        return scanning(
                        "Searching a message of 120 characters, ns",
                        "Processor time of the thread. Median [min..max] of the rounds; `x` is the ratio to `"
                                + Scanners.PATTERNS.name()
                                + "`. *Redacted*: there is something to hide in that message.",
                        "_ns")
                + scanning("Searching a message of 120 characters, bytes allocated", "", "_bytes");
    }

    private String scanning(String title, String note, String figure) {
        List<String> heads = new ArrayList<>(List.of("scanner"));
        for (Message kind : Message.values()) {
            heads.add(kind.figure().replace('_', ' '));
        }
        Table table = new Table(title, note, heads);
        for (Peer scanner : Scanners.KNOWN) {
            List<String> cells = new ArrayList<>(List.of(scanner.name()));
            for (Message kind : Message.values()) {
                Optional<Series> found = scan(scanner, kind.figure() + "_found");
                String mark = found.isPresent() && found.get().median() > 0 ? ", redacted" : "";
                OptionalDouble against = scan(Scanners.PATTERNS, kind.figure() + figure)
                        .map(series -> OptionalDouble.of(series.median()))
                        .orElse(OptionalDouble.empty());
                cells.add(scan(scanner, kind.figure() + figure)
                        .map(series -> Table.cell(series, against) + mark)
                        .orElse("-"));
            }
            table.row(cells);
        }
        return table.toString();
    }

    private String left(Peer encoder) {
        List<String> kinds = Customer.of(0).secrets().keySet().stream()
                .filter(kind -> encode(Workload.WM, encoder, "left_" + kind)
                        .map(series -> series.sum() > 0)
                        .orElse(false))
                .toList();
        boolean ran = encode(Workload.WM, encoder, "encode_ns").isPresent();
        return !ran ? "-" : kinds.isEmpty() ? "nothing" : String.join(", ", kinds);
    }

    private Optional<Series> timesAsFast(Workload workload, Peer encoder, Peer against) {
        return encode(workload, against, "encode_ns")
                .flatMap(theirs -> encode(workload, encoder, "encode_ns").map(theirs::over));
    }

    private static String cell(Optional<Series> series) {
        return series.map(each -> Table.cell(each, OptionalDouble.empty())).orElse("-");
    }

    private static String atLeast(double goal, Optional<Series> series) {
        return series.map(each -> goal(">= ", goal, each.median() >= goal)).orElse("");
    }

    private static String atMost(double goal, Optional<Series> series) {
        return series.map(each -> goal("<= ", goal, each.median() <= goal)).orElse("");
    }

    private static String goal(String sign, double goal, boolean met) {
        return "; goal " + sign + Table.number(goal) + (met ? ": met" : ": not met");
    }

    private Optional<Series> encode(Workload workload, Peer encoder, String figure) {
        return results.series(Job.Measure.ENCODE, workload.name(), 1, encoder.name(), figure);
    }

    private Optional<Series> scan(Peer scanner, String figure) {
        return results.series(Job.Measure.SCAN, Workload.W1.name(), 1, scanner.name(), figure);
    }
}
