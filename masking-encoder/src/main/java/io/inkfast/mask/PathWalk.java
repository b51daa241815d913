package io.inkfast.mask;

import java.util.Arrays;

/** Where in a JSON document a generator is, as far as paths and the list of harmless names care. One thread. */
final class PathWalk {

    private static final long[] NOWHERE = new long[0];
    private static final int ARRAY = -2;

    private final FieldPaths paths;
    private long[][] containers = new long[16][];
    private int[] indexes = new int[16];
    private boolean[] listed = new boolean[16];
    private int depth;
    private long[] here;
    private boolean listedHere;

    /** @param start where the first value stands, of {@link FieldPaths} */
    PathWalk(FieldPaths paths, long[] start) {
        this.paths = paths;
        this.here = start;
    }

    /** As at the beginning. */
    void begin(long[] start) {
        depth = 0;
        here = start;
        listedHere = false;
    }

    int depth() {
        return depth;
    }

    /** A name in the present object; returns the type of its value, or -1. */
    int name(Redactor.Name name) {
        listedHere = name.listed();
        if (paths.none() || depth == 0) {
            return -1;
        }
        here = paths.step(containers[depth - 1], name.fit());
        return paths.type(here);
    }

    /** To be called before each value; returns the type of an element of an array, or -1. */
    int element() {
        if (depth == 0 || indexes[depth - 1] == ARRAY) {
            return -1;
        }
        int index = indexes[depth - 1]++;
        listedHere = listed[depth - 1];
        if (paths.none()) {
            return -1;
        }
        here = paths.step(containers[depth - 1], index);
        return paths.type(here);
    }

    /** Whether the value that comes now stands under a harmless name. */
    boolean listed() {
        return listedHere;
    }

    /** Whether the first value, where it stands by itself, is under a harmless name. */
    void list(boolean harmless) {
        listedHere = harmless;
    }

    /** The place of the value that comes now. */
    long[] here() {
        return paths.none() ? NOWHERE : here;
    }

    void start(boolean array) {
        if (depth == indexes.length) {
            containers = Arrays.copyOf(containers, depth * 2);
            indexes = Arrays.copyOf(indexes, depth * 2);
            listed = Arrays.copyOf(listed, depth * 2);
        }
        containers[depth] = here;
        listed[depth] = listedHere;
        indexes[depth++] = array ? 0 : ARRAY;
    }

    void end() {
        depth = Math.max(0, depth - 1);
    }
}
