package io.inkfast.component;

/**
 * Marks a nested component that checks its own configuration with {@link ConfigurationCheck} in start(), and has its own
 * way to be safe when it is wrong: the appender around it then does not refuse to start on its account.
 *
 * @since 0.1.0
 */
public interface SelfChecking {}
