package io.inkfast.internal;

/**
 * The hook that writes what is queued when the JVM shuts down and nobody stopped Logback. It holds on to its appender, so
 * it is closed when that stops. Any thread.
 *
 * @since 0.1.0
 */
public final class ShutdownFlush implements Registration {

    private final Thread thread;

    private ShutdownFlush(Runnable flush, String name) {
        thread = new Thread(null, flush, "inkfast-shutdown-" + name, 0, false);
        thread.setContextClassLoader(ShutdownFlush.class.getClassLoader());
    }

    /**
     * Has {@code flush} run when the JVM shuts down.
     *
     * @param name of the appender, for the thread's name
     */
    public static ShutdownFlush register(Runnable flush, String name) {
        ShutdownFlush hook = new ShutdownFlush(flush, name);
        try {
            Runtime.getRuntime().addShutdownHook(hook.thread);
        } catch (IllegalStateException e) {
            // The JVM is shutting down already: whoever starts an appender now has to stop it.
            return hook;
        }
        return hook;
    }

    @Override
    public void close() {
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
