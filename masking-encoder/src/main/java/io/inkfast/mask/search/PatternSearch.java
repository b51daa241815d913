package io.inkfast.mask.search;

import io.inkfast.mask.scan.Search;
import java.util.List;
import java.util.Objects;

/*
 * The literals of all patterns are found in one pass; windows of one pattern that touch become one, so that no character
 * is searched twice for it. A match that ends at the edge of its window is looked for again in a larger one.
 */
/**
 * Finds matches of the user's patterns. A text that takes more than 20,000 reads and 16 for each character, or in which
 * matching fails in any way, is withheld. One thread.
 */
public final class PatternSearch implements Search, Literals.Found {

    private static final long READS = 20_000;
    private static final int READS_EACH = 16;
    private static final int MOST_BYTES = 4 << 20;

    private final List<UserPattern> patterns;
    private final Literals literals;
    private final Regex.Finder[] finders;
    private final int[] from;
    private final int[] to;
    private final CountedText counted = new CountedText();
    private char[] text = new char[0];
    private int length;
    private boolean loaded;
    private Search.Hits hits = NOWHERE;

    private static final Search.Hits NOWHERE = new Search.Hits() {
        @Override
        public void hit(int start, int end, int type) {}

        @Override
        public void work(int characters) {}

        @Override
        public void withhold() {}
    };

    private PatternSearch(List<UserPattern> patterns, Literals literals) {
        this.patterns = patterns;
        this.literals = literals;
        this.finders =
                patterns.stream().map(pattern -> pattern.regex().newFinder()).toArray(Regex.Finder[]::new);
        this.from = new int[finders.length];
        this.to = new int[finders.length];
    }

    /** Searches for these. */
    public static Search.Source source(List<UserPattern> patterns) {
        List<UserPattern> all = List.copyOf(patterns);
        Literals literals = Objects.requireNonNull(
                Literals.of(all.stream().map(UserPattern::literal).toList(), true, MOST_BYTES));
        return () -> new PatternSearch(all, literals);
    }

    @Override
    public void in(char[] newText, int newLength, Search.Hits newHits) {
        text = newText;
        length = newLength;
        hits = newHits;
        loaded = false;
        try {
            literals.find(text, length, hits, this);
            if (loaded) {
                for (int i = 0; i < finders.length; i++) {
                    search(i);
                }
            }
        } catch (Throwable e) {
            newHits.withhold();
        } finally {
            text = new char[0];
            counted.release();
            hits = NOWHERE;
        }
    }

    @Override
    public void literal(int id, int start, int end) {
        if (!loaded) {
            loaded = true;
            counted.load(text, length, READS + (long) READS_EACH * length);
            java.util.Arrays.fill(to, -1);
        }
        int margin = patterns.get(id).margin();
        int windowFrom = Math.max(0, start - margin);
        if (to[id] < windowFrom) {
            search(id);
            from[id] = windowFrom;
        }
        to[id] = Math.min(length, end + margin);
    }

    /* The window of this pattern, if it has one. */
    private void search(int id) {
        if (to[id] < 0) {
            return;
        }
        Regex.Finder finder = finders[id];
        finder.load(counted, length);
        int at = from[id];
        while (at < to[id] && finder.find(at, to[id])) {
            int end = widened(finder, id, at);
            hit(finder, patterns.get(id).type());
            at = Math.max(end, at + 1);
        }
        to[id] = -1;
    }

    /* Makes the window larger until the match is whole; returns its end. */
    private int widened(Regex.Finder finder, int id, int at) {
        int left = at;
        int right = to[id];
        int step = right - left;
        int end = finder.end();
        boolean cutLeft = at == from[id] && finder.start() == left && left > 0;
        while (cutLeft || (finder.open() && right < length)) {
            int start = finder.start();
            end = finder.end();
            left = cutLeft ? Math.max(0, left - step) : start;
            right = finder.open() ? Math.min(length, right + step) : right;
            step = 2 * step;
            int next = left;
            do {
                if (!finder.find(next, right)) {
                    throw new IllegalStateException("a match is gone");
                }
                next = Math.max(finder.end(), next + 1);
            } while (finder.end() <= start);
            cutLeft = cutLeft && finder.start() == left && left > 0;
        }
        return Math.max(end, finder.end());
    }

    private void hit(Regex.Finder finder, int type) {
        int start = finder.groupStart();
        if (start < 0) {
            start = finder.start();
            if (finder.end() > start) {
                hits.hit(start, finder.end(), type);
            }
        } else if (finder.groupEnd() > start) {
            hits.hit(start, finder.groupEnd(), type);
        }
    }
}
