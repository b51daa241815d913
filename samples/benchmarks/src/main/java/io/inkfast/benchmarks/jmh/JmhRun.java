package io.inkfast.benchmarks.jmh;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs the JMH benchmarks with the allocation profiler; the results as a Markdown table. */
public final class JmhRun {

    private JmhRun() {}

    /** Takes JMH's own arguments, and {@code --quick}. */
    public static String of(List<String> arguments) throws RunnerException, CommandLineOptionException {
        boolean quick = arguments.contains("--quick");
        String[] own = arguments.stream()
                .filter(argument -> !argument.equals("--quick"))
                .toArray(String[]::new);
        ChainedOptionsBuilder options =
                new OptionsBuilder().parent(new CommandLineOptions(own)).addProfiler(GCProfiler.class);
        if (quick) {
            options.forks(1)
                    .warmupIterations(1)
                    .warmupTime(TimeValue.milliseconds(100))
                    .measurementIterations(1)
                    .measurementTime(TimeValue.milliseconds(100));
        }
        return table(new Runner(options.build()).run());
    }

    private static String table(Collection<RunResult> runs) {
        StringBuilder table =
                new StringBuilder("\n| benchmark | score | error | unit | B/op |\n|---|---|---|---|---|\n");
        for (RunResult run : runs) {
            String name = run.getParams().getBenchmark();
            Result<?> primary = run.getPrimaryResult();
            StringBuilder parameters = new StringBuilder();
            run.getParams()
                    .getParamsKeys()
                    .forEach(
                            key -> parameters.append(' ').append(run.getParams().getParam(key)));
            Result<?> bytes = run.getSecondaryResults().get("gc.alloc.rate.norm");
            table.append(String.format(
                    Locale.ROOT,
                    "| %s%s | %.1f | %s | %s | %s |%n",
                    name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1),
                    parameters,
                    primary.getScore(),
                    Double.isNaN(primary.getScoreError())
                            ? "-"
                            : String.format(Locale.ROOT, "%.1f", primary.getScoreError()),
                    primary.getScoreUnit(),
                    bytes == null ? "-" : String.format(Locale.ROOT, "%.1f", bytes.getScore())));
        }
        return table.toString();
    }
}
