package io.inkfast.cli;

import io.inkfast.keys.KeysetException;
import io.inkfast.mask.Revealer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code inkfast reveal}: opens the tokens of a log, and says who did, with which keys, and how many. */
@Command(name = "reveal", description = "Copies lines to standard output with their tokens opened. Hashes stay.")
final class RevealCommand implements Callable<Integer> {

    private final Streams streams;

    @Option(
            names = "--keyset",
            required = true,
            paramLabel = "<keyset>",
            description = "a file, or env:NAME; ?kms=uri behind it if it is encrypted")
    private String keyset = "";

    @Parameters(paramLabel = "<files>", arity = "0..*", description = "logs; without any: standard input")
    private List<Path> files = List.of();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    RevealCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws KeysetException, IOException {
        for (Path file : files) {
            if (!Files.isRegularFile(file) && !Files.isReadable(file)) {
                throw new ParameterException(spec.commandLine(), "[" + file + "] is not a file that can be read");
            }
        }
        Revealer revealer = Revealer.of(Reference.of(keyset));
        try {
            if (files.isEmpty()) {
                revealer.copy(streams.in(), streams.out());
            }
            for (Path file : files) {
                try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
                    revealer.copy(in, streams.out());
                }
            }
            streams.out().flush();
        } finally {
            // Also for who stops reading half-way.
            report(revealer);
        }
        return revealer.unopened() == 0 ? 0 : Inkfast.FOUND;
    }

    private void report(Revealer revealer) {
        long revealed = revealer.revealed();
        long unopened = revealer.unopened();
        streams.notes()
                .println("inkfast: " + revealed + (revealed == 1 ? " token" : " tokens") + " revealed, " + unopened
                        + " could not be (key missing, or forged)");
        streams.notes()
                .println("inkfast: audit time=" + Instant.now().truncatedTo(ChronoUnit.SECONDS) + " user=" + user()
                        + " keys=" + String.join(",", revealer.keyIds()) + " revealed=" + revealed + " unopened="
                        + unopened);
    }

    private static String user() {
        return System.getProperty("user.name", "?").replaceAll("[^\\p{L}\\p{N}@._\\\\-]", "_");
    }
}
