package io.inkfast.mask.search;

import io.inkfast.mask.scan.Search;
import org.jspecify.annotations.Nullable;

/*
 * An Aho-Corasick automaton as one dense table: state x class of character -> state, where characters that stand in no
 * literal share class 0. If that table would be too large, the automaton holds only the first characters of each literal,
 * and the rest is compared where they were found.
 */
/** Finds all of many literals in one pass. Immutable; any thread. */
public final class Literals {

    /** Takes what was found, in the order of its last character. */
    public interface Found {
        /** Literal number {@code id} stands from {@code start} to before {@code end}. */
        void literal(int id, int start, int end);
    }

    private final Alphabet alphabet;
    private final int depth;
    private final char[][] literals;
    private final char[] next;
    private final char[] report;
    private final char[] shorter;
    private final int[] first;
    private final int[] sibling;

    Literals(Alphabet alphabet, int depth, char[][] literals, LiteralsBuilder.Tables tables) {
        this.alphabet = alphabet;
        this.depth = depth;
        this.literals = literals;
        this.next = tables.next;
        this.report = tables.report;
        this.shorter = tables.shorter;
        this.first = tables.first;
        this.sibling = tables.sibling;
    }

    /**
     * The automaton for these texts, whose numbers are their places; null if even a shallow one takes more than
     * {@code mostBytes}.
     *
     * @param anyCase whether ASCII letters match in either case
     */
    public static @Nullable Literals of(java.util.List<String> texts, boolean anyCase, int mostBytes) {
        return LiteralsBuilder.build(texts, anyCase, mostBytes);
    }

    /** How many bytes the tables take. */
    int bytes() {
        return 2 * (next.length + report.length + shorter.length) + 4 * (first.length + sibling.length);
    }

    /** Finds every literal in the first {@code n} characters. */
    public void find(char[] c, int n, Search.Hits work, Found found) {
        work.work(n);
        int classes = alphabet.classes();
        int state = 0;
        for (int i = 0; i < n; i++) {
            state = next[state * classes + alphabet.of(c[i])];
            if (report[state] != 0) {
                report(c, n, i + 1, state, work, found);
            }
        }
    }

    private void report(char[] c, int n, int end, int state, Search.Hits work, Found found) {
        for (int s = report[state]; s != 0; s = shorter[s]) {
            for (int id = first[s]; id >= 0; id = sibling[id]) {
                char[] literal = literals[id];
                int known = Math.min(literal.length, depth);
                int start = end - known;
                int same = known;
                while (same < literal.length && start + same < n && alphabet.equal(literal[same], c[start + same])) {
                    same++;
                }
                work.work(same - known + 1);
                if (same == literal.length) {
                    found.literal(id, start, start + same);
                }
            }
        }
    }
}
