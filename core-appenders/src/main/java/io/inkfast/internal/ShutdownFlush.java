package io.inkfast.internal;

/**
 * The hook that writes what is queued when the JVM shuts down and nobody stopped Logback. It holds on to its appender, so
 * it is removed when that stops. Any thread.
 *
 * @since 0.1.0
 */
public final class ShutdownFlush {

    private final Thread thread;

    /** @param name of the appender, for the thread's name */
    public ShutdownFlush(Runnable flush, String name) {
        thread = new Thread(null, flush, "inkfast-shutdown-" + name, 0, false);
        thread.setContextClassLoader(ShutdownFlush.class.getClassLoader());
    }

    public void register() {
        try {
            Runtime.getRuntime().addShutdownHook(thread);
        } catch (IllegalStateException e) {
            // The JVM is shutting down already: whoever starts an appender now has to stop it.
            return;
        }
    }

    public void remove() {
        if (Thread.currentThread() == thread) {
            return;
        }
        try {
            Runtime.getRuntime().removeShutdownHook(thread);
        } catch (IllegalStateException e) {
            // The JVM is shutting down: the hook runs beside us, and both wait for the same end.
            return;
        }
    }
}
