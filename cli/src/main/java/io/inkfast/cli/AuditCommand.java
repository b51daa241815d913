package io.inkfast.cli;

import io.inkfast.encrypt.EncryptedLogReader;
import io.inkfast.encrypt.LogState;
import io.inkfast.keys.EncryptionKeyset;
import io.inkfast.keys.KeysetException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.zip.GZIPInputStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code inkfast audit}: whether all events of each run are there, by their ids. Reads only. Ends with 0 if none is missing, 1
 * if some are, 2 if that cannot be said.
 */
@Command(
        name = "audit",
        description = "Says of each run whether all of its events are in the files, and which are missing.")
final class AuditCommand implements Callable<Integer> {

    private static final int BUFFER = 1 << 16;
    private static final byte[] GZIP = {0x1f, (byte) 0x8b};
    private static final byte[] ENCRYPTED = "INKELOG\n".getBytes(StandardCharsets.US_ASCII);

    private final Streams streams;

    @Mixin
    private final KeysetOption keyset;

    @Option(names = "--json", description = "one object of JSON; the same as --format json")
    private boolean json;

    @Option(names = "--format", paramLabel = "<format>", description = "${COMPLETION-CANDIDATES}")
    private Format format = Format.text;

    @Option(
            names = "--partial",
            description =
                    "the files need not have the beginning of a run: what comes before its first event is not asked for")
    private boolean partial;

    @Parameters(
            paramLabel = "<files>",
            arity = "0..*",
            description = "files with a line of JSON for each event, also compressed by gzip or encrypted, or quoted"
                    + " patterns; without any: standard input")
    private List<String> names = List.of();

    private enum Format {
        text,
        json
    }

    AuditCommand(Streams streams) {
        this.streams = streams;
        keyset = new KeysetOption(streams);
    }

    @Override
    public Integer call() throws KeysetException, IOException {
        Audit audit = new Audit(streams.progress());
        boolean readAll;
        if (names.isEmpty()) {
            readAll = read("standard input", streams.in(), new Lines(audit));
        } else {
            List<Path> files = LogFiles.named(names, streams);
            readAll = !files.isEmpty();
            for (Path file : files) {
                readAll &= read(file, new Lines(audit));
            }
        }
        AuditReport report = new AuditReport(audit, partial, readAll);
        PrintWriter results = streams.results();
        if (json || format == Format.json) {
            report.printJson(results);
        } else {
            report.print(results);
        }
        return report.code();
    }

    /* False, and that was said, if it cannot be read to its end. */
    private boolean read(Path file, Lines lines) throws KeysetException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
            return begins(in, ENCRYPTED) ? decrypt(file, lines) : read(file.toString(), in, lines);
        } catch (IOException e) {
            streams.say("[" + file + "] " + LogFiles.problem(e));
            return false;
        }
    }

    private boolean read(String name, InputStream given, Lines lines) {
        try {
            InputStream in = given.markSupported() ? given : new BufferedInputStream(given, BUFFER);
            InputStream clear = begins(in, GZIP) ? new GZIPInputStream(in, BUFFER) : in;
            byte[] buffer = new byte[BUFFER];
            for (int read = clear.read(buffer); read >= 0; read = clear.read(buffer)) {
                lines.write(buffer, 0, read);
            }
            return true;
        } catch (IOException e) {
            streams.say("[" + name + "] " + LogFiles.problem(e));
            return false;
        } finally {
            lines.end();
        }
    }

    private static boolean begins(InputStream in, byte[] magic) throws IOException {
        in.mark(magic.length);
        byte[] first = in.readNBytes(magic.length);
        in.reset();
        return Arrays.equals(first, magic);
    }

    private boolean decrypt(Path file, Lines lines) throws IOException, KeysetException {
        EncryptionKeyset keys = keyset.required();
        EncryptedLogReader reader = keys == null ? null : LogFiles.open(file, keys, streams);
        return reader != null && decrypt(reader, file.toString(), lines);
    }

    private boolean decrypt(EncryptedLogReader given, String name, Lines lines) throws IOException, KeysetException {
        try (EncryptedLogReader reader = given) {
            LogCopy copy = new LogCopy(reader, name, new FrameLines(lines, null), streams);
            copy.more();
            LogState state = copy.end();
            return state == LogState.CLOSED || state == LogState.NOT_CLOSED;
        } finally {
            lines.end();
        }
    }
}
