package io.inkfast.net;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;

/**
 * The elements that all network appenders have in a configuration, beside {@code <encoder>}. They are texts until
 * {@link NetworkAppender#start} reads them; one thread sets them.
 *
 * @since 0.1.0
 */
public abstract class NetworkElements extends UnsynchronizedAppenderBase<ILoggingEvent> {

    final NetworkSettings.Texts texts = new NetworkSettings.Texts();

    /** For {@link NetworkAppender}. */
    NetworkElements() {}

    /** How many events wait at most; from 1 to 16777216, 65536 by default. Beyond it: {@code overflow}. */
    public void setQueueSize(String count) {
        texts.queue.setQueueSize(count);
    }

    /**
     * How many bytes of encoded events wait at most, such as {@code 64MB}, the default, or a quarter of the heap if that is
     * less. Beyond it: {@code overflow}.
     */
    public void setMaxQueuedBytes(String size) {
        texts.queue.setMaxQueuedBytes(size);
    }

    /**
     * What happens when the queue is full: {@code BLOCK} (default: the caller waits, without a bound),
     * {@code BLOCK_TIMEOUT}, {@code DROP_NEWEST}, {@code DROP_OLDEST}. Behind a front nothing is dropped: the front waits.
     */
    public void setOverflow(String policy) {
        texts.queue.setOverflow(policy);
    }

    /**
     * How long a caller waits for room under {@code BLOCK_TIMEOUT}, and under the dropping policies for an event at or above
     * {@code reserveLevel}; 1 second by default, from 0 to 1 day.
     */
    public void setBlockTimeout(String time) {
        texts.queue.setBlockTimeout(time);
    }

    /** The level from which on events matter: they may use the reserve and are never evicted; {@code WARN} by default. */
    public void setReserveLevel(String level) {
        texts.queue.setReserveLevel(level);
    }

    /** The part of the queue kept for events that matter, in percent; from 0 to 90, 10 by default. */
    public void setReservePercent(String percent) {
        texts.queue.setReservePercent(percent);
    }

    /**
     * How many events one request has at most; from 1 to 1048576. The default is the protocol's, from 500 for Redis to 5000
     * for Kafka.
     */
    public void setMaxBatchSize(String count) {
        texts.maxBatchSize = count;
    }

    /**
     * How many bytes one request has at most, before compression; from 1 KB to 1 GB. A larger event goes alone. The default
     * is the protocol's, from 256 KB for lines over TCP to 4 MB for Elasticsearch, Kafka and Logstash.
     */
    public void setMaxBatchBytes(String size) {
        texts.maxBatchBytes = size;
    }

    /**
     * How long a request that is not full waits for more events, from 0 to 1 minute. The default is the protocol's, from 0 for
     * Kafka, whose producer waits itself, to 100 milliseconds for Elasticsearch, HTTP and Redis.
     */
    public void setLinger(String time) {
        texts.linger = time;
    }

    /**
     * How long a peer that has failed is left alone at first; it doubles up to {@code maxRetryDelay}, with as much left to
     * chance. 200 milliseconds by default, from 10 milliseconds to 1 hour.
     */
    public void setRetryDelay(String time) {
        texts.retryDelay = time;
    }

    /** How long a peer that goes on failing is left alone at most; 30 seconds by default, up to 1 day. */
    public void setMaxRetryDelay(String time) {
        texts.maxRetryDelay = time;
    }

    /**
     * After which time a connection is made anew, to the first peer in the list that is not out of order; 0, the default,
     * for never; up to 1 day.
     */
    public void setConnectionAge(String time) {
        texts.connectionAge = time;
    }

    /** How long stop() and the shutdown hook wait until all is sent; 5 seconds by default, from 0 to 1 day. */
    public void setStopTimeout(String time) {
        texts.stopTimeout = time;
    }

    /** Whether what waits is sent when the JVM shuts down without stopping Logback; default true. */
    public void setShutdownHook(String flag) {
        texts.shutdownHook = flag;
    }

    /**
     * The file for events that a peer refuses for good, with the reason: {@code inkfast dlq} lists them and sends
     * them again. It is made if it is missing, and may be moved away at any time. None by default: then such an event is lost,
     * and counted as failed.
     */
    public void setDeadLetter(String file) {
        texts.deadLetter = file;
    }

    /**
     * The keys that wrap the key with which dead letters are encrypted: a file, {@code env:NAME} or {@code kms:URI}; public
     * keys are enough. None by default. Required beside an appender that encrypts.
     */
    public void setKeyset(String keyset) {
        texts.keyset = keyset;
    }

    /** Whether dead letters may be in clear text beside an appender that encrypts; default false. */
    public void setAllowClear(String flag) {
        texts.allowClear = flag;
    }
}
