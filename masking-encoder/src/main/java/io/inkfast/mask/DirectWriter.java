package io.inkfast.mask;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.inkfast.internal.BatchBuffer;
import io.inkfast.mask.direct.JsonLine;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import net.logstash.logback.composite.JsonProvider;
import org.jspecify.annotations.Nullable;

/*
 * Most events of most applications consist of a handful of values that were there before (logger, thread, level, MDC) and a
 * few short texts. The former are rendered once by the providers themselves, through the generator that redacts, and then
 * kept as bytes; the latter are redacted and copied. Whatever is not known to come out as Jackson would write it is left to
 * Jackson: the parts refuse, and the event is written the other way.
 */
/** Writes events without Jackson where the result is the same. One thread at a time. */
final class DirectWriter {

    private static final int NAMES = 256;
    private static final int LONGEST_NAME = 128;

    final JsonLine line = new JsonLine();
    final @Nullable Redactor redactor;

    private final EventWriter writer;
    private final DirectPart[] parts;
    private final DirectOrigin.Cache origins;
    private final boolean markers;
    private final Set<String> reserved;
    private final DirectName[] names = new DirectName[NAMES];
    private final String[] taken = new String[NAMES];
    private final int[] takenIn = new int[NAMES];
    private @Nullable DirectOrigin origin;
    private int round;
    private int version;
    private int count;
    /** Of the first part that has names; entered when another has some too. */
    private String @Nullable [] first;

    DirectWriter(EventWriter writer, DirectPlan plan, Set<String> reserved) {
        this.writer = writer;
        this.redactor = writer.redactor;
        this.reserved = reserved;
        this.parts = plan.parts().toArray(new DirectPart[0]);
        this.origins = plan.origins();
        this.markers = plan.markers();
    }

    /** Writes the event's object; false, and nothing, if Jackson must. */
    boolean write(ILoggingEvent event) {
        if (!markers && event.getMarkerList() != null && !event.getMarkerList().isEmpty()) {
            return false;
        }
        count = 0;
        first = null;
        round++;
        origin = origins.of(event, version());
        line.begin();
        for (DirectPart part : parts) {
            if (!part.write(event, this)) {
                return false;
            }
        }
        line.end(writer.buffer);
        return true;
    }

    /** Of the current event. */
    DirectOrigin origin() {
        return Objects.requireNonNull(origin);
    }

    /** Changes when what was decided about texts and names does not hold any more. */
    int version() {
        return redactor == null ? 0 : redactor.version();
    }

    /** A text as it may be seen. */
    boolean string(String text) {
        if (redactor == null) {
            return line.string(text, false);
        }
        String safe = redactor.text(text);
        return line.string(safe, redactor.isAscii(safe));
    }

    /** A text under a name, as it may be seen there. */
    boolean string(DirectName name, String text) {
        if (redactor == null || name.type() < 0 || text.isEmpty()) {
            return string(text);
        }
        return line.string(redactor.shown(name.type(), text), false);
    }

    /** How much was found so far; a line in which it stays the same had nothing to hide. */
    int notes() {
        return redactor == null ? 0 : redactor.notes();
    }

    /** The name of a field, in a form that is quick to write. */
    DirectName name(String name) {
        if (version != version()) {
            version = version();
            Arrays.fill(names, null);
        }
        int slot = (name.hashCode() ^ (name.hashCode() >>> 16)) & (NAMES - 1);
        DirectName known = names[slot];
        if (known == null || !known.original().equals(name)) {
            known = DirectName.of(name, redactor, reserved);
            if (name.length() <= LONGEST_NAME) {
                names[slot] = known;
            }
        }
        return known;
    }

    /** Whether nobody has taken any of these names, which differ, at the top of this event yet. */
    boolean take(String[] several) {
        if (count == 0 && first == null && several.length > 0) {
            first = several;
            return true;
        }
        for (String name : several) {
            if (!take(name)) {
                return false;
            }
        }
        return true;
    }

    /** Whether nobody has taken this name at the top of this event yet. */
    boolean take(String name) {
        if (first != null) {
            String[] several = first;
            first = null;
            for (String one : several) {
                enter(one);
            }
        }
        return enter(name);
    }

    private boolean enter(String name) {
        if (++count > NAMES / 2) {
            return false;
        }
        int slot = name.hashCode() & (NAMES - 1);
        while (takenIn[slot] == round) {
            if (taken[slot].equals(name)) {
                return false;
            }
            slot = (slot + 1) & (NAMES - 1);
        }
        takenIn[slot] = round;
        taken[slot] = name;
        return true;
    }

    /** What a provider writes for this event, as the members of an object; null if that cannot be kept. */
    @Nullable
    DirectFragment render(JsonProvider<ILoggingEvent> provider, boolean data, ILoggingEvent event) {
        BatchBuffer buffer = writer.buffer;
        int mark = buffer.size();
        int notes = notes();
        try {
            writer.begin();
            writer.generator.writeStartObject();
            writer.names.data(data);
            provider.writeTo(writer.generator, redactor == null ? event : new RedactedEvent(event, redactor));
            writer.generator.writeEndObject();
            writer.generator.flush();
            String[] used = writer.names.taken();
            return used == null || pairs(used)
                    ? null
                    : new DirectFragment(
                            Arrays.copyOfRange(buffer.array(), mark + 1, buffer.size() - 1), used, notes() == notes);
        } finally {
            buffer.truncate(mark);
        }
    }

    /* Whether there is a value that may belong to a name in another fragment. */
    private boolean pairs(String[] used) {
        for (String name : used) {
            if (redactor != null && redactor.name(name).named()) {
                return true;
            }
        }
        return false;
    }

    static byte[] ascii(String json) {
        return json.getBytes(StandardCharsets.US_ASCII);
    }
}
