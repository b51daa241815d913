package io.inkfast.journal;

import io.inkfast.testing.Command;
import io.inkfast.testing.Torture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * An ext4 file system in a file, whose power can be cut: the kernel's own shutdown of a file system drops what was not
 * forced, and the next mount replays the log, as after a real cut. Needs root, Linux, e2fsprogs and perl. Where that
 * can't be had a test says so and is left out; with {@code -Dinkfast.requireLoop=true} it fails instead.
 */
final class Disk implements AutoCloseable {

    /* EXT4_IOC_SHUTDOWN with NOLOGFLUSH. */
    private static final String CUT =
            "open(F,'<',$ARGV[0]) or die $!; my $f=pack('L',2); ioctl(F,0x8004587d,$f) or die $!;";

    /* Drops clean pages from the cache, so that later writes are single pages, which can reach the device in any order. */
    private static final String FORGET = "for(@ARGV){open(F,'<',$_) or next; syscall(221,fileno(F)+0,0,0,4);}";

    /* sync_file_range for some pages of each file: they are on the device, those before them are not. */
    private static final String SOME_PAGES = "srand(shift); for(@ARGV){open(F,'+<',$_) or next; my $n=(-s F)/4096;"
            + "for(1..6){syscall(277,fileno(F)+0,int(rand($n<40?$n:40))*4096,4096,7);}}";

    private final Path image;
    private final Path mount;
    private boolean mounted;

    private Disk(Path image, Path mount) {
        this.image = image;
        this.mount = mount;
    }

    /** A new file system of so many megabytes in a directory. */
    static Disk ext4(Path directory, int megabytes, String test) throws Exception {
        Path image = directory.resolve("disk.img");
        try (var file = new java.io.RandomAccessFile(image.toFile(), "rw")) {
            file.setLength((long) megabytes << 20);
        }
        Disk disk = new Disk(image, Files.createDirectories(directory.resolve("mount")));
        String said = Command.run("mkfs.ext4", "-q", "-F", image.toString());
        if (said == null) {
            said = disk.tryMount();
        }
        if (said == null) {
            said = Command.run("perl", "-e", "1");
        }
        if (said != null) {
            Torture.cannotRun(
                    Torture.Need.LOOP,
                    test + " cannot run: a loop device needs root, e2fsprogs and perl (" + said + ")");
        }
        return disk;
    }

    Path path() {
        return mount;
    }

    /** Cuts the power. What has a file open gets errors from now on. */
    void cut() throws Exception {
        Command.must("perl", "-e", CUT, mount.toString());
    }

    void forgetPages(List<Path> files) throws Exception {
        Command.must(command("perl", "-e", FORGET, files));
    }

    void writeSomePages(int seed, List<Path> files) throws Exception {
        List<String> all = new ArrayList<>(List.of("perl", "-e", SOME_PAGES, Integer.toString(seed)));
        files.forEach(file -> all.add(file.toString()));
        Command.must(all.toArray(new String[0]));
    }

    /** Mounts it again, after everything was closed. */
    void powerOn() throws Exception {
        Command.must("umount", mount.toString());
        mounted = false;
        String said = tryMount();
        if (said != null) {
            throw new IOException(said);
        }
    }

    @Override
    public void close() throws Exception {
        if (mounted) {
            // Lazily: a test that failed may have files open.
            Command.must("umount", "-l", mount.toString());
        }
        Files.deleteIfExists(image);
    }

    private String tryMount() throws Exception {
        String said = Command.run("mount", "-o", "loop", image.toString(), mount.toString());
        mounted = said == null;
        return said;
    }

    private static String[] command(String program, String option, String script, List<Path> files) {
        List<String> all = new ArrayList<>(List.of(program, option, script));
        files.forEach(file -> all.add(file.toString()));
        return all.toArray(new String[0]);
    }
}
