package io.inkfast.net.syslog;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import org.jspecify.annotations.Nullable;

/** Writes times; what of them stays the same for a second is kept for that long. Any thread. */
final class SyslogTime {

    private static final int DIGITS = 6;

    private final DateTimeFormatter pattern;
    private final boolean fraction;
    private volatile @Nullable Second last;

    private record Second(long number, String text) {}

    /**
     * @param pattern  of whole seconds
     * @param fraction whether microseconds and a {@code Z} follow
     */
    SyslogTime(DateTimeFormatter pattern, ZoneId zone, boolean fraction) {
        this.pattern = pattern.withZone(zone);
        this.fraction = fraction;
    }

    void append(Instant time, StringBuilder out) {
        long second = time.getEpochSecond();
        Second known = last;
        if (known == null || known.number() != second) {
            known = new Second(second, pattern.format(time));
            last = known;
        }
        out.append(known.text());
        if (fraction) {
            String micros = Integer.toString(time.get(ChronoField.MICRO_OF_SECOND));
            out.append('.')
                    .append("0".repeat(DIGITS - micros.length()))
                    .append(micros)
                    .append('Z');
        }
    }
}
