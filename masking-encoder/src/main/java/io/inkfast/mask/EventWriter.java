package io.inkfast.mask;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** What it takes to write one event, kept for the next: buffer, redactor, generators. One thread at a time. */
final class EventWriter {

    /** Above this, a buffer is not kept. */
    private static final int KEPT = 256 * 1024;

    final Buffer buffer = new Buffer();
    final @Nullable Redactor redactor;
    final JsonGenerator generator;
    final TopLevelNames names;
    private final @Nullable RedactingJsonGenerator redacting;

    EventWriter(Generators generators, @Nullable Redactor redactor) {
        this.redactor = redactor;
        this.names = new TopLevelNames(generators.ownNames());
        JsonGenerator own = new EscapingGenerator(generators.plain(buffer), names);
        this.redacting = redactor == null ? null : new RedactingJsonGenerator(own, redactor);
        this.generator = generators.decorated(redacting == null ? own : redacting);
    }

    /** Where generators come from. */
    interface Generators {
        JsonGenerator plain(OutputStream out);

        /** The names that the encoder writes at the top itself. */
        Set<String> ownNames();

        JsonGenerator decorated(JsonGenerator generator);
    }

    void begin() {
        buffer.reset();
        names.begin();
        if (redactor != null) {
            redactor.begin();
        }
        if (redacting != null) {
            redacting.begin();
        }
    }

    boolean reusable() {
        return buffer.capacity() <= KEPT;
    }

    /** Bytes of one event. */
    static final class Buffer extends ByteArrayOutputStream {

        Buffer() {
            super(1024);
        }

        int capacity() {
            return buf.length;
        }

        void copyTo(OutputStream out) throws IOException {
            out.write(buf, 0, count);
        }
    }
}
