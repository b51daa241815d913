package io.inkfast.component;

/**
 * An appender whose call returns only when the event is safe: it must be called by the thread that logs. Behind an
 * asynchronous front, the application's call would return before.
 *
 * @since 0.1.0
 */
public interface DurableOnReturn {}
