package io.inkfast.cli;

import io.inkfast.component.Accounting;
import io.inkfast.keys.EncryptionKeyset;
import io.inkfast.keys.KeysetException;
import io.inkfast.keys.RecordOpener;
import io.inkfast.keys.RecordSeal;
import io.inkfast.net.DeadLetter;
import io.inkfast.net.DeadLetterLines;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code inkfast dlq}: reads what network appenders have kept aside because a peer refused it for good, and sends it again. The
 * file is never changed.
 */
@Command(name = "dlq", description = "Shows the dead letters of network appenders, also of a process that runs.")
final class DlqCommand implements Runnable {

    private final Streams streams;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    DlqCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }

    @Command(description = "Lists the dead letters, with who refused them and why.")
    int list(
            @Parameters(paramLabel = "<file>", description = "as in <deadLetter> of the appender") Path file,
            @Mixin KeysetOption keyset)
            throws IOException, KeysetException {
        DeadLetterLines lines = read(file, keyset);
        for (DeadLetter letter : lines.letters()) {
            streams.results()
                    .println(Instant.ofEpochMilli(letter.at()) + "  " + letter.appender() + "  " + letter.endpoint()
                            + "  " + letter.id() + "  " + letter.level() + "  sent " + letter.attempts() + "  "
                            + Json.quoted(letter.why()));
        }
        return end(file, lines);
    }

    @Command(description = "Writes the events, oldest first, as the appender's encoder made them, a line for each.")
    int export(
            @Parameters(paramLabel = "<file>", description = "as in <deadLetter> of the appender") Path file,
            @Option(names = "--out", paramLabel = "<file>", description = "a new file; standard output by default")
                    @Nullable
                    Path out,
            @Mixin KeysetOption keyset)
            throws IOException, KeysetException {
        if (out != null) {
            NewFile.check(spec, out);
        }
        DeadLetterLines lines = read(file, keyset);
        if (out == null) {
            write(lines.letters(), streams.out());
            streams.out().flush();
        } else {
            NewFile.write(out, target -> write(lines.letters(), target));
        }
        return end(file, lines);
    }

    @Command(
            description =
                    "Sends the dead letters again, each under its id, through an appender of a configuration; no other"
                            + " appender of it is started. The file stays as it is.")
    int replay(
            @Parameters(paramLabel = "<file>", description = "as in <deadLetter> of the appender") Path file,
            @Option(names = "--config", required = true, paramLabel = "<file>", description = "a logback.xml")
                    Path config,
            @Option(
                            names = "--appender",
                            paramLabel = "<name>",
                            description = "which one of it; not needed if it has one network appender")
                    @Nullable
                    String name,
            @Option(
                            names = "--timeout",
                            defaultValue = "60",
                            paramLabel = "<seconds>",
                            description = "how long to wait for the peer; default ${DEFAULT-VALUE}")
                    int seconds,
            @Mixin KeysetOption keyset)
            throws IOException, KeysetException {
        DeadLetterLines lines = read(file, keyset);
        try (OneAppender one = OneAppender.of(config, name)) {
            lines.letters().forEach(one.appender()::resend);
            boolean all = one.appender().flush(Duration.ofSeconds(Math.max(0, seconds)));
            Accounting accounting = one.appender().accounting();
            long refused = accounting.deadLettered() + accounting.failed();
            // Also what found no room, where the appender's policy is to drop it.
            long unsent = lines.letters().size() - accounting.written() - refused;
            streams.say("of [" + lines.letters().size() + "] dead letters [" + accounting.written() + "] were taken, ["
                    + refused + "] refused again, [" + unsent + "] not sent in time");
            int end = end(file, lines);
            return all && accounting.written() == lines.letters().size() ? end : Inkfast.FOUND;
        }
    }

    private static void write(List<DeadLetter> letters, OutputStream out) throws IOException {
        for (DeadLetter letter : letters) {
            out.write(letter.body());
            out.write('\n');
        }
    }

    private DeadLetterLines read(Path file, KeysetOption option) throws IOException, KeysetException {
        if (!Files.isRegularFile(file)) {
            throw new ParameterException(spec.commandLine(), "[" + file + "] is not a file");
        }
        // A line that is still being written, or that a crash has cut off, may end within a character.
        List<String> lines = new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                .lines()
                .toList();
        EncryptionKeyset keyset = option.optional();
        return DeadLetterLines.of(lines, RecordOpener.of(keyset, lines, RecordSeal.Purpose.DEAD_LETTER));
    }

    private int end(Path file, DeadLetterLines lines) {
        if (lines.locked() > 0) {
            streams.say("[" + file + "] has [" + lines.locked()
                    + "] dead letters that are encrypted, and cannot be opened: name the keyset with --keyset");
        }
        if (lines.broken() > 0) {
            streams.say("[" + file + "] has [" + lines.broken() + "] lines that are no dead letter; they are left out");
        }
        return lines.locked() + lines.broken() == 0 ? 0 : Inkfast.FOUND;
    }
}
