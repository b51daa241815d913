package io.inkfast.recorder;

import io.inkfast.internal.Directory;
import java.io.IOException;
import java.util.List;

/** A directory on a disk that is full: nothing new can be made in it. */
record FullDirectory(Directory real) implements Directory {

    @Override
    public List<String> list() throws IOException {
        return real.list();
    }

    @Override
    public Binary create(String name) throws IOException {
        throw new IOException("No space left on device");
    }

    @Override
    public Binary open(String name, Access access) throws IOException {
        return real.open(name, access);
    }

    @Override
    public void rename(String from, String to) throws IOException {
        real.rename(from, to);
    }

    @Override
    public void delete(String name) throws IOException {
        real.delete(name);
    }

    @Override
    public void sync() throws IOException {
        real.sync();
    }

    @Override
    public Directory child(String name) {
        return new FullDirectory(real.child(name));
    }
}
