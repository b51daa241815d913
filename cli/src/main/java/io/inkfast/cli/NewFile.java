package io.inkfast.cli;

import io.inkfast.internal.Directory;
import io.inkfast.internal.PositionalStream;
import io.inkfast.internal.SystemDirectory;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** A file for its owner only (0600), that is whole and on the disk, or not there. */
final class NewFile {

    private static final String PENDING = ".new";

    /** Writes the content. */
    @FunctionalInterface
    interface Content<E extends Exception> {
        void writeTo(OutputStream out) throws IOException, E;
    }

    private NewFile() {}

    /** Refuses the command if {@code --out} names a file that is there already. */
    static void check(CommandSpec command, Path out) {
        if (Files.exists(out)) {
            throw new ParameterException(command.commandLine(), "--out [" + out + "] exists already");
        }
    }

    static <E extends Exception> void write(Path path, Content<E> content) throws IOException, E {
        Path absolute = path.toAbsolutePath();
        Path existing = existing(absolute);
        String name = String.valueOf(absolute.getFileName());
        Directory target = new SystemDirectory(Objects.requireNonNull(absolute.getParent()));
        Directory.Binary file = target.create(name + PENDING);
        boolean done = false;
        try {
            OutputStream out = new BufferedOutputStream(new PositionalStream(file), 1 << 16);
            content.writeTo(out);
            out.flush();
            file.force();
            done = true;
        } finally {
            file.close();
            if (!done) {
                target.delete(name + PENDING);
            }
        }
        target.rename(name + PENDING, name);
        // The names of directories that were made for it, too.
        for (Path made = absolute.getParent(); made != null; made = made.getParent()) {
            new SystemDirectory(made).sync();
            if (made.equals(existing)) {
                break;
            }
        }
    }

    /* The nearest directory above that is there already. */
    private static @Nullable Path existing(Path file) {
        Path directory = file.getParent();
        while (directory != null && !Files.isDirectory(directory)) {
            directory = directory.getParent();
        }
        return directory;
    }
}
