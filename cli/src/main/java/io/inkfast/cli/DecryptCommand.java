package io.inkfast.cli;

import io.inkfast.encrypt.EncryptedLogReader;
import io.inkfast.encrypt.LogState;
import io.inkfast.keys.EncryptionKeyset;
import io.inkfast.keys.KeysetException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code inkfast decrypt}: the lines of encrypted logs. Reads only. Ends with the worst {@link LogState} of all files. */
@Command(
        name = "decrypt",
        exitCodeOnExecutionException = LogFiles.UNREADABLE,
        description = "Writes the lines of encrypted logs, file by file, each up to the first thing that is wrong.")
final class DecryptCommand implements Callable<Integer> {

    private final Streams streams;

    @Mixin
    private final KeysetOption keyset;

    @Option(
            names = "--out",
            paramLabel = "<file>",
            description = "a new file, for its owner only (0600); without it: standard output")
    private @Nullable Path out;

    @Option(
            names = {"-f", "--follow"},
            description = "go on with what is added to the file, and to the one that takes its name when it is rolled")
    private boolean follow;

    @Option(
            names = "--from",
            paramLabel = "<time>",
            converter = TimeRange.Time.class,
            description = "lines from this time on: 2026-11-25T10:00:00Z, or without Z in the local zone")
    private @Nullable Instant from;

    @Option(
            names = "--to",
            paramLabel = "<time>",
            converter = TimeRange.Time.class,
            description = "lines up to this time")
    private @Nullable Instant to;

    @Parameters(
            paramLabel = "<files>",
            arity = "0..*",
            description = "files, or quoted patterns; without any: standard input")
    private List<String> names = List.of();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    DecryptCommand(Streams streams) {
        this.streams = streams;
        keyset = new KeysetOption(streams);
    }

    @Override
    public Integer call() throws KeysetException, IOException {
        Path target = out;
        check(target);
        EncryptionKeyset keys = keyset.required();
        if (keys == null) {
            return LogFiles.code(LogState.WRONG_KEY);
        }
        LogState[] state = {LogState.CLOSED};
        if (target == null) {
            OutputStream results = new BufferedOutputStream(streams.out(), 1 << 16);
            state[0] = decrypt(keys, results);
            results.flush();
        } else {
            NewFile.write(target, content -> state[0] = decrypt(keys, content));
        }
        streams.dumping().clear();
        return LogFiles.code(state[0]);
    }

    private void check(@Nullable Path target) {
        if (target != null) {
            NewFile.check(spec, target);
        }
        if (from != null && to != null && from.isAfter(to)) {
            throw new ParameterException(spec.commandLine(), "--from is after --to");
        }
        if (follow && (target != null || names.size() != 1)) {
            throw new ParameterException(spec.commandLine(), "-f follows one file, to standard output");
        }
    }

    private LogState decrypt(EncryptionKeyset keys, OutputStream results) throws IOException, KeysetException {
        TimeRange range = TimeRange.of(from, to);
        if (follow) {
            return new LogFollow(Path.of(names.get(0)), keys, range, results, streams).run();
        }
        if (names.isEmpty()) {
            return standardInput(keys, range, results);
        }
        List<Path> files = LogFiles.named(names, streams);
        LogState worst = files.isEmpty() ? LogState.UNREADABLE : LogState.CLOSED;
        for (Path file : LogFiles.inOrder(files)) {
            EncryptedLogReader reader = LogFiles.open(file, keys, streams);
            LogState state = reader == null ? LogState.UNREADABLE : decrypt(reader, file.toString(), range, results);
            worst = LogFiles.worse(worst, state);
        }
        return worst;
    }

    /* A file of its own: what is encrypted must be read here and there. */
    private LogState standardInput(EncryptionKeyset keys, @Nullable TimeRange range, OutputStream results)
            throws IOException, KeysetException {
        Path spool = Files.createTempFile("inkfast", ".elog");
        spool.toFile().deleteOnExit();
        try {
            Files.copy(streams.in(), spool, StandardCopyOption.REPLACE_EXISTING);
            return decrypt(EncryptedLogReader.open(spool, keys), "standard input", range, results);
        } finally {
            Files.deleteIfExists(spool);
        }
    }

    private LogState decrypt(EncryptedLogReader reader, String name, @Nullable TimeRange range, OutputStream results)
            throws IOException, KeysetException {
        try (reader) {
            if (range != null) {
                reader.range(range.fromMillis(), range.toMillis());
            }
            LogCopy copy = new LogCopy(reader, name, new FrameLines(results, range), streams);
            copy.more();
            return copy.end();
        }
    }
}
