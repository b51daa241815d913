package io.inkfast.cli;

import io.inkfast.keys.EncryptionKeyset;
import io.inkfast.keys.KeysetException;
import io.inkfast.recorder.FlightRing;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The ring of a flight recorder. */
record LeftRing(Path file, @Nullable EncryptionKeyset keyset) implements Leftover {

    @Override
    public String name() {
        return file.toString();
    }

    @Override
    public boolean isJournal() {
        return false;
    }

    @Override
    public @Nullable Found write(OutputStream lines, Streams streams) throws IOException, KeysetException {
        FlightRing ring;
        try {
            ring = FlightRing.open(file);
        } catch (IOException e) {
            streams.say(e.getMessage());
            return new Found("UNREADABLE", 0, 0, 1, "it cannot be read");
        }
        try (ring) {
            FlightRing.State state = ring.state();
            if (state == FlightRing.State.LIVE) {
                streams.say("[" + file + "] is left out, process " + ring.pid() + " runs");
                return null;
            }
            if (keyset != null) {
                ring.unlock(keyset);
            }
            long[] written = {0};
            int events = ring.last(Integer.MAX_VALUE, event -> {
                event.writeTo(lines);
                streams.progress().at(++written[0], "events of [" + file + "]");
            });
            streams.say("[" + file + "] " + events + " events of process " + ring.pid());
            if (ring.locked() > 0) {
                streams.say("[" + file + "] " + ring.locked() + " events are encrypted; name the keyset with --keyset");
            }
            return new Found(
                    state.toString(),
                    events,
                    ring.missing() + ring.locked(),
                    0,
                    ring.locked() > 0 ? "its events are encrypted" : null);
        }
    }

    @Override
    public @Nullable String delete() throws IOException {
        return FlightRing.delete(file) ? null : "it is in use";
    }
}
