package io.inkfast.cli;

import io.inkfast.internal.Directory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** Kills whoever takes the n-th step: that one and all later ones are not done. */
final class Steps {

    static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    private int left = Integer.MAX_VALUE;

    /** From now on. */
    void killAfter(int steps) {
        left = steps;
    }

    void next() {
        if (left <= 0) {
            throw new Killed();
        }
        left--;
    }

    /** Each call is a step; a write is cut in two. */
    Directory on(Directory directory) {
        return new Counted(directory);
    }

    private final class Counted implements Directory {

        private final Directory real;

        Counted(Directory real) {
            this.real = real;
        }

        @Override
        public List<String> list() throws IOException {
            next();
            return real.list();
        }

        @Override
        public Binary create(String name) throws IOException {
            next();
            return new CountedFile(real.create(name));
        }

        @Override
        public Binary open(String name, Access access) throws IOException {
            next();
            return new CountedFile(real.open(name, access));
        }

        @Override
        public void rename(String from, String to) throws IOException {
            next();
            real.rename(from, to);
        }

        @Override
        public void delete(String name) throws IOException {
            next();
            real.delete(name);
        }

        @Override
        public void sync() throws IOException {
            next();
            real.sync();
        }

        @Override
        public Directory child(String name) {
            return new Counted(real.child(name));
        }
    }

    private final class CountedFile implements Directory.Binary {

        private final Directory.Binary real;

        CountedFile(Directory.Binary real) {
            this.real = real;
        }

        @Override
        public int write(ByteBuffer bytes, long position) throws IOException {
            next();
            ByteBuffer half = bytes.slice(bytes.position(), (bytes.remaining() + 1) / 2);
            int written = real.write(half, position);
            bytes.position(bytes.position() + written);
            return written;
        }

        @Override
        public int read(ByteBuffer bytes, long position) throws IOException {
            next();
            return real.read(bytes, position);
        }

        @Override
        public void force() throws IOException {
            next();
            real.force();
        }

        @Override
        public long size() throws IOException {
            next();
            return real.size();
        }

        @Override
        public void truncate(long size) throws IOException {
            next();
            real.truncate(size);
        }

        @Override
        public void close() throws IOException {
            real.close();
        }
    }
}
