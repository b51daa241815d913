package io.inkfast.internal;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the texts of a component's settings and collects every problem, so that start() can report all of them at once.
 * An absent or empty text gives the default. A problem gives the default too, and a sentence in {@link #problems()}.
 * One thread.
 *
 * <p>Sizes and times are in Logback's notation: {@code 64KB}, {@code 5 seconds}. A number without unit is bytes, or
 * milliseconds.
 *
 * @since 0.1.0
 */
public final class Settings {

    private static final Pattern SIZE = Pattern.compile("(\\d{1,15})\\s*(|[kmg]b?)s?", Pattern.CASE_INSENSITIVE);
    private static final Pattern TIME = Pattern.compile(
            "(\\d{1,9}(?:\\.\\d{1,3})?)\\s*(|ms|milli(?:second)?s?|s|seconds?|min(?:ute)?s?|hours?|days?)",
            Pattern.CASE_INSENSITIVE);

    /* What Logback makes of a variable that is not set. */
    private static final String UNDEFINED = "_IS_UNDEFINED";

    private final List<String> problems = new ArrayList<>();

    /** Every problem so far, as sentences that name element, value and what is allowed. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    /** Adds a problem that only the component can see, such as two settings that exclude each other. */
    public void problem(String sentence) {
        problems.add(sentence);
    }

    /** The text, or null if absent or empty; a variable that is not set is a problem. */
    public @Nullable String text(String element, @Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        String trimmed = text.trim();
        if (trimmed.contains(UNDEFINED)) {
            int end = trimmed.indexOf(UNDEFINED);
            int start = end;
            while (start > 0 && isNamePart(trimmed.charAt(start - 1))) {
                start--;
            }
            String variable = trimmed.substring(start, end);
            problems.add("<" + element + "> uses the variable [" + variable + "], which is not set; set it, or give a"
                    + " default: ${" + variable + ":-value}");
            return null;
        }
        return trimmed;
    }

    /** As {@link #text}, and absence is a problem; then the result is empty. */
    public String required(String element, @Nullable String text) {
        int before = problems.size();
        String value = text(element, text);
        if (value == null && problems.size() == before) {
            problems.add("<" + element + "> is required");
        }
        return value == null ? "" : value;
    }

    /** A path, or null if absent or empty. */
    public @Nullable Path path(String element, @Nullable String text) {
        String value = text(element, text);
        return value == null ? null : parsed(element, value);
    }

    /** As {@link #path}, and absence is a problem; then the result is the empty path. */
    public Path requiredPath(String element, @Nullable String text) {
        Path path = parsed(element, required(element, text));
        return path == null ? Path.of("") : path;
    }

    private @Nullable Path parsed(String element, String value) {
        try {
            return Path.of(value);
        } catch (InvalidPathException e) {
            problems.add(wrong(element, value, "a path"));
            return null;
        }
    }

    /** A whole number from {@code min} to {@code max}. */
    public int count(String element, @Nullable String text, int otherwise, int min, int max) {
        String value = text(element, text);
        if (value == null) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(value);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below, together with what is out of range.
        }
        problems.add(wrong(element, value, "a whole number from " + min + " to " + max));
        return otherwise;
    }

    /** A number of bytes, such as {@code 64KB}, from {@code min} to {@code max}. */
    public long bytes(String element, @Nullable String text, long otherwise, long min, long max) {
        String value = text(element, text);
        if (value == null) {
            return otherwise;
        }
        Matcher matcher = SIZE.matcher(value);
        if (matcher.matches()) {
            long units = Long.parseLong(matcher.group(1));
            int shift = shift(matcher.group(2));
            // Compared before it is shifted: what is too large may come back into the range.
            if (units <= max >> shift && units << shift >= min) {
                return units << shift;
            }
        }
        problems.add(wrong(element, value, "a size such as 64KB or 10MB, from " + size(min) + " to " + size(max)));
        return otherwise;
    }

    /** A time, such as {@code 5 seconds}, from {@code min} to {@code max}. */
    public Duration time(String element, @Nullable String text, Duration otherwise, Duration min, Duration max) {
        String value = text(element, text);
        if (value == null) {
            return otherwise;
        }
        Matcher matcher = TIME.matcher(value);
        if (matcher.matches()) {
            double millis = Double.parseDouble(matcher.group(1)) * unitMillis(matcher.group(2));
            Duration time = Duration.ofMillis(Math.round(millis));
            if (time.compareTo(min) >= 0 && time.compareTo(max) <= 0) {
                return time;
            }
        }
        problems.add(wrong(
                element,
                value,
                "a time such as 500 milliseconds or 5 seconds, from " + time(min) + " to " + time(max)));
        return otherwise;
    }

    /** {@code true} or {@code false}. */
    public boolean flag(String element, @Nullable String text, boolean otherwise) {
        return choice(element, text, Map.of("true", true, "false", false), otherwise, List.of("true", "false"));
    }

    /** The name of a constant, in any case. */
    public <E extends Enum<E>> E choice(String element, @Nullable String text, E otherwise) {
        Map<String, E> choices = new LinkedHashMap<>();
        for (E constant : otherwise.getDeclaringClass().getEnumConstants()) {
            choices.put(constant.name().toLowerCase(Locale.ROOT), constant);
        }
        List<String> names = Arrays.stream(otherwise.getDeclaringClass().getEnumConstants())
                .map(Enum::name)
                .toList();
        return choice(element, text, choices, otherwise, names);
    }

    /** One of {@code choices}, whose keys are lower case; {@code shown} is how a message writes them. */
    public <T> T choice(
            String element, @Nullable String text, Map<String, T> choices, T otherwise, Collection<String> shown) {
        String value = text(element, text);
        if (value == null) {
            return otherwise;
        }
        T found = choices.get(value.toLowerCase(Locale.ROOT));
        if (found != null) {
            return found;
        }
        problems.add(wrong(element, value, "one of " + String.join(", ", shown)) + Suggestion.didYouMean(value, shown));
        return otherwise;
    }

    /** As a user would write it: {@code 64MB}. */
    public static String size(long bytes) {
        String[] units = {"", "KB", "MB", "GB"};
        int unit = 0;
        long number = bytes;
        while (unit < 3 && number >= 1024 && number % 1024 == 0) {
            number /= 1024;
            unit++;
        }
        return number + (unit == 0 ? " bytes" : units[unit]);
    }

    /** As a user would write it, in the largest unit that leaves no rest: {@code 5 seconds}, {@code 1 hour}. */
    public static String time(Duration time) {
        long millis = time.toMillis();
        for (Unit unit : Unit.values()) {
            if (millis % unit.millis == 0 && millis >= unit.millis) {
                return count(millis / unit.millis, unit.singular);
            }
        }
        return millis == 0 ? "0 seconds" : count(millis, "millisecond");
    }

    private static String count(long number, String singular) {
        return number + " " + singular + (number == 1 ? "" : "s");
    }

    private enum Unit {
        DAYS("day", 86_400_000),
        HOURS("hour", 3_600_000),
        MINUTES("minute", 60_000),
        SECONDS("second", 1_000);

        private final String singular;
        private final long millis;

        Unit(String singular, long millis) {
            this.singular = singular;
            this.millis = millis;
        }
    }

    private static String wrong(String element, String value, String allowed) {
        return "<" + element + "> [" + value + "] is not " + allowed;
    }

    private static boolean isNamePart(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '.' || c == '-';
    }

    private static int shift(String unit) {
        return switch (unit.isEmpty() ? ' ' : Character.toLowerCase(unit.charAt(0))) {
            case 'k' -> 10;
            case 'm' -> 20;
            case 'g' -> 30;
            default -> 0;
        };
    }

    private static long unitMillis(String unit) {
        String lower = unit.toLowerCase(Locale.ROOT);
        if (lower.isEmpty() || lower.startsWith("ms") || lower.startsWith("milli")) {
            return 1;
        }
        return switch (lower.charAt(0)) {
            case 's' -> Unit.SECONDS.millis;
            case 'm' -> Unit.MINUTES.millis;
            case 'h' -> Unit.HOURS.millis;
            default -> Unit.DAYS.millis;
        };
    }
}
