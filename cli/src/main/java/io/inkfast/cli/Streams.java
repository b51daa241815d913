package io.inkfast.cli;

import io.inkfast.internal.Ticker;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a command reads and writes.
 *
 * @param out      bytes of results; flushed by whoever writes
 * @param notes    what is said to the person who called, and is not a result
 * @param progress for commands that write their results to a file
 * @param dumping  for commands that write them to {@code out}: nothing if that is the same terminal
 * @param environment variables by their names
 */
record Streams(
        InputStream in,
        OutputStream out,
        PrintWriter notes,
        Progress progress,
        Progress dumping,
        UnaryOperator<@Nullable String> environment) {

    /** Without a terminal. */
    static Streams of(InputStream in, OutputStream out, OutputStream err) {
        return of(in, out, err, false, false, Ticker.SYSTEM);
    }

    /** @param outShown whether {@code out} is a terminal; {@code errShown} the same for {@code err} */
    static Streams of(
            InputStream in, OutputStream out, OutputStream err, boolean outShown, boolean errShown, Ticker ticker) {
        PrintWriter notes = new PrintWriter(err, true, StandardCharsets.UTF_8);
        Progress none = new Progress(notes, false, ticker);
        Progress progress = errShown ? new Progress(notes, true, ticker) : none;
        return new Streams(in, out, notes, progress, outShown ? none : progress, System::getenv);
    }

    /** The same with other variables. */
    Streams with(UnaryOperator<@Nullable String> variables) {
        return new Streams(in, out, notes, progress, dumping, variables);
    }

    /** One line for the person who called. */
    void say(@Nullable String sentence) {
        progress.clear();
        notes.println("inkfast: " + sentence);
    }

    /** Results as text. */
    PrintWriter results() {
        progress.clear();
        return new PrintWriter(out, true, StandardCharsets.UTF_8);
    }
}
