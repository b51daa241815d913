package io.inkfast.file;

import io.inkfast.internal.Storage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Files in memory. One call can be made to fail, writes can be short, and other programs can interfere. */
final class FakeStorage implements Storage {

    static final class Inode {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    }

    private final Map<Path, Inode> files = new LinkedHashMap<>();
    private final Map<Inode, Integer> unforced = new LinkedHashMap<>();

    int calls;
    int writes;
    int opens;
    int open;

    /* The call with this number throws; a write has written so many bytes by then. */
    int failAt = -1;
    int bytesBeforeFailure;
    Supplier<IOException> failure = () -> new IOException("No space left on device");

    /* Whether the device confirms nothing. */
    boolean refusing;

    int bytesPerWrite = Integer.MAX_VALUE;
    Runnable beforeCall = () -> {};

    String content(String path) {
        Inode inode = files.get(Path.of(path));
        return inode == null ? null : inode.bytes.toString(StandardCharsets.UTF_8);
    }

    void put(String path, String content) {
        Inode inode = new Inode();
        inode.bytes.writeBytes(content.getBytes(StandardCharsets.UTF_8));
        files.put(Path.of(path), inode);
    }

    void rename(String from, String to) {
        Inode inode = files.remove(Path.of(from));
        if (inode != null) {
            files.put(Path.of(to), inode);
        }
    }

    void delete(String path) {
        files.remove(Path.of(path));
    }

    void cut(String path) {
        files.get(Path.of(path)).bytes.reset();
    }

    int unforced(String path) {
        return unforced.getOrDefault(files.get(Path.of(path)), 0);
    }

    java.util.Set<Path> names() {
        return files.keySet();
    }

    private boolean fails() {
        beforeCall.run();
        return ++calls == failAt;
    }

    private void call() throws IOException {
        if (fails()) {
            throw failure.get();
        }
    }

    @Override
    public Output open(Path file, boolean truncate) throws IOException {
        call();
        opens++;
        Inode inode = files.computeIfAbsent(file, name -> new Inode());
        if (truncate) {
            inode.bytes.reset();
        }
        open++;
        return new FakeOutput(inode);
    }

    @Override
    public Stat stat(Path file) throws IOException {
        call();
        Inode inode = files.get(file);
        return inode == null ? null : new Stat(inode, inode.bytes.size());
    }

    @Override
    public int lastByte(Path file) throws IOException {
        call();
        byte[] bytes = files.get(file).bytes.toByteArray();
        return bytes.length == 0 ? -1 : bytes[bytes.length - 1];
    }

    private final class FakeOutput implements Output {
        private final Inode inode;
        private boolean closed;

        FakeOutput(Inode inode) {
            this.inode = inode;
        }

        @Override
        public int write(ByteBuffer bytes) throws IOException {
            if (closed) {
                throw new IOException("closed");
            }
            boolean fails = fails();
            writes++;
            int count = Math.min(bytes.remaining(), fails ? bytesBeforeFailure : bytesPerWrite);
            byte[] some = new byte[count];
            bytes.get(some);
            inode.bytes.writeBytes(some);
            unforced.merge(inode, count, Integer::sum);
            if (fails) {
                throw failure.get();
            }
            return count;
        }

        @Override
        public void force() throws IOException {
            call();
            if (refusing) {
                throw failure.get();
            }
            unforced.remove(inode);
        }

        @Override
        public void close() throws IOException {
            if (!closed) {
                closed = true;
                open--;
            }
            call();
        }
    }
}
