package io.inkfast.cli;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** From one time to another, both included. Immutable. */
record TimeRange(Instant from, Instant to) {

    private static final byte[] TIMESTAMP = "{\"@timestamp\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final int MOST_TIME = 64;
    /* Times of a frame are those of its first and last event, which need not be its earliest and latest. */
    private static final long SLACK_MILLIS = 1000;

    /** Null if it is not limited. */
    static @Nullable TimeRange of(@Nullable Instant from, @Nullable Instant to) {
        return from == null && to == null
                ? null
                : new TimeRange(from == null ? Instant.MIN : from, to == null ? Instant.MAX : to);
    }

    /** In which frames may have events of it. */
    long fromMillis() {
        return from.equals(Instant.MIN) ? Long.MIN_VALUE : from.toEpochMilli() - SLACK_MILLIS;
    }

    long toMillis() {
        return to.equals(Instant.MAX) ? Long.MAX_VALUE : to.toEpochMilli() + SLACK_MILLIS;
    }

    /** Whether a line says that it is of another time. */
    boolean excludes(byte[] line, int start, int end) {
        int from = start + TIMESTAMP.length;
        if (end < from || !Arrays.equals(line, start, from, TIMESTAMP, 0, TIMESTAMP.length)) {
            return false;
        }
        int quote = from;
        while (quote < end && quote - from < MOST_TIME && line[quote] != '"') {
            quote++;
        }
        Instant time = withZone(new String(line, from, quote - from, StandardCharsets.US_ASCII));
        return time != null && (time.isBefore(this.from) || time.isAfter(to));
    }

    private static @Nullable Instant withZone(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    static final class Time implements ITypeConverter<Instant> {
        @Override
        public Instant convert(String text) {
            Instant time = withZone(text);
            if (time != null) {
                return time;
            }
            try {
                return LocalDateTime.parse(text).atZone(ZoneId.systemDefault()).toInstant();
            } catch (DateTimeParseException e) {
                throw new TypeConversionException(
                        "[" + text + "] is not a time such as 2026-11-25T10:00:00Z, or without Z in the local zone");
            }
        }
    }
}
