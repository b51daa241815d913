package io.inkfast.recorder;

import io.inkfast.internal.Directory;
import io.inkfast.internal.PositionalStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes events of a ring to a file of their own, which appears whole or not at all. On a thread that nobody interrupts. */
final class DumpWriter {

    private static final int BUFFER = 1 << 16;

    private final List<String> written = new ArrayList<>();
    private final Directory directory;

    DumpWriter(Directory directory) {
        this.directory = directory;
    }

    /** Null if none of them is there any more. */
    @Nullable
    Dump write(RingHeader header, RingScan scan, List<RingScan.Found> events) throws IOException {
        long pid = header.pid();
        FlightEvent last = null;
        for (int i = events.size() - 1; i >= 0 && last == null; i--) {
            byte[] record = scan.read(events.get(i));
            last = record == null ? null : new FlightEvent(record);
        }
        if (last == null) {
            return null;
        }
        for (int ordinal = nextOrdinal(pid, last); ; ordinal++) {
            String name = FlightNames.dump(pid, last.time(), ordinal, FlightNames.ending(last));
            Directory.Binary file = claim(name);
            if (file != null) {
                int count = write(name, file, header, scan, events);
                return new Dump(name, count, last.time());
            }
        }
    }

    /* Also behind those that were deleted because newer ones of that moment came. */
    private int nextOrdinal(long pid, FlightEvent last) throws IOException {
        String first = FlightNames.dump(pid, last.time(), 1, FlightNames.ending(last));
        return 1
                + directory.list().stream()
                        .filter(name -> FlightNames.ofOneMoment(name, first))
                        .mapToInt(FlightNames::ordinal)
                        .max()
                        .orElse(0);
    }

    /* Null if somebody has the name. */
    private Directory.@Nullable Binary claim(String name) throws IOException {
        if (directory.list().contains(name)) {
            return null;
        }
        Directory.Binary file;
        try {
            file = directory.create(name + FlightNames.PENDING);
        } catch (FileAlreadyExistsException e) {
            return null;
        }
        // Whoever had this name may have renamed his file just now.
        if (directory.list().contains(name)) {
            discard(name, file);
            return null;
        }
        return file;
    }

    private int write(String name, Directory.Binary file, RingHeader header, RingScan scan, List<RingScan.Found> events)
            throws IOException {
        boolean done = false;
        int count = 0;
        try {
            OutputStream out = new BufferedOutputStream(new PositionalStream(file), BUFFER);
            boolean sealed = FlightNames.isSealed(name);
            if (sealed) {
                out.write((header.description() + "\n").getBytes(StandardCharsets.UTF_8));
            }
            for (RingScan.Found found : events) {
                byte[] record = scan.read(found);
                if (record != null) {
                    FlightEvent event = new FlightEvent(record);
                    if (sealed) {
                        event.writeSealedTo(out);
                    } else {
                        event.writeTo(out);
                    }
                    count++;
                }
            }
            out.flush();
            file.force();
            done = true;
        } finally {
            if (!done) {
                discard(name, file);
            }
        }
        file.close();
        directory.rename(name + FlightNames.PENDING, name);
        directory.sync();
        written.add(name);
        return count;
    }

    private void discard(String name, Directory.Binary file) throws IOException {
        try {
            file.close();
        } finally {
            directory.delete(name + FlightNames.PENDING);
        }
    }

    /** Deletes the oldest dumps, but for so many. What was just written is the newest, whatever the clock says. */
    void keep(int most) throws IOException {
        List<String> dumps = new ArrayList<>(
                directory.list().stream().filter(FlightNames::isDump).toList());
        dumps.sort(Comparator.<String>comparingInt(written::indexOf).thenComparing(FlightNames.DUMPS_BY_AGE));
        for (String old : dumps.subList(0, Math.max(0, dumps.size() - most))) {
            directory.delete(old);
        }
    }
}
