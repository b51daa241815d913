package io.inkfast.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * One directory, and files in it that are read and written at positions: what a journal needs of a file system, so that
 * a test can fail, tear or undo any part of it. {@link SystemDirectory} is the real one. Any thread; a file's writer is
 * one thread at a time.
 *
 * @since 0.1.0
 */
public interface Directory {

    /** The names in it, in no order; none if there is no such directory. */
    List<String> list() throws IOException;

    /** A new file to read and write; makes the directories that are missing. It is an error if the name exists. */
    Binary create(String name) throws IOException;

    /** An existing file. */
    Binary open(String name, Access access) throws IOException;

    /** Gives a file a new name, in place of a file that had it. */
    void rename(String from, String to) throws IOException;

    /** Does nothing if there is no such file. */
    void delete(String name) throws IOException;

    /** Returns when the names are on the device: what was created and renamed is found again after a power cut. */
    void sync() throws IOException;

    /** A directory in this one; it need not exist. */
    Directory child(String name);

    /** What an opened file may be used for. */
    enum Access {
        READ,
        WRITE
    }

    /** An open file. */
    interface Binary {

        /** Writes some of the remaining bytes, at least one, and moves the buffer's position on by as many. */
        int write(ByteBuffer bytes, long position) throws IOException;

        /** Reads some bytes, and moves the buffer's position on; -1 at the end of the file. */
        int read(ByteBuffer bytes, long position) throws IOException;

        /** Returns when the content is on the device. Once it has failed, nothing later on this file proves anything. */
        void force() throws IOException;

        long size() throws IOException;

        void truncate(long size) throws IOException;

        void close() throws IOException;
    }
}
