package io.inkfast.net;

import java.time.Duration;

/**
 * What a protocol has where nothing is configured.
 *
 * @param maxBatchSize  messages in one request
 * @param maxBatchBytes bytes in one request, before compression
 * @param linger        how long a request that is not full waits
 * @since 0.1.0
 */
public record NetworkDefaults(int maxBatchSize, long maxBatchBytes, Duration linger) {}
