package io.inkfast.journal;

import io.inkfast.testing.Command;
import io.inkfast.testing.Torture;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;

/**
 * A file system in a file in memory, whose power can be cut: the kernel's own shutdown of a file system drops what was not
 * forced, and the next mount replays the log, as after a real cut. Needs root, Linux, e2fsprogs and perl. Where that can't be
 * had a test says so and is left out, or fails: see {@link Torture#cannotRun}. Other file systems than ext4 are left out where
 * the machine has no tools for them, or the kernel no shutdown.
 */
final class Disk implements AutoCloseable {

    /*
     * Does as it is told, line by line: a process for each system call would take longer than all the rest.
     *
     * cut      EXT4_IOC_SHUTDOWN with NOLOGFLUSH; XFS_IOC_GOINGDOWN is the same
     * forget   drops clean pages from the cache, so that later writes are single pages, which reach the device in any order
     * some     sync_file_range for some pages of each file: they are on the device, those before them are not
     */
    private static final String PERL = """
            use POSIX (); $| = 1; my $type = shift; my $none = '';
            my %call = (POSIX::uname())[4] eq 'aarch64'
                ? (forget => 223, some => 84, mount => 40, umount => 39)
                : (forget => 221, some => 277, mount => 165, umount => 166);
            sub cut { open(my $f, '<', $_[0]) or die $!; my $n = pack('L', 2); ioctl($f, 0x8004587d, $n) or die $!; }
            sub forget { for (@_) { open(my $f, '<', $_) or next; syscall($call{forget}, fileno($f) + 0, 0, 0, 4); } }
            sub some { srand(shift); for (@_) { open(my $f, '+<', $_) or next; my $n = (-s $f) / 4096;
                for (1..6) { syscall($call{some}, fileno($f) + 0, int(rand($n < 40 ? $n : 40)) * 4096, 4096, 7); } } }
            sub mount { my ($from, $to) = @_; syscall($call{mount}, $from, $to, $type, 0, $none) == 0 or die $!; }
            sub umount { my ($from, $how) = @_; syscall($call{umount}, $from, $how + 0) == 0 or die $!; }
            print "ready\\n";
            while (<STDIN>) { chomp; my ($name, @with) = split /\\t/; eval { &$name(@with); 1 } or print $@ =~ s/\\n//gr;
                print "\\n"; }
            """;

    /** What it is formatted with. */
    enum FileSystem {
        EXT4("-F", "-b", "4096", "-E", "lazy_itable_init=0,lazy_journal_init=0"),
        XFS("-f"),
        BTRFS("-f");

        private final List<String> options;

        FileSystem(String... options) {
            this.options = List.of(options);
        }

        private String type() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    // xfs is made of no less.
    private static final int OTHERS_MEGABYTES = 320;
    private static final int MOST_TRIES = 500;
    private static final String IMAGE = "disk.img";
    private static final Pattern EXTENT =
            Pattern.compile(" *\\d+: +(\\d+)\\.\\. *\\d+: +(\\d+)\\.\\. *\\d+: +(\\d+):.*");

    private final Path memory;
    private final Path mount;
    private final String device;
    private final Process perl;
    private final BufferedReader answers;
    private final Writer questions;

    private Disk(FileSystem fileSystem, Path memory, Path mount, String device) throws IOException {
        this.memory = memory;
        this.mount = mount;
        this.device = device;
        perl = new ProcessBuilder("perl", "-e", PERL, fileSystem.type())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        answers = perl.inputReader(StandardCharsets.US_ASCII);
        questions = perl.outputWriter(StandardCharsets.US_ASCII);
        if (!"ready".equals(answers.readLine())) {
            throw new IOException("perl does not run");
        }
    }

    /** A new file system of so many megabytes in a directory. */
    static Disk ext4(Path directory, int megabytes, String test) throws Exception {
        try {
            return make(FileSystem.EXT4, directory, megabytes);
        } catch (IOException e) {
            Torture.cannotRun(
                    Torture.Need.LOOP,
                    test + " cannot run: it needs root, a loop device, e2fsprogs and perl (" + e.getMessage() + ")");
            throw e;
        }
    }

    /** One that may not be had where ext4 is. Its power was cut once, to see whether that can be done. */
    static Disk of(FileSystem fileSystem, Path directory, int megabytes, String test) throws Exception {
        if (fileSystem == FileSystem.EXT4) {
            return ext4(directory, megabytes, test);
        }
        try {
            Disk disk = make(fileSystem, directory, OTHERS_MEGABYTES);
            try {
                disk.cut();
                disk.powerOff();
                disk.powerOn();
                return disk;
            } catch (IOException e) {
                disk.close();
                throw e;
            }
        } catch (IOException e) {
            String message = test + " cannot run on " + fileSystem.type() + " (" + e.getMessage() + ")";
            System.err.println("NOT RUN: " + message);
            Assumptions.abort(message);
            throw e;
        }
    }

