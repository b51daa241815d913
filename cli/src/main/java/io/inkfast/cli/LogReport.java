package io.inkfast.cli;

import io.inkfast.encrypt.LogChain;
import io.inkfast.encrypt.LogFinding;
import io.inkfast.encrypt.LogFrame;
import io.inkfast.encrypt.LogState;
import io.inkfast.encrypt.LogSummary;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code inkfast verify} has to say. Immutable.
 *
 * @param keyed whether there was a keyset
 */
record LogReport(List<File> files, LogChain chain, boolean keyed) {

    static final String WITHOUT_KEYSET = "without a keyset nobody can see what was forged by somebody who knows the"
            + " format, nor whether a closed file was rolled or stopped";

    /**
     * Of one file.
     *
     * @param summary null if it is no encrypted log
     */
    record File(String name, LogState state, @Nullable LogSummary summary, Events events, List<LogFinding> findings) {}

    /** Times in milliseconds since 1970; 0 if there is none. */
    record Events(long count, long firstMillis, long lastMillis) {

        static final Events NONE = new Events(0, 0, 0);

        Events and(LogFrame frame) {
            return frame.events() == 0
                    ? this
                    : new Events(
                            count + frame.events(), count == 0 ? frame.firstMillis() : firstMillis, frame.lastMillis());
        }
    }

    LogState verdict() {
        LogState worst = files.isEmpty() ? LogState.UNREADABLE : chain.state();
        for (File file : files) {
            worst = LogFiles.worse(worst, file.state());
        }
        return worst;
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (File file : files) {
            LogSummary summary = file.summary();
            lines.add(file.name());
            lines.add("  state     " + file.state() + end(file));
            if (summary != null && file.state() != LogState.UNREADABLE) {
                lines.add("  log       " + summary.stream() + ", number " + summary.sequence());
                lines.add("  frames    " + summary.frames() + ", sessions " + summary.sessions());
                lines.add("  events    " + events(file.events()));
            }
            file.findings().forEach(finding -> lines.add("  problem   " + finding.text()));
        }
        chain.findings().forEach(finding -> lines.add("problem     " + finding));
        notes().forEach(note -> lines.add("note        " + note));
        lines.add(verdict() + ": " + sentence());
        return lines;
    }

    private String end(File file) {
        LogSummary summary = file.summary();
        if (!keyed || summary == null || file.state() != LogState.CLOSED) {
            return "";
        }
        return summary.end() == LogSummary.End.ROLLED ? ", rolled" : ", stopped";
    }

    private static String events(Events events) {
        return events.count() == 0
                ? "0, or hidden"
                : events.count() + ", " + Instant.ofEpochMilli(events.firstMillis()) + " to "
                        + Instant.ofEpochMilli(events.lastMillis());
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>(chain.notes());
        if (!keyed) {
            notes.add(WITHOUT_KEYSET);
        }
        return notes;
    }

    private String sentence() {
        String files = this.files.size() == 1 ? "1 file" : this.files.size() + " files";
        return files
                + switch (verdict()) {
                    case CLOSED -> ", nothing is missing";
                    case NOT_CLOSED -> ", what is there is as it was written; whether an end is missing cannot be said";
                    case DAMAGED -> ", something is damaged, forged, missing or misplaced";
                    case WRONG_KEY -> ", the keyset does not open everything";
                    case UNREADABLE -> ", not all of them are encrypted logs that can be read";
                };
    }

    String json() {
        StringBuilder out = new StringBuilder("{\"verdict\":\"" + verdict() + "\",\"keyed\":" + keyed + ",\"files\":[");
        for (File file : files) {
            out.append(out.charAt(out.length() - 1) == '[' ? "" : ",").append(json(file));
        }
        return out.append("],\"problems\":")
                .append(Json.array(chain.findings()))
                .append(",\"notes\":")
                .append(Json.array(notes()))
                .append('}')
                .toString();
    }

    private static String json(File file) {
        StringBuilder out = new StringBuilder("{\"file\":")
                .append(Json.quoted(file.name()))
                .append(",\"state\":\"")
                .append(file.state())
                .append('"');
        LogSummary summary = file.summary();
        if (summary != null) {
            out.append(",\"id\":\"").append(summary.file());
            out.append("\",\"log\":\"").append(summary.stream());
            out.append("\",\"number\":").append(summary.sequence());
            out.append(",\"frames\":").append(summary.frames());
            out.append(",\"digest\":\"").append(summary.digest());
            out.append("\",\"sessions\":").append(summary.sessions());
            out.append(",\"events\":").append(file.events().count());
            out.append(",\"first\":").append(time(file.events().firstMillis()));
            out.append(",\"last\":").append(time(file.events().lastMillis()));
        }
        out.append(",\"problems\":[");
        for (LogFinding each : file.findings()) {
            out.append(out.charAt(out.length() - 1) == '[' ? "" : ",");
            out.append("{\"kind\":\"").append(each.kind());
            out.append("\",\"offset\":").append(each.offset());
            out.append(",\"frame\":").append(each.frame());
            out.append(",\"text\":").append(Json.quoted(each.text())).append('}');
        }
        return out.append("]}").toString();
    }

    private static String time(long millis) {
        return millis == 0 ? "null" : '"' + Instant.ofEpochMilli(millis).toString() + '"';
    }
}
