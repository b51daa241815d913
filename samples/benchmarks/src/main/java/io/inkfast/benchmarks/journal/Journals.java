package io.inkfast.benchmarks.journal;

import io.inkfast.benchmarks.pipe.Peer;
import io.inkfast.journal.Durability;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The ways that are compared. */
public final class Journals {

    /** How long a record is, without what a way adds to it. */
    public static final int RECORD_BYTES = 256;

    /** The journal, to the device. */
    public static final Peer DISK = new Peer(
            "journal-disk", Peer.Kind.INKFAST, "", "Inkfast's journal: a call returns when the device has the record");

    /** A sync for each record. */
    public static final Peer SYNC = new Peer(
            "write-fdatasync",
            Peer.Kind.LOGBACK,
            "",
            "`FileChannel.write` and `force(false)` for each record, one after another, in a file that was filled before");

    /** The journal, to the kernel. */
    public static final Peer OS = new Peer(
            "journal-os", Peer.Kind.INKFAST, "", "Inkfast's journal: a call returns when the kernel has the record");

    /** A system call for each record. */
    public static final Peer WRITE = new Peer(
            "write",
            Peer.Kind.LOGBACK,
            "",
            "`FileChannel.write` at a position for each record, one after another, in a file that was filled before");

    /** All of them, in the order of the table. */
    public static final List<Peer> KNOWN = List.of(DISK, SYNC, OS, WRITE);

    private Journals() {}

    /** One of them. Any thread. */
    public interface Way extends AutoCloseable {

        /** Returns when the record is where this way brings it. */
        void append(byte[] record) throws IOException;

        @Override
        void close() throws IOException;
    }

    /** Opens one, with its files in this directory. */
    public static Way open(Peer peer, Path directory) throws IOException {
        boolean device = peer.name().equals(DISK.name()) || peer.name().equals(SYNC.name());
        return peer.kind() == Peer.Kind.INKFAST
                ? new InkfastJournal(directory, device ? Durability.DISK : Durability.OS)
                : new PlainFile(directory, device);
    }

    /** A record. */
    public static byte[] record() {
        byte[] record = new byte[RECORD_BYTES];
        Arrays.fill(record, (byte) 'x');
        return record;
    }
}
