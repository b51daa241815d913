package io.inkfast.mask;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.inkfast.internal.BatchBuffer;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** What it takes to write one event, kept for the next: buffer, redactor, generators. One thread at a time. */
final class EventWriter {

    /** Above this, a buffer is not kept. */
    private static final int KEPT = 256 * 1024;

    final BatchBuffer buffer = new BatchBuffer(1024);
    final @Nullable Redactor redactor;
    final JsonGenerator generator;
    final TopLevelNames names;
    private final @Nullable DirectWriter direct;
    private final @Nullable RedactingJsonGenerator redacting;

    EventWriter(Generators generators, @Nullable Redactor redactor) {
        this.redactor = redactor;
        this.names = new TopLevelNames(generators.ownNames());
        JsonGenerator own = new EscapingGenerator(generators.plain(buffer), names);
        this.redacting = redactor == null ? null : new RedactingJsonGenerator(own, redactor);
        this.generator = generators.decorated(redacting == null ? own : redacting);
        DirectPlan plan = generators.plan();
        this.direct = plan == null ? null : new DirectWriter(this, plan, generators.ownNames());
    }

    /** Where generators come from. */
    interface Generators {
        JsonGenerator plain(OutputStream out);

        /** The names that the encoder writes at the top itself. */
        Set<String> ownNames();

        JsonGenerator decorated(JsonGenerator generator);

        /** How to write without a generator; null if that is not possible. */
        @Nullable
        DirectPlan plan();
    }

    /** Whether the event is in the buffer now; otherwise the generator must write it. */
    boolean written(ILoggingEvent event) {
        if (direct == null || direct.write(event)) {
            return direct != null;
        }
        begin();
        return false;
    }

    /** The event as it may be seen. */
    ILoggingEvent seen(ILoggingEvent event) {
        return redactor == null ? event : new RedactedEvent(event, redactor);
    }

    /** To be called before each object. */
    void begin() {
        names.begin();
        if (redactor != null) {
            redactor.begin();
        }
        if (redacting != null) {
            redacting.begin();
        }
    }

    /** To be called before each event. */
    void clear() {
        buffer.reset(KEPT);
        begin();
    }

    /** Whether it holds no more than is worth keeping; lets go of the event. */
    boolean reusable() {
        if (redactor != null) {
            redactor.release();
        }
        return buffer.capacity() <= KEPT;
    }

    byte[] bytes() {
        return Arrays.copyOf(buffer.array(), buffer.size());
    }
}
