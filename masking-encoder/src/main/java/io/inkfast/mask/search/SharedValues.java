package io.inkfast.mask.search;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The known values that all redactors share, added and removed while they work. Any thread; readers take no lock. */
public final class SharedValues {

    /** How many there may be. */
    public static final int MOST = 1_000;

    /** What came of adding values. */
    public enum Outcome {
        ADDED,
        TOO_SHORT,
        TOO_LONG,
        FULL
    }

    private final Set<String> values = new LinkedHashSet<>();
    private volatile @Nullable KnownValues current;
    private final AtomicInteger version = new AtomicInteger();

    /** Adds as many as there is room for, the first ones first; the outcome is that of the first one that was refused. */
    public synchronized Outcome add(Collection<String> more) {
        Outcome outcome = Outcome.ADDED;
        List<String> added = new ArrayList<>();
        for (String value : more) {
            Outcome one = outcome(value);
            outcome = outcome == Outcome.ADDED ? one : outcome;
            if (one == Outcome.ADDED && values.add(value)) {
                added.add(value);
            }
        }
        while (!added.isEmpty() && !rebuild()) {
            outcome = Outcome.FULL;
            for (int half = (added.size() + 1) / 2; half > 0; half--) {
                values.remove(added.remove(added.size() - 1));
            }
        }
        return outcome;
    }

    private Outcome outcome(String value) {
        if (value.length() < KnownValues.SHORTEST) {
            return Outcome.TOO_SHORT;
        }
        if (value.length() > KnownValues.LONGEST) {
            return Outcome.TOO_LONG;
        }
        return values.size() < MOST || values.contains(value) ? Outcome.ADDED : Outcome.FULL;
    }

    /** Whether it was one. */
    public synchronized boolean remove(String value) {
        return values.remove(value) && rebuild();
    }

    /* False, and nothing changed, if there is no room. */
    private boolean rebuild() {
        KnownValues rebuilt = values.isEmpty() ? null : KnownValues.of(values);
        if (rebuilt == null && !values.isEmpty()) {
            return false;
        }
        current = rebuilt;
        version.incrementAndGet();
        return true;
    }

    /** Null if there are none. */
    public @Nullable KnownValues current() {
        return current;
    }

    /** Changes whenever the values do: what was decided before does not hold any more. */
    public int version() {
        return version.get();
    }

    public synchronized int size() {
        return values.size();
    }

    /** Not the values. */
    @Override
    public String toString() {
        return size() + " known values";
    }
}
