package io.inkfast.mask.search;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the tables of {@link Literals}. One thread. */
final class LiteralsBuilder {

    /** The tables, by state; first and sibling chain the literals that end in a state. */
    static final class Tables {
        final char[] next;
        final char[] report;
        final char[] shorter;
        final int[] first;
        final int[] sibling;

        Tables(char[] next, char[] report, char[] shorter, int[] first, int[] sibling) {
            this.next = next;
            this.report = report;
            this.shorter = shorter;
            this.first = first;
            this.sibling = sibling;
        }
    }

    private static final int MOST_STATES = 0xFFFF;

    private final Alphabet alphabet;
    private final int depth;
    private final int mostCells;
    private char[] next;
    private int[] first;
    private int states = 1;

    private LiteralsBuilder(Alphabet alphabet, int depth, int mostBytes) {
        this.alphabet = alphabet;
        this.depth = depth;
        this.mostCells = mostBytes / 2;
        this.next = new char[Math.min(mostCells, 64 * alphabet.classes())];
        this.first = new int[64];
        Arrays.fill(first, -1);
    }

    static @Nullable Literals build(List<String> texts, boolean anyCase, int mostBytes) {
        char[][] literals = texts.stream().map(String::toCharArray).toArray(char[][]::new);
        for (int depth = 64; depth >= 4; depth -= depth > 8 ? depth / 2 : 2) {
            Alphabet alphabet = new Alphabet(anyCase);
            for (char[] literal : literals) {
                for (int i = 0; i < Math.min(depth, literal.length); i++) {
                    alphabet.add(literal[i]);
                }
            }
            Tables tables = new LiteralsBuilder(alphabet, depth, mostBytes).tables(literals);
            if (tables != null) {
                return new Literals(alphabet, depth, literals, tables);
            }
        }
        return null;
    }

    private @Nullable Tables tables(char[][] literals) {
        int[] sibling = new int[literals.length];
        for (int id = 0; id < literals.length; id++) {
            int state = insert(literals[id]);
            if (state < 0) {
                return null;
            }
            sibling[id] = first[state];
            first[state] = id;
        }
        char[] table = Arrays.copyOf(next, states * alphabet.classes());
        return link(table, Arrays.copyOf(first, states), sibling);
    }

    /* The state of the literal's last character that counts; -1 if there is no room. */
    private int insert(char[] literal) {
        int classes = alphabet.classes();
        int state = 0;
        for (int i = 0; i < Math.min(depth, literal.length); i++) {
            int cell = state * classes + alphabet.of(literal[i]);
            if (next[cell] == 0) {
                if (states == MOST_STATES || (states + 1) * classes > mostCells) {
                    return -1;
                }
                if ((states + 1) * classes > next.length) {
                    next = Arrays.copyOf(next, (int) Math.min(mostCells, 2L * next.length));
                }
                if (states == first.length) {
                    first = Arrays.copyOf(first, 2 * states);
                    Arrays.fill(first, states, first.length, -1);
                }
                next[cell] = (char) states++;
            }
            state = next[cell];
        }
        return state;
    }

    /* Breadth first: where a state does not go on, it goes where the longest suffix of its text would. */
    private Tables link(char[] table, int[] ends, int[] sibling) {
        int classes = alphabet.classes();
        char[] fail = new char[states];
        char[] report = new char[states];
        char[] shorter = new char[states];
        char[] queue = new char[states];
        int tail = 0;
        for (int k = 0; k < classes; k++) {
            if (table[k] != 0) {
                queue[tail++] = table[k];
            }
        }
        for (int head = 0; head < tail; head++) {
            int state = queue[head];
            shorter[state] = report[fail[state]];
            report[state] = ends[state] >= 0 ? (char) state : shorter[state];
            for (int k = 0; k < classes; k++) {
                int cell = state * classes + k;
                char onward = table[fail[state] * classes + k];
                if (table[cell] == 0) {
                    table[cell] = onward;
                } else {
                    fail[table[cell]] = onward;
                    queue[tail++] = table[cell];
                }
            }
        }
        return new Tables(table, report, shorter, ends, sibling);
    }
}
