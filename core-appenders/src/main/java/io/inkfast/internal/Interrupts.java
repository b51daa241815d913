package io.inkfast.internal;

/**
 * Work on files by a thread that may have been interrupted: Java closes a channel that such a thread uses, for everybody.
 *
 * @since 0.1.0
 */
public final class Interrupts {

    private Interrupts() {}

    /** Does the work without the interrupt flag, which is set again afterwards. */
    public static void without(Runnable work) {
        boolean interrupted = Thread.interrupted();
        try {
            work.run();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
