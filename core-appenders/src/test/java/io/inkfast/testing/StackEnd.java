package io.inkfast.testing;

/** Calls something at the end of the stack and, as it unwinds, at every depth above: somewhere in it the stack ends. */
public final class StackEnd {

    private static final int STACK_BYTES = 256 * 1024;

    private StackEnd() {}

    /** Does so on a thread of its own. What does not even begin for want of stack is left out. */
    public static void around(Runnable call) throws InterruptedException {
        Thread deep = new Thread(null, () -> dive(call), "deep", STACK_BYTES);
        deep.start();
        deep.join();
    }

    private static void dive(Runnable call) {
        try {
            dive(call);
        } catch (StackOverflowError e) {
            // That is the idea.
        }
        try {
            call.run();
        } catch (StackOverflowError e) {
            // Before it came to what is tested.
        }
    }
}
