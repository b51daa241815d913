package io.inkfast.cli;

import java.io.IOException;
import java.nio.file.AccessMode;
import java.nio.file.FileVisitResult;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects a directory and those below it, of which others may be written meanwhile. What has gone is no matter; one that
 * cannot be looked into is said, counted, and passed over.
 */
final class Directories extends SimpleFileVisitor<Path> {

    private final Path top;
    private final Streams streams;
    private final List<Path> found = new ArrayList<>();
    private int passedOver;

    Directories(Path top, Streams streams) {
        this.top = top;
        this.streams = streams;
    }

    /** In the order of their names. */
    List<Path> found() {
        return found.stream().sorted().toList();
    }

    int passedOver() {
        return passedOver;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
        found.add(directory);
        return FileVisitResult.CONTINUE;
    }

    /* Also a directory that is as deep as the search, which nobody has opened, and a link to the top. */
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        if (file.equals(top)) {
            found.add(file);
        } else if (attributes.isDirectory()) {
            try {
                file.getFileSystem().provider().checkAccess(file, AccessMode.READ, AccessMode.EXECUTE);
                found.add(file);
            } catch (IOException e) {
                passOver(file, e);
            }
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException cause) throws IOException {
        if (file.equals(top)) {
            throw cause;
        }
        passOver(file, cause);
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException cause) {
        if (cause != null) {
            passOver(directory, cause);
        }
        return FileVisitResult.CONTINUE;
    }

    private void passOver(Path path, IOException cause) {
        if (!(cause instanceof NoSuchFileException)) {
            passedOver++;
            streams.say("[" + path + "] is left out, it cannot be looked into: "
                    + cause.getClass().getSimpleName());
        }
    }
}
