package io.inkfast.recorder;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names of the recorder's files in their directory. */
final class FlightNames {

    /** Behind the name of a file that is not complete yet. */
    static final String PENDING = ".new";

    private static final Pattern RING = Pattern.compile("flight-([0-9a-f]{8})-(\\d{1,19})\\.ring");
    private static final Pattern DUMP =
            Pattern.compile("flight-dump-(\\d+-([0-9TZ.]+Z))(?:-(\\d{1,9}))?\\.(?:jsonl|log|sealed)");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

    /** By their time; those of one process and moment by their ordinal. */
    static final Comparator<String> DUMPS_BY_AGE =
            Comparator.comparing((String dump) -> group(dump, 2)).thenComparing(FlightNames::ordinal);

    private FlightNames() {}

    static String ring(long incarnation, long pid) {
        return String.format("flight-%08x-%d.ring", incarnation, pid);
    }

    static boolean isRing(Path file) {
        return RING.matcher(name(file)).matches();
    }

    static boolean isDump(String file) {
        return DUMP.matcher(file).matches();
    }

    /** Whether it is a dump of records that are encrypted. */
    static boolean isSealed(String dump) {
        return dump.endsWith(".sealed");
    }

    /** Whether it is a ring or a dump whose making was broken off, or still goes on. */
    static boolean isPending(Path file) {
        String name = name(file);
        return name.startsWith("flight-") && name.endsWith(PENDING);
    }

    /** The incarnation in a ring's name; 0 if it is no ring. */
    static long incarnation(Path file) {
        Matcher matcher = RING.matcher(name(file));
        return matcher.matches() ? Long.parseLong(matcher.group(1), 16) : 0;
    }

    /** The name of a dump; the second one of the same process and millisecond gets a number. */
    static String dump(long pid, Instant time, int ordinal, String ending) {
        return "flight-dump-" + pid + "-" + TIME.format(time) + (ordinal == 1 ? "" : "-" + ordinal) + ending;
    }

    /** The ending of a dump with this event. */
    static String ending(FlightEvent event) {
        return event.isSealed() ? ".sealed" : event.text().startsWith("{") ? ".jsonl" : ".log";
    }

    /** The ordinal of a dump, from 1. */
    static int ordinal(String dump) {
        String ordinal = group(dump, 3);
        return ordinal.isEmpty() ? 1 : Integer.parseInt(ordinal);
    }

    /** Whether two dumps are of the same process and moment. */
    static boolean ofOneMoment(String dump, String other) {
        return group(dump, 1).equals(group(other, 1));
    }

    private static String group(String dump, int group) {
        Matcher matcher = DUMP.matcher(dump);
        String found = matcher.matches() ? matcher.group(group) : null;
        return found == null ? "" : found;
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }
}
