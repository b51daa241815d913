package io.inkfast.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A command of the machine. */
public final class Command {

    private Command() {}

    /** Null if it worked, else what it said. */
    public static @Nullable String run(String... command) throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
            process.waitFor(60, TimeUnit.SECONDS);
            return process.exitValue() == 0 ? null : said + " (" + process.exitValue() + ")";
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** It has to work. */
    public static void must(String... command) throws IOException, InterruptedException {
        String said = run(command);
        if (said != null) {
            throw new IOException(String.join(" ", command) + ": " + said);
        }
    }
}
