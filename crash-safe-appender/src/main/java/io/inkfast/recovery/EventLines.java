package io.inkfast.recovery;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import io.inkfast.mask.RedactingJsonEncoder;
import io.inkfast.mask.Redaction;
import io.inkfast.wal.event.DamagedEventException;
import io.inkfast.wal.event.EventReader;

/**
 * Turns the events of a journal into lines of JSON, in the shape of {@code LogstashEncoder}, with their {@code event.id}. What is
 * in a journal was redacted before it was written, and is not redacted again. One thread.
 *
 * @since 0.1.0
 */
public final class EventLines implements AutoCloseable {

    private final LoggerContext context = new LoggerContext();
    private final RedactingJsonEncoder encoder = new RedactingJsonEncoder();
    private final EventReader reader = new EventReader();

    public EventLines() {
        context.setMDCAdapter(new LogbackMDCAdapter());
        Redaction none = new Redaction();
        none.setContext(context);
        none.addProfile("none");
        encoder.setContext(context);
        encoder.setRedaction(none);
        encoder.setEventId("true");
        encoder.start();
    }

    /**
     * The line of an event, with its line end.
     *
     * @throws DamagedLineException if the record is none of a known version
     */
    public byte[] line(byte[] payload) throws DamagedLineException {
        try {
            return encoder.encode(reader.read(payload, 0, payload.length, false));
        } catch (DamagedEventException e) {
            throw new DamagedLineException(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public void close() {
        encoder.stop();
        context.stop();
    }
}
