package io.inkfast.async;

/**
 * The hook that writes what is queued when the JVM shuts down and nobody stopped Logback. It holds on to its front, so
 * it is removed when the front stops.
 */
final class ShutdownFlush {

    private final Thread thread;

    ShutdownFlush(Runnable flush, String name) {
        thread = new Thread(null, flush, "inkfast-shutdown-" + name, 0, false);
        thread.setContextClassLoader(ShutdownFlush.class.getClassLoader());
    }

    void register() {
        try {
            Runtime.getRuntime().addShutdownHook(thread);
        } catch (IllegalStateException e) {
            // The JVM is shutting down already: whoever starts a front now has to stop it.
            return;
        }
    }

    void remove() {
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
