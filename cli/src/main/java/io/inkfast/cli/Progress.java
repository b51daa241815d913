package io.inkfast.cli;

import io.inkfast.internal.Ticker;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How far a long command is: one line on a terminal, at most four times a second, which is gone in the end. Nothing where
 * there is no terminal. One thread.
 */
final class Progress {

    private static final long INTERVAL_NANOS = 250_000_000L;

    private final PrintWriter notes;
    private final boolean shown;
    private final Ticker ticker;
    private long shownAt;
    private int length;

    /** @param shown whether {@code notes} are a terminal, to which nobody else writes meanwhile */
    Progress(PrintWriter notes, boolean shown, Ticker ticker) {
        this.notes = notes;
        this.shown = shown;
        this.ticker = ticker;
        shownAt = ticker.nanos();
    }

    /** So many are done. */
    void at(long done, String what) {
        if (shown && ticker.nanos() - shownAt >= INTERVAL_NANOS) {
            shownAt = ticker.nanos();
            String line = "inkfast: " + done + " " + what;
            notes.print('\r' + line + " ".repeat(Math.max(0, length - line.length())));
            notes.flush();
            length = line.length();
        }
    }

    /** Makes room for something else. */
    void clear() {
        if (length > 0) {
            notes.print('\r' + " ".repeat(length) + '\r');
            notes.flush();
            length = 0;
        }
    }

    /** Whether standard output, 1, or standard error, 2, is a terminal, as far as one can tell. */
    static boolean isTerminal(int descriptor) {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | RuntimeException e) {
            return isConsole();
        }
    }

    /* From JDK 22 on there may be a console also where input or output is a file; then it says that it is no terminal. */
    @SuppressWarnings("SystemConsoleNull") // older ones have none then
    private static boolean isConsole() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }
}
