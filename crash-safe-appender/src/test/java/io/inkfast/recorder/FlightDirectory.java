package io.inkfast.recorder;

import io.inkfast.internal.Owner;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** What the tests look at, and put, in the directory of a recorder. */
final class FlightDirectory {

    /** Of no process: beyond what Linux gives. */
    static final long NOBODY = 99_999_999L;

    private FlightDirectory() {}

    static List<Path> rings(Path directory) throws IOException {
        return FlightRing.list(directory);
    }

    static List<Path> dumps(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().startsWith("flight-dump-"))
                    .sorted(Comparator.comparing(file -> file.getFileName().toString(), FlightNames.DUMPS_BY_AGE))
                    .toList();
        }
    }

    /** The lines in a ring. */
    static List<String> lines(Path ring) throws IOException {
        List<String> lines = new ArrayList<>();
        try (FlightRing open = FlightRing.open(ring)) {
            open.last(Integer.MAX_VALUE, event -> lines.add(event.text()));
        }
        return lines;
    }

    static FlightRing.State state(Path ring) throws IOException {
        try (FlightRing open = FlightRing.open(ring)) {
            return open.state();
        }
    }

    /** Leaves a ring with these lines, as a process of this id would that has just died. */
    static Path leave(Path directory, long incarnation, long pid, int state, String... lines) throws IOException {
        Owner current = Owner.current();
        return leave(directory, incarnation, new Owner(pid, current.startMillis(), current.bootId()), state, lines);
    }

    static Path leave(Path directory, long incarnation, Owner owner, int state, String... lines) throws IOException {
        RingHeader header = new RingHeader(
                UUID.randomUUID(),
                incarnation,
                owner.pid(),
                owner.startMillis(),
                owner.bootId(),
                RingFormat.MIN_BLOCKS,
                1_700_000_001_000_000L,
                state,
                "{}");
        ByteBuffer memory = Rings.memory(header);
        Ring ring = Rings.ring(memory, header);
        RecordBuffer buffer = new RecordBuffer();
        for (String line : lines) {
            Rings.append(ring, buffer, line + "\n", 1_700_000_002_000_000L + ring.lastEvent() * 1000, 0, 4);
        }
        byte[] bytes = new byte[memory.capacity()];
        memory.get(0, bytes);
        Files.createDirectories(directory);
        return Files.write(directory.resolve(FlightNames.ring(incarnation, owner.pid())), bytes);
    }
}
