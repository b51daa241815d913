package io.inkfast.cli;

import io.inkfast.encrypt.LogRewrapper;
import io.inkfast.encrypt.LogState;
import io.inkfast.keys.EncryptionKeyset;
import io.inkfast.keys.KeysetException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code inkfast rewrap}: makes encrypted logs open with another keyset. The logs are not touched. Ends with the worst
 * {@link LogState}; nothing is written if that is {@code WRONG_KEY} or {@code UNREADABLE}.
 */
@Command(
        name = "rewrap",
        exitCodeOnExecutionException = LogFiles.UNREADABLE,
        description = "Makes encrypted logs open with another keyset, by a file <file>.key beside each.")
final class RewrapCommand implements Callable<Integer> {

    private final Streams streams;

    @Mixin
    private final KeysetOption keyset;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "<keyset>",
            description = "what is to open them; public keys will do")
    private String to = "";

    @Parameters(paramLabel = "<files>", arity = "1..*", description = "files, or quoted patterns")
    private List<String> names = List.of();

    RewrapCommand(Streams streams) {
        this.streams = streams;
        keyset = new KeysetOption(streams);
    }

    @Override
    public Integer call() throws KeysetException, IOException {
        EncryptionKeyset from = keyset.required();
        if (from == null) {
            return LogFiles.code(LogState.WRONG_KEY);
        }
        EncryptionKeyset target = keyset.read("--to", to);
        List<Path> files = LogFiles.named(names, streams);
        List<LogRewrapper> rewrapped = new ArrayList<>();
        LogState worst = files.isEmpty() ? LogState.UNREADABLE : LogState.CLOSED;
        for (Path file : files) {
            worst = LogFiles.worse(worst, rewrap(file, from, target, rewrapped));
            streams.progress().at(rewrapped.size(), "files read");
        }
        if (worst == LogState.WRONG_KEY || worst == LogState.UNREADABLE) {
            streams.say("nothing was written");
            return LogFiles.code(worst);
        }
        for (LogRewrapper each : rewrapped) {
            String keys =
                    each.sessions() == 1 ? "the key of 1 session" : "the keys of " + each.sessions() + " sessions";
            streams.say("[" + each.file() + "] " + (each.write() ? "has " + keys : "is not written"));
        }
        return LogFiles.code(worst);
    }

    private LogState rewrap(Path file, EncryptionKeyset from, EncryptionKeyset target, List<LogRewrapper> rewrapped)
            throws KeysetException {
        try {
            LogRewrapper each = LogRewrapper.of(file, from, target);
            each.findings().forEach(finding -> streams.say("[" + file + "] " + finding.text()));
            if (each.state() == LogState.UNREADABLE) {
                streams.say("[" + file + "] is no encrypted log, or one of a later version");
            }
            rewrapped.add(each);
            return each.state();
        } catch (IOException e) {
            streams.say("[" + file + "] " + LogFiles.problem(e));
            return LogState.UNREADABLE;
        }
    }
}
