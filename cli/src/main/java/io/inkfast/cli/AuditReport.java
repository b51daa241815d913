package io.inkfast.cli;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What {@code inkfast audit} has to say. */
final class AuditReport {

    static final String END = "nobody can tell from lines whether a run went on after its last one that is there";
    private static final String BEGINNING = "what is missing from 1 on may be in files that were deleted or not given;"
            + " --partial does not ask for it";
    private static final String NO_ID = "no line has an event.id, so nothing can be said: encoders write it with"
            + " <eventId>true</eventId>, and behind a write-ahead or network appender";
    private static final int TIME_DIGITS = 9;
    private static final int MOST_GAPS = 20;

    /** How it ends. */
    enum Verdict {
        COMPLETE,
        MISSING,
        /** Nothing has an id, or a file could not be read. */
        UNKNOWN
    }

    private final Audit audit;
    private final List<Run> runs = new ArrayList<>();
    private final Verdict verdict;

    /**
     * @param partial whether runs may begin before the first line
     * @param readAll whether every file could be read to its end
     */
    AuditReport(Audit audit, boolean partial, boolean readAll) {
        this.audit = audit;
        audit.runs().forEach((id, numbers) -> runs.add(new Run(id, numbers, partial ? numbers.lowest() : 1)));
        verdict = !readAll || runs.isEmpty() ? Verdict.UNKNOWN : missing() > 0 ? Verdict.MISSING : Verdict.COMPLETE;
    }

    /** @param from the number from which on none may be missing */
    private record Run(String id, RunNumbers numbers, long from) {

        long missing() {
            return numbers.highest() - from + 1 - numbers.events();
        }

        /* The first nine characters are milliseconds. */
        Instant begun() {
            return Instant.ofEpochMilli(Long.parseLong(id.substring(0, TIME_DIGITS), 36));
        }
    }

    private long missing() {
        return runs.stream().mapToLong(Run::missing).sum();
    }

    /** What the command ends with. */
    int code() {
        return switch (verdict) {
            case COMPLETE -> 0;
            case MISSING -> Inkfast.FOUND;
            case UNKNOWN -> Inkfast.WRONG;
        };
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (runs.isEmpty()) {
            notes.add(NO_ID);
        } else {
            notes.add(END);
        }
        if (runs.stream().anyMatch(run -> run.numbers().lowest() > run.from())) {
            notes.add(BEGINNING);
        }
        return notes;
    }

    void print(PrintWriter out) {
        for (Run run : runs) {
            RunNumbers numbers = run.numbers();
            out.println("run " + run.id() + ", begun " + run.begun());
            out.println("  numbers     " + numbers.lowest() + " to " + numbers.highest());
            out.println("  events      " + numbers.events());
            out.println("  missing     " + run.missing() + gaps(run));
            out.println("  duplicates  " + numbers.duplicates());
            out.println("  late        " + numbers.late());
        }
        out.println("lines         " + audit.lines() + ": " + audit.withoutId() + " without an id, " + audit.broken()
                + " that are not JSON");
        notes().forEach(note -> out.println("note          " + note));
        out.println(verdict + ": " + sentence());
    }

    private static String gaps(Run run) {
        List<String> gaps = new ArrayList<>();
        long[] more = {0};
        run.numbers().gaps(run.from(), (first, last) -> {
            if (gaps.size() < MOST_GAPS) {
                gaps.add(first.equals(last) ? first.toString() : first + " to " + last);
            } else {
                more[0]++;
            }
        });
        return (gaps.isEmpty() ? "" : ": " + String.join(", ", gaps))
                + (more[0] == 0 ? "" : ", and " + more[0] + " more ranges; --json lists all");
    }

    private String sentence() {
        long events = runs.stream().mapToLong(run -> run.numbers().events()).sum();
        return switch (verdict) {
            case COMPLETE -> counted(events, "event") + " of " + counted(runs.size(), "run") + ", none is missing";
            case MISSING ->
                counted(missing(), "event") + " of "
                        + counted(runs.stream().filter(run -> run.missing() > 0).count(), "run") + " not there";
            case UNKNOWN -> runs.isEmpty() ? "no line has an id" : "not everything could be read";
        };
    }

    private static String counted(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    void printJson(PrintWriter out) {
        out.print("{\"verdict\":\"" + verdict + "\",\"lines\":" + audit.lines() + ",\"withoutId\":"
                + audit.withoutId() + ",\"notJson\":" + audit.broken() + ",\"notes\":" + Json.array(notes())
                + ",\"runs\":[");
        String comma = "";
        for (Run run : runs) {
            RunNumbers numbers = run.numbers();
            out.print(comma + "{\"run\":" + Json.quoted(run.id()) + ",\"begun\":\"" + run.begun() + "\",\"first\":"
                    + numbers.lowest() + ",\"last\":" + numbers.highest() + ",\"events\":" + numbers.events()
                    + ",\"missing\":" + run.missing() + ",\"duplicates\":" + numbers.duplicates() + ",\"late\":"
                    + numbers.late() + ",\"gaps\":[");
            String[] between = {""};
            numbers.gaps(run.from(), (first, last) -> {
                out.print(between[0] + "{\"first\":" + first + ",\"last\":" + last + '}');
                between[0] = ",";
            });
            out.print("]}");
            comma = ",";
        }
        out.println("]}");
    }
}
