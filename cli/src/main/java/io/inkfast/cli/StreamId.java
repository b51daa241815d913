package io.inkfast.cli;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** The id of an entry of a stream: milliseconds since 1970, and a number among those of one millisecond; both are unsigned. */
record StreamId(long millis, long sequence) implements Comparable<StreamId> {

    /** No id is lower. */
    static final StreamId LOWEST = new StreamId(0, 0);

    /** As Redis writes it. */
    static StreamId parse(String text) {
        int hyphen = text.indexOf('-');
        return new StreamId(
                Long.parseUnsignedLong(text.substring(0, hyphen)), Long.parseUnsignedLong(text.substring(hyphen + 1)));
    }

    /** The lowest of a time. */
    static StreamId at(Instant time) {
        return new StreamId(Math.max(0, time.toEpochMilli()), 0);
    }

    StreamId next() {
        return sequence == -1 ? new StreamId(millis + 1, 0) : new StreamId(millis, sequence + 1);
    }

    /** Of an id above the lowest. */
    StreamId previous() {
        return sequence == 0 ? new StreamId(millis - 1, -1) : new StreamId(millis, sequence - 1);
    }

    /** In UTC. */
    LocalDate day() {
        return LocalDate.ofInstant(Instant.ofEpochMilli(millis), ZoneOffset.UTC);
    }

    @Override
    public int compareTo(StreamId other) {
        int order = Long.compareUnsigned(millis, other.millis);
        return order != 0 ? order : Long.compareUnsigned(sequence, other.sequence);
    }

    @Override
    public String toString() {
        return Long.toUnsignedString(millis) + "-" + Long.toUnsignedString(sequence);
    }
}
