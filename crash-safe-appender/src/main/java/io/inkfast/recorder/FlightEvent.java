package io.inkfast.recorder;

import io.inkfast.keys.RecordOpener;
import io.inkfast.keys.RecordSeal;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * An event as it was recorded. Immutable.
 *
 * @since 0.1.0
 */
public final class FlightEvent {

    private final byte[] record;

    /* A whole record, which is not changed. */
    FlightEvent(byte[] record) {
        this.record = record;
    }

    /** Its number, from 1; no two events of a ring have the same. */
    public long number() {
        return RingFormat.event(record, 0);
    }

    /** When it happened. */
    public Instant time() {
        return Instant.EPOCH.plus(RingFormat.micros(record, 0), ChronoUnit.MICROS);
    }

    /** The name of its level, or of the next lower one that Logback knows. */
    public String level() {
        int level = RingFormat.level(record, 0);
        return level >= 8 ? "ERROR" : level >= 6 ? "WARN" : level >= 4 ? "INFO" : level >= 2 ? "DEBUG" : "TRACE";
    }

    /** Whether it was too long, and has a shorter message or stack than what was logged. */
    public boolean shortened() {
        return (RingFormat.flags(record, 0) & RingFormat.SHORTENED) != 0;
    }

    /** Whether its content is encrypted, see {@link RecordSeal}. */
    public boolean isSealed() {
        return RecordSeal.isSealed(record, RingFormat.RECORD_HEADER, record.length - RingFormat.RECORD_HEADER);
    }

    /* With its content as it was before it was sealed; null if it cannot be opened. */
    @Nullable
    FlightEvent opened(RecordOpener opener) {
        byte[] plain = opener.open(content());
        if (plain == null) {
            return null;
        }
        byte[] open = Arrays.copyOf(record, RingFormat.RECORD_HEADER + plain.length);
        System.arraycopy(plain, 0, open, RingFormat.RECORD_HEADER, plain.length);
        return new FlightEvent(open);
    }

    /* The whole record as a line. */
    void writeSealedTo(OutputStream out) throws IOException {
        out.write(Base64.getEncoder().encode(record));
        out.write('\n');
    }

    /** What the encoder had made of it, mostly a line with its end. */
    public byte[] content() {
        return Arrays.copyOfRange(record, RingFormat.RECORD_HEADER, record.length);
    }

    /** The content as UTF-8, without the end of the line. */
    public String text() {
        String text = new String(
                record, RingFormat.RECORD_HEADER, record.length - RingFormat.RECORD_HEADER, StandardCharsets.UTF_8);
        return text.endsWith("\r\n")
                ? text.substring(0, text.length() - 2)
                : text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    }

    /** Writes the content; a line that has no end gets one. */
    public void writeTo(OutputStream out) throws IOException {
        out.write(record, RingFormat.RECORD_HEADER, record.length - RingFormat.RECORD_HEADER);
        // Little-endian UTF-16 and UTF-32 have zeros behind the line feed.
        int last = record.length - 1;
        while (last > record.length - 4 && record[last] == 0) {
            last--;
        }
        if (record[last] != '\n') {
            out.write('\n');
        }
    }
}
