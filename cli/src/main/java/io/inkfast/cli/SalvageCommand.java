package io.inkfast.cli;

import io.inkfast.encrypt.LogChain;
import io.inkfast.encrypt.LogState;
import io.inkfast.encrypt.LogSummary;
import io.inkfast.keys.EncryptionKeyset;
import io.inkfast.keys.KeysetException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code inkfast salvage}: everything genuine in encrypted logs, around all damage. Reads only. Ends with 0 if nothing was
 * wrong, else with the worst {@link LogState}.
 */
@Command(
        name = "salvage",
        exitCodeOnExecutionException = LogFiles.UNREADABLE,
        description =
                "Writes every genuine frame of encrypted logs to a new file, once and in order, around all damage.")
final class SalvageCommand implements Callable<Integer> {

    private final Streams streams;

    @Mixin
    private final KeysetOption keyset;

    @Option(names = "--out", required = true, paramLabel = "<file>", description = "a new file (0600)")
    private Path out = Path.of("");

    @Parameters(
            paramLabel = "<files>",
            arity = "1..*",
            description = "files, or quoted patterns; copies of a file complete each other")
    private List<String> names = List.of();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    SalvageCommand(Streams streams) {
        this.streams = streams;
        keyset = new KeysetOption(streams);
    }

    @Override
    public Integer call() throws KeysetException, IOException {
        NewFile.check(spec, out);
        EncryptionKeyset keys = keyset.required();
        if (keys == null) {
            return LogFiles.code(LogState.WRONG_KEY);
        }
        List<Path> files = LogFiles.inOrder(LogFiles.named(names, streams));
        if (files.isEmpty()) {
            return LogFiles.code(LogState.UNREADABLE);
        }
        LogState[] state = {LogState.CLOSED};
        NewFile.write(out, content -> state[0] = salvage(files, keys, content));
        streams.progress().clear();
        return state[0] == LogState.NOT_CLOSED ? 0 : LogFiles.code(state[0]);
    }

    private LogState salvage(List<Path> files, EncryptionKeyset keys, OutputStream content)
            throws IOException, KeysetException {
        LogState worst = LogState.CLOSED;
        List<LogChain.Link> links = new ArrayList<>();
        long frames = 0;
        long events = 0;
        for (List<Path> copies : copies(files)) {
            try (Salvage salvage = new Salvage(streams)) {
                for (Path copy : copies) {
                    worst = LogFiles.worse(worst, salvage.add(copy, keys));
                }
                salvage.write(content);
                frames += salvage.frames();
                events += salvage.events();
                links.addAll(salvage.links());
            }
        }
        LogChain chain = LogChain.of(links);
        chain.findings().forEach(streams::say);
        chain.notes().forEach(streams::say);
        streams.say(events + " events in " + frames + " frames of " + files.size()
                + (files.size() == 1 ? " file" : " files") + " in [" + out + "]");
        return LogFiles.worse(worst, chain.state());
    }

    private static Iterable<List<Path>> copies(List<Path> files) throws KeysetException {
        Map<String, List<Path>> byId = new LinkedHashMap<>();
        for (Path file : files) {
            LogSummary begins = LogFiles.begins(file);
            byId.computeIfAbsent(begins == null ? file.toString() : begins.file(), id -> new ArrayList<>())
                    .add(file);
        }
        return byId.values();
    }
}
