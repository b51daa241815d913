package io.inkfast.internal;

/**
 * What the JVM or the context knows a component by, and holds it with, until it is closed. Closing it throws nothing.
 *
 * @since 0.1.0
 */
public interface Registration extends AutoCloseable {

    @Override
    void close();
}