    private static Disk make(FileSystem fileSystem, Path directory, int megabytes) throws Exception {
        Path memory = Files.createDirectories(directory.resolve("memory"));
        try {
            Command.must("perl", "-MPOSIX", "-e", "1");
            Command.must(
                    "mount", "-t", "tmpfs", "-o", "size=" + (megabytes + 1) + "m", "inkfast-test", memory.toString());
            Path image = memory.resolve(IMAGE);
            format(fileSystem, image, megabytes);
            Process losetup = new ProcessBuilder("losetup", "-f", "--show", image.toString()).start();
            String device = new String(losetup.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).trim();
            if (losetup.waitFor() != 0) {
                throw new IOException("no loop device");
            }
            Disk disk = new Disk(fileSystem, memory, Files.createDirectories(directory.resolve("mount")), device);
            try {
                disk.powerOn();
                return disk;
            } catch (IOException e) {
                disk.close();
                throw e;
            }
        } catch (IOException e) {
            Command.run("umount", memory.toString());
            throw e;
        }
    }

    private static void format(FileSystem fileSystem, Path image, int megabytes) throws Exception {
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength((long) megabytes << 20);
        }
        List<String> command = new ArrayList<>(List.of("mkfs." + fileSystem.type(), "-q"));
        command.addAll(fileSystem.options);
        command.add(image.toString());
        Command.must(command.toArray(new String[0]));
        // The device has room for every block, until a test takes it away.
        Command.must("fallocate", "--length", megabytes + "MiB", image.toString());
    }

    Path path() {
        return mount;
    }

    /** Cuts the power. What has a file open gets errors from now on. */
    void cut() throws IOException {
        tell("cut", List.of(mount));
    }

    void forgetPages(List<Path> files) throws IOException {
        tell("forget", files);
    }

    void writeSomePages(int seed, List<Path> files) throws IOException {
        tell("some\t" + seed, files);
    }

    /** After everything was closed. */
    void powerOff() throws IOException {
        for (int tries = 1; ; tries++) {
            try {
                tell("umount\t" + mount + "\t0", List.of());
                return;
            } catch (IOException e) {
                // A process that another test starts has our files open too, until it has become what it will be.
                if (tries == MOST_TRIES) {
                    throw e;
                }
                LockSupport.parkNanos(10_000_000);
            }
        }
    }

    void powerOn() throws IOException {
        tell("mount\t" + device, List.of(mount));
    }

    /** The device loses the room for what the file has from there on, which are zeros; it can be read, still. */
    void loseRoom(Path file, long from) throws Exception {
        for (long[] extent : extents(file)) {
            long skip = Math.max(0, from - extent[0]);
            if (skip < extent[2]) {
                Command.must(
                        "fallocate",
                        "--punch-hole",
                        "--offset",
                        Long.toString(extent[1] + skip),
                        "--length",
                        Long.toString(extent[2] - skip),
                        memory.resolve(IMAGE).toString());
            }
        }
    }

    /** From now on the device cannot write to where it has no room. */
    void fill() throws Exception {
        FileStore store = Files.getFileStore(memory);
        resize(store.getTotalSpace() - store.getUsableSpace());
    }

    /** It can again. */
    void free() throws Exception {
        resize(2 * Files.getFileStore(memory).getTotalSpace());
    }

    private void resize(long bytes) throws Exception {
        Command.must("mount", "-o", "remount,size=" + bytes, memory.toString());
    }

    /* Offset in the file, on the device, and how many bytes. */
    private static List<long[]> extents(Path file) throws IOException {
        Process filefrag = new ProcessBuilder("filefrag", "-b1024", "-v", file.toString()).start();
        List<long[]> extents = new ArrayList<>();
        for (String line :
                filefrag.inputReader(StandardCharsets.US_ASCII).lines().toList()) {
            Matcher matcher = EXTENT.matcher(line);
            if (matcher.matches()) {
                extents.add(new long[] {
                    Long.parseLong(matcher.group(1)) << 10,
                    Long.parseLong(matcher.group(2)) << 10,
                    Long.parseLong(matcher.group(3)) << 10
                });
            }
        }
        return extents;
    }

    @Override
    public void close() throws Exception {
        // Lazily: a test that failed may have files open.
        Command.run("umount", "-l", mount.toString());
        perl.destroy();
        Command.must("losetup", "-d", device);
        Command.must("umount", "-l", memory.toString());
    }

    private void tell(String what, List<Path> files) throws IOException {
        StringBuilder line = new StringBuilder(what);
        files.forEach(file -> line.append('\t').append(file));
        questions.write(line.append('\n').toString());
        questions.flush();
        String answer = answers.readLine();
        if (!"".equals(answer)) {
            throw new IOException(what + ": " + answer);
        }
    }
}
