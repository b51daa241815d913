package io.inkfast.cli;

import io.inkfast.journal.JournalReader;
import io.inkfast.journal.JournalReader.Condition;
import io.inkfast.keys.KeysetException;
import io.inkfast.recovery.DamagedLineException;
import io.inkfast.recovery.EventLines;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/**
 * {@code inkfast wal}: looks into the journals of write-ahead appenders. Changes nothing, takes no lock. Ends with 0 if the
 * journal is whole, 1 if its end is torn, 2 if confirmed events are missing, 3 if a segment, or anything else, cannot be read
 * or written, or events are encrypted with a key that is not there; with 64 also if there is no journal.
 */
@Command(
        name = "wal",
        scope = ScopeType.INHERIT,
        exitCodeOnExecutionException = WalCommand.UNREADABLE,
        description = "Shows what is in the journal of a write-ahead appender, also of a process that runs.")
final class WalCommand implements Runnable {

    static final int UNREADABLE = 3;

    private static final int MOST_GAPS = 20;

    private final Streams streams;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    WalCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }

    @Command(
            description =
                    "Says what is in a journal: segments, how far it is confirmed and delivered, what is missing.")
    int info(
            @Parameters(paramLabel = "<directory>", description = "as in <directory> of the appender") Path directory,
            @Option(names = "--json", description = "one object of JSON") boolean json)
            throws IOException {
        JournalReader journal = open(directory, streams.progress());
        PrintWriter out = streams.results();
        if (json) {
            out.println(object(journal));
        } else {
            out.println("condition     " + journal.condition() + (journal.isClosed() ? ", closed" : ""));
            out.println("delivered     to " + journal.deliveredLsn());
            out.println("confirmed     to " + journal.durableLsn());
            out.println("journalled    to " + journal.lastLsn());
            sayWhatWasNotJournalled(journal, out);
            sayWhatIsMissing(journal, out);
            for (JournalReader.Segment segment : journal.segments()) {
                out.println(String.format(
                        "%s  %s  %d to %d, %d records%s",
                        segment.name(),
                        segment.created(),
                        segment.firstLsn(),
                        segment.lastLsn(),
                        segment.records(),
                        segment.damagedBytes() == 0 ? "" : ", " + segment.damagedBytes() + " bytes damaged"));
            }
        }
        return code(journal);
    }

    @Command(description = "Checks every record of a journal.")
    int verify(
            @Parameters(paramLabel = "<directory>", description = "as in <directory> of the appender") Path directory,
            @Option(names = "--json", description = "one object of JSON, the same as that of info") boolean json)
            throws IOException {
        JournalReader journal = open(directory, streams.progress());
        PrintWriter out = streams.results();
        if (json) {
            out.println(object(journal));
        } else {
            sayWhatIsMissing(journal, out);
            out.println(journal.condition());
        }
        return code(journal);
    }

    @Command(description = "Writes the events of a journal as lines of JSON, oldest first.")
    int dump(
            @Parameters(paramLabel = "<directory>", description = "as in <directory> of the appender") Path directory,
            @Option(
                            names = "--from-lsn",
                            paramLabel = "<number>",
                            description = "where to begin; by default after what was delivered; 0 for all there is")
                    @Nullable
                    Long from,
            @Mixin KeysetOption keyset)
            throws IOException, KeysetException {
        JournalReader journal = open(directory, streams.dumping());
        JournalEvents events = new JournalEvents(journal, keyset.optional());
        OutputStream out = new BufferedOutputStream(streams.out(), 1 << 16);
        boolean all = write(events, from == null ? journal.deliveredLsn() + 1 : from, out, streams.dumping());
        out.flush();
        return all ? code(journal) : UNREADABLE;
    }

    @Command(description = "Writes every event that can be read, around all damage, to a new file.")
    int salvage(
            @Parameters(paramLabel = "<directory>", description = "as in <directory> of the appender") Path directory,
            @Option(names = "--out", required = true, paramLabel = "<file>", description = "a new file (0600)")
                    Path out,
            @Mixin KeysetOption keyset)
            throws IOException, KeysetException {
        JournalReader journal = open(directory, streams.progress());
        NewFile.check(spec, out);
        JournalEvents events = new JournalEvents(journal, keyset.optional());
        boolean[] all = {false};
        NewFile.write(out, lines -> all[0] = write(events, 0, lines, streams.progress()));
        sayWhatIsMissing(journal, streams.notes());
        return all[0] ? code(journal) : UNREADABLE;
    }

    private JournalReader open(Path directory, Progress progress) throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new ParameterException(spec.commandLine(), "[" + directory + "] is not a directory");
        }
        if (!JournalReader.isIn(directory)) {
            List<Path> below = journalsBelow(directory, "*");
            throw new ParameterException(
                    spec.commandLine(),
                    "there is no journal in [" + directory + "]"
                            + (below.isEmpty() ? "" : "; there is one in " + named(below)));
        }
        // A process that found the directory in use keeps its journal in one below.
        for (Path instance : journalsBelow(directory, "instance-*")) {
            streams.say("[" + instance + "] has a journal of its own, which is not looked at here");
        }
        return JournalReader.of(directory, done -> progress.at(done, "segments read"));
    }

    /* One that cannot be looked into has none that could be named. */
    private static List<Path> journalsBelow(Path directory, String pattern) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> below = Files.newDirectoryStream(directory, pattern)) {
            for (Path each : below) {
                if (Files.isDirectory(each) && Files.isReadable(each) && JournalReader.isIn(each)) {
                    found.add(each);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        found.sort(null);
        return found;
    }

    private static String named(List<Path> directories) {
        return String.join(
                " and in ", directories.stream().map(each -> "[" + each + "]").toList());
    }

    /* Whether none was left out. */
    private boolean write(JournalEvents events, long from, OutputStream out, Progress progress) throws IOException {
        long[] written = {0};
        try (EventLines lines = new EventLines()) {
            long all = events.read(from, (lsn, payload) -> {
                try {
                    out.write(lines.line(payload));
                    progress.at(++written[0], "events");
                } catch (DamagedLineException e) {
                    streams.say("record " + lsn + " is left out: " + e.getMessage());
                }
            });
            streams.say(written[0] + " events, " + events.condition());
            if (events.locked() > 0) {
                streams.say(events.sentence());
            }
            return written[0] == all && events.locked() == 0;
        }
    }

    private static void sayWhatWasNotJournalled(JournalReader journal, PrintWriter out) {
        List<String> gaps = journal.gaps();
        gaps.stream().limit(MOST_GAPS).forEach(gap -> out.println("not journalled " + gap));
        if (gaps.size() > MOST_GAPS) {
            out.println("not journalled " + (gaps.size() - MOST_GAPS) + " more ranges; --json lists all");
        }
    }

    private static void sayWhatIsMissing(JournalReader journal, PrintWriter out) {
        journal.lost().forEach(range -> out.println("lost          " + range));
        journal.torn().forEach(range -> out.println("torn          " + range));
        journal.unreadable().forEach(name -> out.println("unreadable    " + name));
    }

    private static int code(JournalReader journal) {
        return switch (journal.condition()) {
            case CLEAN -> 0;
            case TORN -> 1;
            case LOST -> 2;
            case UNREADABLE -> UNREADABLE;
        };
    }

    private static String object(JournalReader journal) {
        StringBuilder segments = new StringBuilder();
        for (JournalReader.Segment segment : journal.segments()) {
            segments.append(segments.length() == 0 ? "" : ",")
                    .append("{\"file\":")
                    .append(Json.quoted(segment.name()))
                    .append(",\"first\":")
                    .append(segment.firstLsn())
                    .append(",\"last\":")
                    .append(segment.lastLsn())
                    .append(",\"records\":")
                    .append(segment.records())
                    .append(",\"damagedBytes\":")
                    .append(segment.damagedBytes())
                    .append('}');
        }
        Condition condition = journal.condition();
        return "{\"condition\":\"" + condition + "\",\"closed\":" + journal.isClosed() + ",\"delivered\":"
                + journal.deliveredLsn() + ",\"confirmed\":" + journal.durableLsn() + ",\"journalled\":"
                + journal.lastLsn() + ",\"lost\":" + Json.array(journal.lost()) + ",\"torn\":"
                + Json.array(journal.torn())
                + ",\"gaps\":" + Json.array(journal.gaps()) + ",\"unreadable\":" + Json.array(journal.unreadable())
                + ",\"segments\":[" + segments + "]}";
    }
}
