package io.inkfast.recorder;

import io.inkfast.internal.SystemDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The recorder's files in a directory of the machine. */
final class DirectoryFiles implements DumpDesk.Files {

    private final Path directory;
    private final RecorderSettings settings;
    private final String description;
    private final BiConsumer<Path, IOException> problems;

    /** @param problems told of rings whose events could not be saved */
    DirectoryFiles(RecorderSettings settings, String description, BiConsumer<Path, IOException> problems) {
        this.directory = settings.directory();
        this.settings = settings;
        this.description = description;
        this.problems = problems;
    }

    @Override
    public RingFile create() throws IOException {
        return RingFile.create(directory, settings.blocks(), description);
    }

    @Override
    public List<Death> deaths() throws IOException {
        // Rings are known by their real paths.
        Path real = directory.toRealPath();
        return new DeadRings(real, settings.keep(), writer(real), problems).clear();
    }

    @Override
    public @Nullable Dump dump(RingFile ring, long lastEvent, int key) throws IOException {
        RingScan scan = new RingScan(RingSource.of(ring.map()), ring.header());
        List<RingScan.Found> events = scan.last(
                settings.dumpEvents(), found -> found.event() <= lastEvent && (key == 0 || found.key() == key));
        DumpWriter writer = writer(directory);
        Dump dump = writer.write(ring.header(), scan, events);
        writer.keep(settings.keep());
        return dump;
    }

    private static DumpWriter writer(Path directory) {
        return new DumpWriter(new SystemDirectory(directory));
    }
}
