package io.inkfast.mask.direct;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/**
 * Writes instants as {@link DateTimeFormatter#ISO_OFFSET_DATE_TIME} does: seconds always, then as many digits of the
 * fraction as there are. What belongs to a second is kept for the next. One thread.
 */
public final class Timestamps {

    private static final int TO_SECONDS = 19;

    private final DateTimeFormatter formatter;
    private long second = Long.MIN_VALUE;
    private byte[] before = {};
    private byte[] behind = {};

    public Timestamps(ZoneId zone) {
        this.formatter = DateTimeFormatter.ISO_OFFSET_DATE_TIME.withZone(zone);
    }

    /** Writes a string; false if the year has not four digits. */
    public boolean write(Instant instant, JsonLine to) {
        if (instant.getEpochSecond() != second && !begin(instant.getEpochSecond())) {
            return false;
        }
        to.raw(before);
        int fraction = instant.getNano();
        if (fraction != 0) {
            int digits = 9;
            while (fraction % 10 == 0) {
                fraction /= 10;
                digits--;
            }
            to.raw('.');
            to.digits(fraction, digits);
        }
        to.raw(behind);
        return true;
    }

    private boolean begin(long newSecond) {
        String text;
        try {
            text = formatter.format(Instant.ofEpochSecond(newSecond));
        } catch (DateTimeException e) {
            return false;
        }
        if (text.length() <= TO_SECONDS || text.charAt(4) != '-' || text.charAt(10) != 'T') {
            return false;
        }
        before = ('"' + text.substring(0, TO_SECONDS)).getBytes(StandardCharsets.US_ASCII);
        behind = (text.substring(TO_SECONDS) + '"').getBytes(StandardCharsets.US_ASCII);
        second = newSecond;
        return true;
    }
}
