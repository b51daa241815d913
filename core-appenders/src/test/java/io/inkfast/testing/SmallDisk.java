package io.inkfast.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A real disk of a few megabytes, which can be full: a tmpfs. Mounting needs root; see {@link Torture#cannotRun}. */
public final class SmallDisk implements AutoCloseable {

    private final Path path;

    private SmallDisk(Path path) {
        this.path = path;
    }

    /** Mounts one on a directory that it makes. */
    public static SmallDisk mount(Path path, int megabytes, String test) throws IOException, InterruptedException {
        Files.createDirectory(path);
        String said =
                Command.run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "inkfast-test", path.toString());
        if (said != null) {
            Torture.cannotRun(Torture.Need.ROOT, test + " cannot run: mounting a tmpfs needs root (" + said + ")");
        }
        return new SmallDisk(path);
    }

    public Path path() {
        return path;
    }

    /** Unmounts it; nobody may have a file of it open any more. */
    @Override
    public void close() throws IOException, InterruptedException {
        Command.must("umount", path.toString());
    }

    /** Unmounts it when the last of its files is closed, which a mapped one is when it is collected. */
    public void detach() throws IOException, InterruptedException {
        Command.must("umount", "-l", path.toString());
    }
}
