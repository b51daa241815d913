package io.inkfast.benchmarks;

import io.inkfast.benchmarks.child.Job;
import io.inkfast.benchmarks.pipe.Peer;
import io.inkfast.benchmarks.pipe.Workload;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The command line, read. */
final class Options {

    static final String USAGE = """
            java -jar benchmarks.jar [throughput|latency|allocation|loss|redaction|flight|journal|elog|net|jmh|all] [options]
              --quick                  few events: shows that everything works, its times mean nothing
              --rounds N               how often each figure is taken (3; with --quick 1)
              --peers a,b              only these of the peers that come with the program
              --peer-config name=file  one more peer: any Logback configuration that writes to ${LOG_FILE}
              --classpath path         more jars for the peers
              --producers 1,2,4        numbers of producers of the throughput of W1, and of the allocation
              --workloads w1,w2,w3,wm  all but W1 are measured with 2 producers; unless it is named, WM is measured
                                       in redaction only
              --rate N                 calls a second of the latency (50000), and of net (5000)
              --directory DIR          where the peers write their lines (the temporary directory)
              --out FILE.md            the report, also printed
            jmh passes what follows it on to JMH.
            """;

    private static final List<String> COMMANDS = List.of(
            "throughput",
            "latency",
            "allocation",
            "loss",
            "redaction",
            "flight",
            "journal",
            "elog",
            "net",
            "jmh",
            "all");

    String command = "all";
    boolean quick;
    int rounds;
    OptionalInt rate = OptionalInt.empty();
    List<Peer> peers = new ArrayList<>(Peer.known());
    List<Integer> producers = List.of(1, 2, 4);
    List<Workload> workloads = Workload.HARMLESS;
    List<Workload> redactedWorkloads = List.of(Workload.values());
    String classpath = "";
    Path directory = Path.of(System.getProperty("java.io.tmpdir"));
    Optional<Path> out = Optional.empty();
    List<String> jmh = List.of();

    private Options() {}

    /** Reads the arguments; says what is wrong with them by an IllegalArgumentException. */
    static Options of(String... arguments) {
        Options options = new Options();
        List<Peer> external = new ArrayList<>();
        int at = 0;
        if (arguments.length > 0 && !arguments[0].startsWith("--")) {
            options.command = arguments[0];
            at = 1;
            if (!COMMANDS.contains(options.command)) {
                throw new IllegalArgumentException(
                        "unknown command [" + options.command + "], there are " + String.join(", ", COMMANDS));
            }
        }
        if (options.command.equals("jmh")) {
            options.jmh = List.of(arguments).subList(at, arguments.length);
            return options;
        }
        while (at < arguments.length) {
            String option = arguments[at++];
            if (option.equals("--quick")) {
                options.quick = true;
                continue;
            }
            if (at == arguments.length) {
                throw new IllegalArgumentException("unknown option, or one without a value: [" + option + "]");
            }
            String value = arguments[at++];
            switch (option) {
                case "--rounds" -> options.rounds = positive(option, value);
                case "--rate" -> options.rate = OptionalInt.of(positive(option, value));
                case "--peers" -> options.peers = peers(value);
                case "--peer-config" -> external.add(external(value));
                case "--classpath" -> options.classpath = value;
                case "--producers" ->
                    options.producers = split(value).stream()
                            .map(count -> positive(option, count))
                            .toList();
                case "--workloads" -> {
                    options.workloads = split(value).stream().map(Workload::of).toList();
                    options.redactedWorkloads = options.workloads;
                }
                case "--directory" -> options.directory = Path.of(value);
                case "--out" -> options.out = Optional.of(Path.of(value));
                default -> throw new IllegalArgumentException("unknown option [" + option + "]");
            }
        }
        options.peers = new ArrayList<>(options.peers);
        options.peers.addAll(external);
        options.rounds = options.rounds > 0 ? options.rounds : options.quick ? 1 : 3;
        return options;
    }

    /** Whether this part is to run. */
    boolean wants(String part) {
        return command.equals(part) || command.equals("all");
    }

    /** Calls a second, where the rate is fixed. */
    int rateOf(Job.Measure measure) {
        return rate.orElse(measure == Job.Measure.SHIP ? 5_000 : 50_000);
    }

    /** With how many producers a workload is measured: all of them for W1, a representative one for the others. */
    List<Integer> producersOf(Workload workload) {
        return workload == Workload.W1 ? producers : List.of(2);
    }

    private static List<Peer> peers(String names) {
        return split(names).stream()
                .map(name -> Peer.named(name)
                        .orElseThrow(() -> new IllegalArgumentException("unknown peer [" + name + "], there are "
                                + String.join(
                                        ", ",
                                        Peer.known().stream().map(Peer::name).toList()))))
                .toList();
    }

    private static Peer external(String value) {
        int equals = value.indexOf('=');
        if (equals <= 0) {
            throw new IllegalArgumentException("--peer-config takes name=file, not [" + value + "]");
        }
        return Peer.external(value.substring(0, equals), Path.of(value.substring(equals + 1)));
    }

    private static List<String> split(String value) {
        return Arrays.stream(value.split(",", -1)).map(String::trim).toList();
    }

    private static int positive(String option, String value) {
        try {
            int number = Integer.parseInt(value.replace("_", ""));
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new IllegalArgumentException(option + " takes a number above 0, not [" + value + "]");
    }
}
