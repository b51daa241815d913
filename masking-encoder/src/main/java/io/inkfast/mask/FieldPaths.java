package io.inkfast.mask;

import io.inkfast.mask.FieldPath.Step;
import io.inkfast.mask.scan.FieldNames;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/*
 * All paths in one non-deterministic automaton, a bit for each place between two steps: a name moves the bits whose step
 * it fits by one, whatever the number of paths.
 */
/** The paths of a policy, compiled. Immutable; any thread. */
final class FieldPaths {

    /** Steps of all paths together, each path counted with one more. */
    static final int MOST = 512;

    private final int words;
    private final Map<String, long[]> names = new HashMap<>();
    private final Map<Integer, long[]> indexes = new HashMap<>();
    private final long[] any;
    private final long[] anyIndex;
    private final long[] deep;
    private final long[] ends;
    private final int[] types;
    private final long[] anywhere;
    private final long[] root;

    /** A path, and the type of the values there. */
    record Typed(FieldPath path, int type) {}

    /** Where two paths lead to the same field, the later wins. */
    FieldPaths(List<Typed> paths) {
        int places = places(paths);
        words = (places + 63) / 64;
        any = new long[words];
        anyIndex = new long[words];
        deep = new long[words];
        ends = new long[words];
        types = new int[places];
        anywhere = new long[words];
        root = new long[words];
        int place = 0;
        for (Typed typed : paths) {
            set(typed.path().absolute() ? root : anywhere, place);
            for (Step step : typed.path().steps()) {
                set(fitting(step), place++);
            }
            types[place] = typed.type();
            set(ends, place++);
        }
        skipDeep(anywhere);
        skipDeep(root);
        or(root, anywhere);
    }

    static int places(List<Typed> paths) {
        return paths.stream().mapToInt(typed -> typed.path().steps().size() + 1).sum();
    }

    private long[] fitting(Step step) {
        return switch (step.kind()) {
            case NAME -> names.computeIfAbsent(step.name(), name -> new long[words]);
            case INDEX -> indexes.computeIfAbsent(step.index(), index -> new long[words]);
            case ANY -> any;
            case ANY_INDEX -> anyIndex;
            case DEEP -> deep;
        };
    }

    boolean none() {
        return words == 0;
    }

    /** Where a line begins. */
    long[] root() {
        return root;
    }

    /** Where an object begins of which it is not known what it is a part of. */
    long[] anywhere() {
        return anywhere;
    }

    /** What a name fits: itself, and the path that it spells with dots. */
    static final class Fit {

        private final long @Nullable [] whole;
        private final List<Fit> parts;

        private Fit(long @Nullable [] whole, List<Fit> parts) {
            this.whole = whole;
            this.parts = parts;
        }
    }

    Fit fit(String name) {
        List<Fit> parts = name.indexOf('.') <= 0 || name.length() > 128
                ? List.of()
                : java.util.Arrays.stream(name.split("\\.", -1))
                        .map(part -> new Fit(names.get(FieldNames.folded(part)), List.of()))
                        .toList();
        return new Fit(names.get(FieldNames.folded(name)), parts);
    }

    /** From an object to the value under a name of it. */
    long[] step(long[] from, Fit name) {
        long[] to = moved(from, name.whole, any);
        if (!name.parts.isEmpty()) {
            long[] inner = from;
            for (Fit part : name.parts) {
                inner = moved(inner, part.whole, any);
            }
            or(to, inner);
        }
        return to;
    }

    /** From an array to the value at a place of it. */
    long[] step(long[] from, int index) {
        long[] to = moved(from, indexes.get(index), any);
        or(to, moved(from, anyIndex, anyIndex));
        return to;
    }

    private long[] moved(long[] from, long @Nullable [] fitting, long[] orThese) {
        long[] to = new long[words];
        long carry = 0;
        for (int i = 0; i < words; i++) {
            long moving = from[i] & (orThese[i] | (fitting == null ? 0 : fitting[i]));
            to[i] = moving << 1 | carry | (from[i] & deep[i]);
            carry = moving >>> 63;
        }
        skipDeep(to);
        or(to, anywhere);
        return to;
    }

    /* A ** may stand for nothing. */
    private void skipDeep(long[] places) {
        long carry = 0;
        for (int i = 0; i < words; i++) {
            long moving = places[i] & deep[i];
            places[i] |= moving << 1 | carry;
            carry = moving >>> 63;
        }
    }

    /** The type of the value here; -1 if no path ends here. */
    int type(long[] here) {
        for (int i = words - 1; i >= 0; i--) {
            long ended = here[i] & ends[i];
            if (ended != 0) {
                return types[i * 64 + 63 - Long.numberOfLeadingZeros(ended)];
            }
        }
        return -1;
    }

    private static void set(long[] bits, int bit) {
        bits[bit >> 6] |= 1L << bit;
    }

    private static void or(long[] bits, long[] more) {
        for (int i = 0; i < bits.length; i++) {
            bits[i] |= more[i];
        }
    }
}
