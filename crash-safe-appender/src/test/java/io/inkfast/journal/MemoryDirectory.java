package io.inkfast.journal;

import io.inkfast.internal.Directory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A directory in memory that knows what a power cut may leave of it: of what was written since a file's last force, any
 * sectors, in any order, or garbage; of the names since the directory's last sync, the first few. It also fails on
 * demand. One thread.
 */
final class MemoryDirectory implements Directory {

    static final int SECTOR = 512;

    /** Decides about an operation: null lets it be done. */
    interface Faults {
        /** Throws, or returns how many bytes of a write are done; the number it was given if all. */
        int before(String operation, String name, int bytes) throws IOException;
    }

    /** What a file is, whatever its names. */
    private static final class Node {
        byte[] content = new byte[0];
        byte[] forced = new byte[0];
        final List<long[]> unforced = new ArrayList<>();

        void write(ByteBuffer bytes, int count, long position) {
            int end = (int) position + count;
            if (content.length < end) {
                content = Arrays.copyOf(content, end);
            }
            bytes.get(content, (int) position, count);
            unforced.add(new long[] {position, end});
        }

        /* What a force that failed has dropped is in the content, and comes to the device only if it is written again. */
        void force() {
            forced = Arrays.copyOf(forced, content.length);
            for (long[] range : unforced) {
                int from = (int) range[0];
                int to = (int) Math.min(range[1], content.length);
                if (from < to) {
                    System.arraycopy(content, from, forced, from, to - from);
                }
            }
            unforced.clear();
        }

        Node copy() {
            Node node = new Node();
            node.content = content.clone();
            node.forced = forced.clone();
            node.unforced.addAll(unforced);
            return node;
        }

        Node afterCut(Random random) {
            Node node = new Node();
            byte[] left = forced.clone();
            for (long[] range : unforced) {
                for (long at = range[0] / SECTOR * SECTOR; at < range[1]; at += SECTOR) {
                    int from = (int) Math.max(at, range[0]);
                    int to = (int) Math.min(at + SECTOR, range[1]);
                    int fate = random.nextInt(8);
                    if (fate >= 4 && left.length < to) {
                        left = Arrays.copyOf(left, to);
                    }
                    if (fate >= 5) {
                        System.arraycopy(content, from, left, from, Math.min(to, content.length) - from);
                    } else if (fate == 4) {
                        for (int i = from; i < to; i++) {
                            left[i] = (byte) random.nextInt();
                        }
                    }
                }
            }
            node.content = left;
            node.forced = left.clone();
            return node;
        }
    }

    private final Map<String, Node> names = new TreeMap<>();
    private final Map<String, Node> synced = new LinkedHashMap<>();
    private final List<Map<String, Node>> unsynced = new ArrayList<>();
    private Faults faults = (operation, name, bytes) -> bytes;
    private Faults readFaults = faults;
    private int operations;

    void fail(Faults by) {
        faults = by;
    }

    /** What a device does that cannot read some bytes of a file. */
    static Faults unreadable(String file, int from, int to) {
        return (operation, name, position) -> {
            if (operation.equals("read") && name.equals(file) && position >= from && position < to) {
                throw new IOException("Input/output error");
            }
            return 0;
        };
    }

    /** Decides about "open" and "read", of which it gets the position of each sector. */
    void failReading(Faults by) {
        readFaults = by;
    }

    /** How many operations that change something there have been. */
    int operations() {
        return operations;
    }

    /** The directory as a power cut may leave it at this moment. */
    MemoryDirectory afterCut(Random random) {
        MemoryDirectory left = new MemoryDirectory();
        int done = random.nextInt(unsynced.size() + 1);
        Map<String, Node> seen = done == 0 ? synced : unsynced.get(done - 1);
        seen.forEach((name, node) -> {
            Node after = node.afterCut(random);
            left.names.put(name, after);
            left.synced.put(name, after);
        });
        return left;
    }

