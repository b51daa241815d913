package io.inkfast.component;

/**
 * An appender that says what became of every event it got.
 *
 * @since 0.1.0
 */
public interface Accounted {

    /** The books at this moment; any thread, also before start and after stop. */
    Accounting accounting();
}
