package io.inkfast.encrypt;

import io.inkfast.encrypt.LogSummary.End;
import io.inkfast.encrypt.LogSummary.Predecessor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether files of a log are all there, and what they were when the next one was begun: what no file shows alone. Files of
 * several logs may be mixed; each log is checked for itself. Immutable, any thread.
 *
 * @since 0.1.0
 */
public final class LogChain {

    /**
     * A file that was read to its end.
     *
     * @param name what it is called in findings
     */
    public record Link(String name, LogSummary summary) {}

    private final List<String> findings = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private boolean goesOn;

    private LogChain() {}

    /** Checks files, in any order. */
    public static LogChain of(List<Link> files) {
        LogChain chain = new LogChain();
        Map<String, List<Link>> streams = new LinkedHashMap<>();
        Map<String, String> names = new HashMap<>();
        for (Link link : files) {
            String other = names.putIfAbsent(link.summary.file(), link.name);
            if (other != null) {
                chain.findings.add("[" + link.name + "] is [" + other + "] once more");
            } else {
                streams.computeIfAbsent(link.summary.stream(), stream -> new ArrayList<>())
                        .add(link);
            }
        }
        streams.values().forEach(chain::check);
        if (streams.size() > 1) {
            chain.notes.add("the files are of " + streams.size() + " logs, which know nothing of each other");
        }
        return chain;
    }

    private void check(List<Link> stream) {
        stream.sort(Comparator.comparingLong(link -> link.summary.sequence()));
        Link last = null;
        for (Link link : stream) {
            if (last == null) {
                first(link);
            } else if (link.summary.sequence() == last.summary.sequence()) {
                findings.add("[" + last.name + "] and [" + link.name + "] are both " + number(link.summary.sequence())
                        + " of their log");
                continue;
            } else {
                follows(last, link);
            }
            last = link;
        }
        if (last != null && last.summary.end() == End.ROLLED) {
            goesOn = true;
            notes.add("[" + last.name + "] was rolled; the file that came after it is not given");
        }
    }

    private void first(Link link) {
        Predecessor before = link.summary.before();
        if (before != null || link.summary.sequence() > 0) {
            notes.add("the file before [" + link.name + "], " + number(link.summary.sequence() - 1)
                    + " of its log, is not given");
        }
    }

    private void follows(Link last, Link link) {
        long missing = link.summary.sequence() - last.summary.sequence() - 1;
        if (missing > 0) {
            findings.add(
                    (missing == 1 ? "a file is" : missing + " files are") + " missing between [" + last.name + "] and ["
                            + link.name + "]: " + number(last.summary.sequence() + 1)
                            + (missing == 1 ? "" : " to " + (link.summary.sequence() - 1)) + " of the log");
        } else {
            next(last, link);
            before(last, link);
        }
    }

    private void next(Link last, Link link) {
        String next = last.summary.next();
        if (next != null && !next.equals(link.summary.file())) {
            findings.add("[" + last.name + "] names another file than [" + link.name + "] as the next one");
        }
    }

    private void before(Link last, Link link) {
        Predecessor before = link.summary.before();
        if (before == null) {
            // Of a file without a frame nobody can say that.
            if (link.summary.frames() > 0) {
                findings.add("[" + link.name + "] does not say which file was before it");
            }
        } else if (!before.file().equals(last.summary.file())) {
            findings.add("[" + link.name + "] names another file than [" + last.name + "] as the one before");
        } else if (before.frames() != last.summary.frames()) {
            findings.add("[" + last.name + "] had " + before.frames() + " frames when [" + link.name
                    + "] was begun, and has " + last.summary.frames());
        } else if (!before.digest().equals(last.summary.digest())) {
            findings.add("[" + last.name + "] has other frames than when [" + link.name + "] was begun");
        }
    }

    private static String number(long sequence) {
        return "number " + sequence;
    }

    /** What is wrong: one sentence each; they quote nothing of the logs. */
    public List<String> findings() {
        return List.copyOf(findings);
    }

    /** What is not wrong, and good to know. */
    public List<String> notes() {
        return List.copyOf(notes);
    }

    /**
     * {@link LogState#DAMAGED} if there is a finding; {@link LogState#NOT_CLOSED} if a log goes on in a file that is not given;
     * else {@link LogState#CLOSED}.
     */
    public LogState state() {
        return !findings.isEmpty() ? LogState.DAMAGED : goesOn ? LogState.NOT_CLOSED : LogState.CLOSED;
    }
}
