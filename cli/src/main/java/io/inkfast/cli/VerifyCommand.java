package io.inkfast.cli;

import io.inkfast.encrypt.EncryptedLogReader;
import io.inkfast.encrypt.LogAnchor;
import io.inkfast.encrypt.LogChain;
import io.inkfast.encrypt.LogFrame;
import io.inkfast.encrypt.LogState;
import io.inkfast.encrypt.LogSummary;
import io.inkfast.keys.EncryptionKeyset;
import io.inkfast.keys.KeysetException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code inkfast verify}: whether encrypted logs are what they were, each and all together. Reads only. Ends with the worst
 * {@link LogState} of all files and of {@link LogChain}.
 */
@Command(
        name = "verify",
        exitCodeOnExecutionException = LogFiles.UNREADABLE,
        description = "Checks encrypted logs, with a keyset or without, and whether files of a log are missing.")
final class VerifyCommand implements Callable<Integer> {

    private final Streams streams;

    @Mixin
    private final KeysetOption keyset;

    @Option(names = "--json", description = "one object of JSON")
    private boolean json;

    @Option(
            names = "--anchors",
            paramLabel = "<file>",
            description = "a text, such as another log, with lines that say what the files held: inkelog/...")
    private @Nullable Path anchors;

    @Parameters(paramLabel = "<files>", arity = "1..*", description = "files, or quoted patterns")
    private List<String> names = List.of();

    VerifyCommand(Streams streams) {
        this.streams = streams;
        keyset = new KeysetOption(streams);
    }

    @Override
    public Integer call() throws KeysetException, IOException {
        EncryptionKeyset keys = keyset.optional();
        List<LogAnchor> known = anchors();
        List<LogReport.File> files = new ArrayList<>();
        List<LogChain.Link> links = new ArrayList<>();
        for (Path file : LogFiles.inOrder(LogFiles.named(names, streams))) {
            LogReport.File checked = check(file, keys, known);
            files.add(checked);
            LogSummary summary = checked.summary();
            if (summary != null && checked.state() != LogState.UNREADABLE) {
                links.add(new LogChain.Link(checked.name(), summary));
            }
        }
        LogReport report = new LogReport(files, LogChain.of(links), keys != null);
        PrintWriter results = streams.results();
        if (json) {
            results.println(report.json());
        } else {
            report.lines().forEach(results::println);
        }
        return LogFiles.code(report.verdict());
    }

    private List<LogAnchor> anchors() throws IOException {
        List<LogAnchor> known = new ArrayList<>();
        if (anchors != null) {
            try (BufferedReader lines = Files.newBufferedReader(anchors, StandardCharsets.ISO_8859_1)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    LogAnchor anchor = LogAnchor.in(line);
                    if (anchor != null) {
                        known.add(anchor);
                    }
                }
            }
            streams.say(known.size() + " anchors in [" + anchors + "]");
        }
        return known;
    }

    private LogReport.File check(Path file, @Nullable EncryptionKeyset keys, List<LogAnchor> known)
            throws KeysetException {
        String name = file.toString();
        try (EncryptedLogReader reader = EncryptedLogReader.open(file, keys)) {
            reader.progress(bytes -> streams.progress().at(bytes >> 20, "MB of " + name));
            known.forEach(reader::expect);
            LogReport.Events events = LogReport.Events.NONE;
            for (LogFrame frame = reader.next(); frame != null; frame = reader.next()) {
                events = events.and(frame);
            }
            LogState state = reader.state();
            LogSummary summary = reader.summary();
            if (keys == null && summary != null) {
                // What the headers say, unless that is hidden.
                events = new LogReport.Events(summary.events(), summary.firstMillis(), summary.lastMillis());
            }
            return new LogReport.File(name, state, summary, events, reader.findings());
        } catch (IOException e) {
            streams.say("[" + name + "] " + LogFiles.problem(e));
            return new LogReport.File(name, LogState.UNREADABLE, null, LogReport.Events.NONE, List.of());
        }
    }
}
