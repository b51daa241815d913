package io.inkfast.cli;

import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts the events of each run by the ids that lines have. One thread. */
final class Audit implements Lines.Reader {

    private final Progress progress;
    private final EventLine event = new EventLine();
    private final SortedMap<String, RunNumbers> runs = new TreeMap<>();
    private String current = "";
    private @Nullable RunNumbers numbers;
    private long lines;
    private long withoutId;
    private long broken;

    Audit(Progress progress) {
        this.progress = progress;
    }

    @Override
    public void line(byte[] bytes, int from, int length) {
        if ((++lines & 1023) == 0) {
            progress.at(lines, "lines");
        }
        switch (event.read(bytes, from, length)) {
            case EVENT -> add(event.run(), event.number());
            case OTHER -> withoutId++;
            case BROKEN -> broken++;
        }
    }

    private void add(String run, long number) {
        RunNumbers known = numbers;
        if (known == null || !run.equals(current)) {
            known = runs.computeIfAbsent(run, begun -> new RunNumbers());
            current = run;
            numbers = known;
        }
        known.add(number);
    }

    /** By their ids, which is the order in which they began. */
    SortedMap<String, RunNumbers> runs() {
        return runs;
    }

    long lines() {
        return lines;
    }

    /** How many are JSON, but have no id. */
    long withoutId() {
        return withoutId;
    }

    /** How many are no object of JSON. */
    long broken() {
        return broken;
    }
}
