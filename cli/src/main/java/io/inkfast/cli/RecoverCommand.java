package io.inkfast.cli;

import io.inkfast.journal.JournalReader;
import io.inkfast.recorder.FlightRing;
import io.inkfast.recovery.DamagedLineException;
import io.inkfast.recovery.EventLines;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
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

    private final Streams streams;

    @Parameters(paramLabel = "<directory>", description = "of flight recorders or write-ahead appenders")
    private Path directory = Path.of("");

    @Option(
            names = "--out",
            required = true,
            paramLabel = "<file>",
            description = "a new file, for its owner only (0600); whole or not at all")
    private Path out = Path.of("");

    @Option(
            names = "--cleanup",
            description = "afterwards delete what was recovered: when the file is on the disk, and if no process runs"
                    + " that it belongs to")
    private boolean cleanup;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    private long events;
    private long missing;
    private int unreadable;
    private int journals;

    RecoverCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new ParameterException(spec.commandLine(), "[" + directory + "] is not a directory");
        }
        if (Files.exists(out)) {
            throw new ParameterException(spec.commandLine(), "--out [" + out + "] exists already");
        }
        List<Path> rings = recover();
        int deleted = 0;
        if (cleanup) {
            for (Path ring : rings) {
                deleted += FlightRing.delete(ring) ? 1 : 0;
            }
        }
        streams.notes()
                .println("inkfast: " + events + " events of " + rings.size() + " rings and " + journals
                        + " journals in [" + out + "], " + missing + " missing, " + unreadable + " files unreadable, "
                        + deleted + " deleted");
        return missing == 0 && unreadable == 0 ? 0 : Inkfast.FOUND;
    }

    /* The rings that are in the file now. */
    private List<Path> recover() throws IOException {
        List<Path> rings = new ArrayList<>();
        NewFile.write(out, lines -> {
            for (Path ring : FlightRing.list(directory)) {
                if (write(ring, lines)) {
                    rings.add(ring);
                }
            }
            try (EventLines events = new EventLines()) {
                for (Path journal : JournalReader.find(directory)) {
                    write(journal, events, lines);
                }
            }
        });
        return rings;
    }

    private boolean write(Path file, OutputStream lines) throws IOException {
        FlightRing ring;
        try {
            ring = FlightRing.open(file);
        } catch (IOException e) {
            streams.notes().println("inkfast: " + e.getMessage());
            unreadable++;
            return false;
        }
        try (ring) {
            if (ring.state() == FlightRing.State.LIVE) {
                streams.notes().println("inkfast: [" + file + "] is left out, process " + ring.pid() + " runs");
                return false;
            }
            int found = ring.last(Integer.MAX_VALUE, event -> event.writeTo(lines));
            events += found;
            missing += ring.missing();
            streams.notes().println("inkfast: [" + file + "] " + found + " events of process " + ring.pid());
            return true;
        }
    }

    /* What the journal's sinks do not have. */
    private void write(Path journal, EventLines lines, OutputStream out) throws IOException {
        JournalReader reader = JournalReader.of(journal);
        long[] damaged = {0};
        long found = reader.events(reader.deliveredLsn() + 1, (lsn, payload) -> {
            try {
                out.write(lines.line(payload));
            } catch (DamagedLineException e) {
                damaged[0]++;
            }
        });
        events += found - damaged[0];
        missing += reader.lost().size() + damaged[0];
        unreadable += reader.unreadable().size();
        journals++;
        streams.notes()
                .println("inkfast: [" + journal + "] " + (found - damaged[0]) + " undelivered events of a journal ("
                        + reader.condition() + ")");
    }
}
