package io.inkfast.recorder;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names of the recorder's files in their directory. */
final class FlightNames {

    /** Behind the name of a file that is not complete yet. */
    static final String PENDING = ".new";

    private static final Pattern RING = Pattern.compile("flight-([0-9a-f]{8})-(\\d{1,19})\\.ring");
    private static final Pattern DUMP = Pattern.compile("flight-dump-\\d+-([0-9TZ]+(?:-\\d+)?)\\.(?:jsonl|log)");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

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

    /** The name of a dump; the second one of the same process and second gets a number. */
    static String dump(long pid, Instant time, int ordinal, boolean json) {
        return "flight-dump-" + pid + "-" + TIME.format(time) + (ordinal == 1 ? "" : "-" + ordinal)
                + (json ? ".jsonl" : ".log");
    }

    /** Sorts dumps by their time. */
    static String time(String dump) {
        Matcher matcher = DUMP.matcher(dump);
        return matcher.matches() ? matcher.group(1) : "";
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }
}
