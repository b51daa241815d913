package io.inkfast.net.elastic;

import io.inkfast.internal.Settings;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of an index, or of a data stream; perhaps with a date in it, that of the event: {@code app-%d{yyyy.MM.dd}}, in UTC,
 * or in the zone behind a comma. Any thread.
 */
final class IndexName {

    private static final Pattern DATE = Pattern.compile("%d\\{([^},]+)(?:,([^}]+))?}");
    private static final Pattern LEGAL = Pattern.compile("[^-_+.\\\\/*?\"<>| ,#:%][^\\\\/*?\"<>| ,#:%]*");
    private static final int MOST_BYTES = 255;
    private static final long MINUTE = 60_000;

    private record Named(long minute, String name) {}

    private final String before;
    private final @Nullable DateTimeFormatter date;
    private final String after;
    private volatile Named last = new Named(Long.MIN_VALUE, "");

    private IndexName(String before, @Nullable DateTimeFormatter date, String after) {
        this.before = before;
        this.date = date;
        this.after = after;
    }

    /** Reads it; problems are added to {@code settings}. */
    static IndexName read(String element, @Nullable String text, Settings settings) {
        String pattern = settings.required(element, text);
        Matcher matcher = DATE.matcher(pattern);
        IndexName name = new IndexName(pattern, null, "");
        if (matcher.find()) {
            DateTimeFormatter date = formatter(element, pattern, matcher, settings);
            if (date == null) {
                return name;
            }
            name = new IndexName(pattern.substring(0, matcher.start()), date, pattern.substring(matcher.end()));
        }
        String example = name.of(0);
        if (pattern.isEmpty()) {
            return name;
        }
        if (!LEGAL.matcher(example).matches()
                || !example.equals(example.toLowerCase(Locale.ROOT))
                || example.getBytes(java.nio.charset.StandardCharsets.UTF_8).length > MOST_BYTES) {
            settings.problem(
                    "<" + element + "> [" + pattern + "] is not the name of an index: small letters, digits, and"
                            + " any of -_.+ but not as the first, 255 bytes at most; a date is %d{yyyy.MM.dd}");
        }
        return name;
    }

    private static @Nullable DateTimeFormatter formatter(
            String element, String pattern, Matcher matcher, Settings settings) {
        try {
            String zone = matcher.group(2);
            return DateTimeFormatter.ofPattern(matcher.group(1), Locale.ROOT)
                    .withZone(zone == null ? ZoneOffset.UTC : ZoneId.of(zone.trim()));
        } catch (IllegalArgumentException | java.time.DateTimeException e) {
            settings.problem("<" + element + "> [" + pattern + "] has a date that is none; an example: %d{yyyy.MM.dd}");
            return null;
        }
    }

    /** Whether there is a date in it. */
    boolean isDated() {
        return date != null;
    }

    /** What all its names match: a star stands for the date. */
    String pattern() {
        return isDated() ? before + '*' + after : before;
    }

    /** What is in front of the date, without the signs that join them; empty if there is nothing. */
    String stem() {
        int end = before.length();
        while (isDated() && end > 0 && "-_.+".indexOf(before.charAt(end - 1)) >= 0) {
            end--;
        }
        return before.substring(0, end);
    }

    /** For an event of this time, in milliseconds since 1970. */
    String of(long millis) {
        DateTimeFormatter format = date;
        if (format == null) {
            return before;
        }
        Named known = last;
        long minute = Math.floorDiv(millis, MINUTE);
        if (known.minute == minute) {
            return known.name;
        }
        String name = before + format.format(Instant.ofEpochMilli(minute * MINUTE)) + after;
        last = new Named(minute, name);
        return name;
    }
}
