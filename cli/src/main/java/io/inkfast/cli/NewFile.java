package io.inkfast.cli;

import io.inkfast.internal.Directory;
import io.inkfast.internal.PositionalStream;
import io.inkfast.internal.SystemDirectory;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Objects;

/** A file for its owner only (0600), that is whole and on the disk, or not there. */
final class NewFile {

    private static final String PENDING = ".new";

    /** Writes the content. */
    @FunctionalInterface
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    private NewFile() {}

    static void write(Path path, Content content) throws IOException {
        Path absolute = path.toAbsolutePath();
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
        target.sync();
    }
}
