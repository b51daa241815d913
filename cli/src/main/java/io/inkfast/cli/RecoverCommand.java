package io.inkfast.cli;

import io.inkfast.internal.Directory;
import io.inkfast.internal.SystemDirectory;
import io.inkfast.recorder.FlightRing;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
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

    private static final String PENDING = ".new";

    private final Streams streams;

    @Parameters(paramLabel = "<directory>", description = "of flight recorders")
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
                .println("inkfast: " + events + " events of " + rings.size() + " rings in [" + out + "], " + missing
                        + " missing, " + unreadable + " rings unreadable, " + deleted + " deleted");
        return missing == 0 && unreadable == 0 ? 0 : Inkfast.FOUND;
    }

    /* The rings that are in the file now. */
    private List<Path> recover() throws IOException {
        List<Path> rings = new ArrayList<>();
        Path absolute = out.toAbsolutePath();
        String name = String.valueOf(absolute.getFileName());
        Directory target = new SystemDirectory(java.util.Objects.requireNonNull(absolute.getParent()));
        Directory.Binary file = target.create(name + PENDING);
        boolean done = false;
        try {
            OutputStream lines = new BufferedOutputStream(new Appending(file), 1 << 16);
            for (Path ring : FlightRing.list(directory)) {
                if (write(ring, lines)) {
                    rings.add(ring);
                }
            }
            lines.flush();
            file.force();
            done = true;
        } finally {
            file.close();
            if (!done) {
                target.delete(name + PENDING);
            }
        }
        target.rename(name + PENDING, name);
        target.sync();
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

    private static final class Appending extends OutputStream {

        private final Directory.Binary file;
        private long position;

        Appending(Directory.Binary file) {
            this.file = file;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            for (ByteBuffer left = ByteBuffer.wrap(bytes, offset, length); left.hasRemaining(); ) {
                position += file.write(left, position);
            }
        }
    }
}
