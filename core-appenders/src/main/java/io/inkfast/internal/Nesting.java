package io.inkfast.internal;

/*
 * An argument may log when it is printed, even itself; each level would print it several times, and the stack ends only after
 * as many events as no one can wait for.
 */
/** How deep a thread is in printing events that were logged while others were printed. Any thread. */
public final class Nesting {

    private static final int MOST = 2;

    /* Of a class that every loader shares, so that no thread keeps an application alive. */
    private final ThreadLocal<int[]> depth = ThreadLocal.withInitial(() -> new int[1]);

    /** Makes one for one appender. */
    public Nesting() {}

    /** False if this is one level too many: then nothing of the event may be printed, and nobody is to leave. */
    public boolean enter() {
        int[] levels = depth.get();
        if (levels[0] >= MOST) {
            return false;
        }
        levels[0]++;
        return true;
    }

    /** One level up. */
    public void leave() {
        depth.get()[0]--;
    }
}
