package io.inkfast.cli;

import io.inkfast.keys.KeysetException;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** What a process has left in a directory, and what became of it. One thread. */
interface Leftover extends AutoCloseable {

    /**
     * What is known of it when its events are written.
     *
     * @param state      of the ring or the journal
     * @param events     that were written
     * @param missing    events that ought to be there and are not
     * @param unreadable how many files cannot be read
     * @param kept       why it must not be deleted; null if it may be
     */
    record Found(
            String state,
            long events,
            long missing,
            int unreadable,
            @Nullable String kept) {}

    /** The file or directory. */
    String name();

    /** Whether it is a journal, and not a ring. */
    boolean isJournal();

    /**
     * Writes its events, each as a line, and says what there was to the person who called; null if it is left out.
     *
     * @throws KeysetException if a KMS cannot be asked
     */
    @Nullable
    Found write(OutputStream lines, Streams streams) throws IOException, KeysetException;

    /** Deletes it; null if that was done, else why not. */
    @Nullable
    String delete() throws IOException;

    @Override
    default void close() {}
}
