package io.inkfast.cli;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What a command reads and writes.
 *
 * @param out   bytes of results; flushed by whoever writes
 * @param notes what is said to the person who called, and is not a result
 */
record Streams(InputStream in, OutputStream out, PrintWriter notes) {

    static Streams of(InputStream in, OutputStream out, OutputStream err) {
        return new Streams(in, out, new PrintWriter(err, true, StandardCharsets.UTF_8));
    }

    /** One line for the person who called. */
    void say(@Nullable String sentence) {
        notes.println("inkfast: " + sentence);
    }

    /** Results as text. */
    PrintWriter results() {
        return new PrintWriter(out, true, StandardCharsets.UTF_8);
    }
}
