package io.inkfast.recorder;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.spi.FilterReply;
import io.inkfast.component.Notices;
import io.inkfast.internal.Nesting;
import io.inkfast.internal.Pool;
import io.inkfast.keys.RecordSeal;
import java.io.IOException;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** From an event to its record in the ring. Any thread; throws nothing; every event ends in one bin of the books. */
final class Recording {

    /**
     * What the recorder does with events.
     *
     * @param dumpOn events of this level and above are followed by a dump; null for none
     * @param key    of the MDC, whose value is kept with each record; null for none
     * @param seal   encrypts records; null if they are not encrypted
     */
    record Plan(
            Function<ILoggingEvent, FilterReply> filters,
            Encoding encoding,
            @Nullable Level dumpOn,
            @Nullable String key,
            @Nullable RecordSeal seal) {

        /* How long what the encoder makes may be. */
        int mostContent() {
            return RingFormat.MAX_CONTENT - (seal == null ? 0 : RecordSeal.OVERHEAD);
        }
    }

    /* In the place of a number, where the encoder makes nothing of an event. */
    private static final long NOTHING = -1;

    private final Plan plan;
    private final Ring ring;
    private final DumpDesk desk;
    private final Books books;
    private final Notices notices;
    private final Nesting nesting = new Nesting();
    private final Pool<RecordBuffer> pool = new Pool<>(16);

    Recording(Plan plan, Ring ring, DumpDesk desk, Books books, Notices notices) {
        this.plan = plan;
        this.ring = ring;
        this.desk = desk;
        this.books = books;
        this.notices = notices;
    }

    /** Records the event. */
    void append(ILoggingEvent event) {
        books.received.increment();
        boolean counted = false;
        try {
            if (plan.filters().apply(event) == FilterReply.DENY) {
                counted = true;
                books.filtered.increment();
                return;
            }
            int key = key(event);
            long number = ring.isOff() ? 0 : record(event, key);
            counted = true;
            (number == 0 ? books.failed : books.written).increment();
            if (number > 0) {
                follow(event, number, key);
            }
        } catch (Throwable e) {
            // Where no stack was left, there is some by now: an addition takes little.
            if (!counted) {
                books.failed.increment();
            }
            complain(e);
        }
    }

    private int key(ILoggingEvent event) {
        String key = plan.key();
        if (key == null) {
            return 0;
        }
        Map<String, String> mdc = event.getMDCPropertyMap();
        String value = mdc == null ? null : mdc.get(key);
        return value == null ? 0 : RingFormat.hash(ring.ringId(), value);
    }

    /* The event's number; 0 if it is lost. */
    private long record(ILoggingEvent event, int key) throws IOException {
        if (!nesting.enter()) {
            notices.error("nested", "events are lost that are logged whenever they are printed");
            return 0;
        }
        RecordBuffer kept = pool.take();
        RecordBuffer buffer = kept == null ? new RecordBuffer() : kept;
        try {
            int flags = encode(event, buffer);
            if (buffer.content() == 0) {
                return NOTHING;
            }
            if (buffer.content() > plan.mostContent()) {
                notices.error(
                        "long",
                        "the encoder writes more than " + plan.mostContent() + " bytes even for a short message;"
                                + " the event is lost");
                return 0;
            }
            RecordSeal seal = plan.seal();
            if (seal != null) {
                buffer.seal(seal);
            }
            int nanos = event.getNanoseconds();
            long micros = event.getTimeStamp() * 1000 + (nanos > 0 ? nanos / 1000 % 1000 : 0);
            return ring.append(buffer, micros, key, level(event), flags);
        } finally {
            if (buffer.reusable()) {
                pool.give(buffer);
            }
            nesting.leave();
        }
    }

    private static int level(ILoggingEvent event) {
        return Math.max(0, Math.min(Byte.MAX_VALUE, event.getLevel().toInt() / Level.TRACE_INT));
    }

    private int encode(ILoggingEvent event, RecordBuffer buffer) throws IOException {
        buffer.begin(ring.ringId());
        plan.encoding().encode(event, buffer.bytes);
        if (buffer.content() <= plan.mostContent()) {
            return 0;
        }
        for (ILoggingEvent shorter : ShortenedEvent.of(event, plan.encoding().redactor())) {
            buffer.begin(ring.ringId());
            plan.encoding().encode(shorter, buffer.bytes);
            if (buffer.content() <= plan.mostContent()) {
                break;
            }
        }
        return RingFormat.SHORTENED;
    }

    private void follow(ILoggingEvent event, long number, int key) {
        Level dumpOn = plan.dumpOn();
        if (dumpOn != null && event.getLevel().isGreaterOrEqual(dumpOn)) {
            desk.failing(number, key);
        }
        desk.configured();
    }

    private void complain(Throwable e) {
        try {
            notices.error(
                    "event", "an event could not be recorded [" + e.getClass().getName() + "]; it is lost");
        } catch (Throwable again) {
            // No memory or no stack left to say it; the event is counted.
            return;
        }
    }
}