    /** The directory as the death of the process leaves it: what was not forced is with the kernel, and may still be lost. */
    MemoryDirectory afterKill() {
        MemoryDirectory left = new MemoryDirectory();
        Map<Node, Node> copies = new IdentityHashMap<>();
        copy(names, left.names, copies);
        copy(synced, left.synced, copies);
        for (Map<String, Node> change : unsynced) {
            left.unsynced.add(copy(change, new LinkedHashMap<>(), copies));
        }
        return left;
    }

    private static Map<String, Node> copy(Map<String, Node> from, Map<String, Node> to, Map<Node, Node> copies) {
        from.forEach((name, node) -> to.put(name, copies.computeIfAbsent(node, Node::copy)));
        return to;
    }

    byte[] content(String name) {
        return names.get(name).content.clone();
    }

    void put(String name, byte[] content) {
        Node node = new Node();
        node.content = content;
        node.forced = content.clone();
        names.put(name, node);
        synced.put(name, node);
    }

    @Override
    public List<String> list() {
        return new ArrayList<>(names.keySet());
    }

    @Override
    public Binary create(String name) throws IOException {
        check("create", name, 0);
        if (names.containsKey(name)) {
            throw new IOException("exists");
        }
        names.put(name, new Node());
        unsynced.add(new LinkedHashMap<>(names));
        return new File(name, names.get(name));
    }

    @Override
    public Binary open(String name, Access access) throws IOException {
        readFaults.before("open", name, 0);
        if (!names.containsKey(name)) {
            throw new NoSuchFileException(name);
        }
        return new File(name, names.get(name));
    }

    @Override
    public void rename(String from, String to) throws IOException {
        check("rename", from, 0);
        Node node = names.remove(from);
        if (node == null) {
            throw new NoSuchFileException(from);
        }
        names.put(to, node);
        unsynced.add(new LinkedHashMap<>(names));
    }

    @Override
    public void delete(String name) throws IOException {
        check("delete", name, 0);
        if (names.remove(name) != null) {
            unsynced.add(new LinkedHashMap<>(names));
        }
    }

    @Override
    public void sync() throws IOException {
        check("sync", "", 0);
        synced.clear();
        synced.putAll(names);
        unsynced.clear();
    }

    @Override
    public Directory child(String name) {
        throw new UnsupportedOperationException();
    }

    private int check(String operation, String name, int bytes) throws IOException {
        operations++;
        return faults.before(operation, name, bytes);
    }

    private final class File implements Binary {

        private final String name;
        private final Node node;

        File(String name, Node node) {
            this.name = name;
            this.node = node;
        }

        @Override
        public int write(ByteBuffer bytes, long position) throws IOException {
            int count = check("write", name, bytes.remaining());
            node.write(bytes, count, position);
            return count;
        }

        @Override
        public int read(ByteBuffer bytes, long position) throws IOException {
            int count = (int) Math.min(bytes.remaining(), node.content.length - position);
            for (long at = position; at < position + count; at += SECTOR - at % SECTOR) {
                readFaults.before("read", name, (int) at);
            }
            if (count <= 0) {
                return -1;
            }
            bytes.put(node.content, (int) position, count);
            return count;
        }

        @Override
        public void force() throws IOException {
            int answer;
            try {
                answer = check("force", name, 0);
            } catch (IOException e) {
                // As the kernel does: some pages are on the device, the others will never be.
                node.forced = node.afterCut(new Random(operations)).content;
                node.unforced.clear();
                throw e;
            }
            if (answer < 0) {
                // A lie: what was not on the device is forgotten, and counts as written.
                node.unforced.clear();
                return;
            }
            node.force();
        }

        @Override
        public long size() {
            return node.content.length;
        }

        @Override
        public void truncate(long size) throws IOException {
            check("truncate", name, 0);
            node.content = Arrays.copyOf(node.content, (int) size);
        }

        @Override
        public void close() {}
    }
}
