package io.inkfast.net;

/**
 * What an appender has sent, at one moment; since it was made.
 *
 * @param sent         messages written to a connection, each time one was
 * @param acknowledged messages of which the peer said that it has them; 0 where the protocol has no such word
 * @param duplicates   of these, messages that the peer had already when they came
 * @param repeated     messages that were sent although they had been sent before
 * @param deadLettered messages that no peer would take
 * @since 0.1.0
 */
public record DeliveryCounts(long sent, long acknowledged, long duplicates, long repeated, long deadLettered) {}
