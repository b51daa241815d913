package io.inkfast.cli;

import io.inkfast.keys.EncryptionKeyset;
import io.inkfast.keys.KeysetException;
import io.inkfast.recorder.FlightEvent;
import io.inkfast.recorder.FlightRing;
import io.inkfast.recorder.SealedDump;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code inkfast flight}: looks into the rings of flight recorders. Changes nothing, takes no lock. */
@Command(name = "flight", description = "Shows what flight recorders have recorded, also of a process that runs.")
final class FlightCommand implements Runnable {

    private static final int LOCKED = 3;

    private final Streams streams;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    FlightCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }

    @Command(description = "Lists the rings in a directory.")
    int list(
            @Parameters(paramLabel = "<directory>", description = "as in <directory> of the appender") Path directory,
            @Option(names = "--json", description = "an object of JSON for each") boolean json)
            throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new ParameterException(spec.commandLine(), "[" + directory + "] is not a directory");
        }
        PrintWriter results = streams.results();
        if (!json) {
            results.println("state    pid      events   missing  last event                file");
        }
        int unreadable = 0;
        for (Path file : FlightRing.list(directory)) {
            try (FlightRing ring = FlightRing.open(file)) {
                results.println(line(ring, json));
            } catch (IOException e) {
                streams.say(e.getMessage());
                unreadable++;
            }
        }
        return unreadable == 0 ? 0 : Inkfast.FOUND;
    }

    private static String line(FlightRing ring, boolean json) throws IOException {
        FlightRing.State state = ring.state();
        Instant[] last = {null};
        int events = ring.last(Integer.MAX_VALUE, event -> last[0] = event.time());
        String time =
                last[0] == null ? "-" : last[0].truncatedTo(ChronoUnit.MILLIS).toString();
        String name = String.valueOf(ring.file().getFileName());
        return json
                ? "{\"file\":" + Json.quoted(name) + ",\"state\":\"" + state + "\",\"pid\":" + ring.pid()
                        + ",\"created\":\"" + ring.created() + "\",\"events\":" + events + ",\"missing\":"
                        + ring.missing() + ",\"last\":" + (last[0] == null ? "null" : '"' + time + '"') + ",\"ring\":"
                        + ring.description() + "}"
                : String.format(
                        "%-7s  %-7d  %-7d  %-7d  %-24s  %s", state, ring.pid(), events, ring.missing(), time, name);
    }

    @Command(description = "Writes the events of a ring, oldest first, as the appender's encoder made them.")
    int dump(
            @Parameters(
                            paramLabel = "<ring>",
                            description = "a file flight-*.ring, or a dump of encrypted events, flight-dump-*.sealed")
                    Path file,
            @Option(names = "--last", paramLabel = "<n>", description = "only the last n events") @Nullable
                    Integer last,
            @Option(
                            names = "--json",
                            description = "an object of JSON for each, with its number, time and level around it")
                    boolean json,
            @Mixin KeysetOption keyset)
            throws IOException, KeysetException {
        if (SealedDump.is(file)) {
            return sealed(file, json, keyset.required());
        }
        int most = last == null ? Integer.MAX_VALUE : last;
        if (most < 1) {
            throw new ParameterException(spec.commandLine(), "--last [" + last + "] is not a number from 1");
        }
        try (FlightRing ring = FlightRing.open(file)) {
            EncryptionKeyset keys = keyset.optional();
            if (keys != null) {
                ring.unlock(keys);
            }
            FlightRing.State state = ring.state();
            OutputStream out = new BufferedOutputStream(streams.out(), 1 << 16);
            long[] written = {0};
            int events = ring.last(most, event -> {
                streams.dumping().at(++written[0], "events");
                write(event, json, out);
            });
            out.flush();
            streams.say(
                    events + " events of process " + ring.pid() + " (" + state + "), " + ring.missing() + " missing");
            if (ring.locked() > 0) {
                streams.say(ring.locked() + " events are encrypted; name the keyset with --keyset");
                return LOCKED;
            }
            // A process that runs is always in the middle of something.
            return ring.missing() == 0 || state == FlightRing.State.LIVE ? 0 : Inkfast.FOUND;
        }
    }

    private int sealed(Path file, boolean json, @Nullable EncryptionKeyset keyset) throws IOException, KeysetException {
        if (keyset == null) {
            return LOCKED;
        }
        OutputStream out = new BufferedOutputStream(streams.out(), 1 << 16);
        long[] written = {0};
        long locked = SealedDump.read(file, keyset, event -> {
            streams.dumping().at(++written[0], "events");
            write(event, json, out);
        });
        out.flush();
        streams.say(written[0] + " events" + (locked == 0 ? "" : ", " + locked + " that the keyset does not open"));
        return locked == 0 ? 0 : LOCKED;
    }

    private static void write(FlightEvent event, boolean json, OutputStream out) throws IOException {
        if (json) {
            out.write(object(event).getBytes(StandardCharsets.UTF_8));
        } else {
            event.writeTo(out);
        }
    }

    private static String object(FlightEvent event) {
        String text = event.text();
        return "{\"number\":" + event.number() + ",\"time\":\"" + event.time() + "\",\"level\":\"" + event.level()
                + "\",\"shortened\":" + event.shortened() + ",\"event\":"
                + (text.startsWith("{") ? text : Json.quoted(text)) + "}\n";
    }
}
