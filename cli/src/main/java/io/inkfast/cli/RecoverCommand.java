package io.inkfast.cli;

import io.inkfast.cli.Leftover.Found;
import io.inkfast.journal.JournalReader;
import io.inkfast.keys.EncryptionKeyset;
import io.inkfast.keys.KeysetException;
import io.inkfast.recorder.FlightRing;
import io.inkfast.recovery.EventLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code inkfast recover}: what processes have left in a directory, in one file. */
@Command(
        name = "recover",
        description =
                "Writes the events that ended processes have left in a directory to one file, process by process.")
final class RecoverCommand implements Callable<Integer> {

    /* Rings and journals of several appenders, and instance-0 in them. */
    private static final int DEPTH = 3;

    private final Streams streams;

    @Mixin
    private final KeysetOption keyset;

    @Parameters(paramLabel = "<directory>", description = "of flight recorders or write-ahead appenders, or above them")
    private Path directory = Path.of("");

    @Option(
            names = "--out",
            required = true,
            paramLabel = "<file>",
            description = "a new file, for its owner only (0600); whole or not at all")
    private Path out = Path.of("");

    @Option(
            names = "--cleanup",
            description = "afterwards delete what was recovered: when the file is on the disk, if no process runs"
                    + " that it belongs to, and if it is not damaged")
    private boolean cleanup;

    @Option(
            names = "--damaged",
            description = "with --cleanup: delete also journals of which something is missing or cannot be read")
    private boolean damaged;

    @Option(names = "--json", description = "say what was found as one object of JSON, on standard output")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    private int passedOver;

    RecoverCommand(Streams streams) {
        this.streams = streams;
        keyset = new KeysetOption(streams);
    }

    @Override
    public Integer call() throws IOException, KeysetException {
        if (!Files.isDirectory(directory)) {
            throw new ParameterException(spec.commandLine(), "[" + directory + "] is not a directory");
        }
        NewFile.check(spec, out);
        if (damaged && !cleanup) {
            throw new ParameterException(spec.commandLine(), "--damaged says what --cleanup deletes");
        }
        Map<Leftover, Found> found = new LinkedHashMap<>();
        Map<Leftover, @Nullable String> kept = new LinkedHashMap<>();
        List<Leftover> leftovers = new ArrayList<>();
        try (EventLines lines = new EventLines()) {
            find(lines, keyset.optional(), leftovers);
            NewFile.write(out, content -> {
                for (Leftover each : leftovers) {
                    Found what = each.write(content, streams);
                    if (what != null) {
                        found.put(each, what);
                    }
                }
            });
            if (cleanup) {
                delete(found, kept);
            }
        } finally {
            leftovers.forEach(Leftover::close);
        }
        RecoverReport report = new RecoverReport(out, found, kept);
        streams.say(report.sentence());
        if (json) {
            streams.results().println(report.json());
        }
        return report.isComplete() && passedOver == 0 ? 0 : Inkfast.FOUND;
    }

    /* Rings first, each kind oldest first. */
    private void find(EventLines lines, @Nullable EncryptionKeyset keys, List<Leftover> leftovers) throws IOException {
        Directories below = new Directories(directory, streams);
        Files.walkFileTree(directory, Set.of(), DEPTH, below);
        List<Path> directories = below.found();
        passedOver = below.passedOver();
        for (Path each : directories) {
            FlightRing.list(each).forEach(ring -> leftovers.add(new LeftRing(ring, keys)));
        }
        for (Path each : directories) {
            if (JournalReader.isIn(each)) {
                leftovers.add(
                        cleanup
                                ? LeftJournal.toDelete(each, lines, keys, damaged, each.equals(directory))
                                : LeftJournal.toKeep(each, lines, keys));
            }
        }
    }

    /* What is in the file now; inner directories first, so that the outer ones become empty. */
    private void delete(Map<Leftover, Found> found, Map<Leftover, @Nullable String> kept) {
        List<Leftover> all = new ArrayList<>(found.keySet());
        Collections.reverse(all);
        for (Leftover each : all) {
            String reason = Objects.requireNonNull(found.get(each)).kept();
            if (reason == null) {
                try {
                    reason = each.delete();
                } catch (IOException e) {
                    reason = e.getClass().getSimpleName() + ": " + e.getMessage();
                }
            }
            kept.put(each, reason);
            if (reason != null) {
                streams.say("[" + each.name() + "] is not deleted: " + reason);
            }
        }
    }
}
