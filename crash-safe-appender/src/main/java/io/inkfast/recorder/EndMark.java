package io.inkfast.recorder;

/** The hook that marks a ring when the JVM shuts down in order and nobody stopped Logback. Removed when the recorder stops. */
final class EndMark {

    private final Thread thread;

    EndMark(Runnable mark, String name) {
        thread = new Thread(null, mark, "inkfast-flight-end-" + name, 0, false);
        thread.setContextClassLoader(EndMark.class.getClassLoader());
    }

    void register() {
        try {
            Runtime.getRuntime().addShutdownHook(thread);
        } catch (IllegalStateException e) {
            // The JVM is shutting down already: whoever starts a recorder now has to stop it.
            return;
        }
    }

    void remove() {
        try {
            Runtime.getRuntime().removeShutdownHook(thread);
        } catch (IllegalStateException e) {
            // The JVM is shutting down: the hook runs beside us, and both mark the same.
            return;
        }
    }
}
