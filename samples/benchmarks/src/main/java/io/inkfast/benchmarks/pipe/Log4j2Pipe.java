package io.inkfast.benchmarks.pipe;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.CloseableThreadContext;
import org.apache.logging.log4j.Logger;
import org.apache.logging.log4j.ThreadContext;
import org.apache.logging.log4j.core.async.AsyncLoggerContext;

/**
 * Log4j with all loggers asynchronous, logged to through its own API. That API has no key-value pairs: they go through
 * the thread context, as its users do it.
 */
final class Log4j2Pipe implements Pipe {

    /** As many slots as the queues of the others. */
    static final String RING_SIZE = "log4j2.asyncLoggerRingBufferSize";

    private final AsyncLoggerContext context;
    private final Workload workload;
    private final Map<String, String> pairs = new LinkedHashMap<>();

    Log4j2Pipe(String configuration, Path file, Workload workload) {
        System.setProperty("LOG_FILE", file.toString());
        System.setProperty(RING_SIZE, "8192");
        this.workload = workload;
        Workload.PAIRS.forEach(pair -> pairs.put(pair.getKey(), String.valueOf(pair.getValue())));
        context = new AsyncLoggerContext("benchmark", null, uri(configuration));
        context.start();
    }

    @Override
    public Source source(int producer) {
        Logger logger = context.getLogger(Workload.LOGGER);
        Workload.CONTEXT.forEach(ThreadContext::put);
        Integer number = producer;
        Exception failure = Workload.failure();
        return sequence -> {
            if (sequence % Workload.CONTEXT_EVERY == 0) {
                ThreadContext.put(Workload.CHANGING_KEY, Workload.changingValue(sequence));
            }
            if (!workload.hasPairs()) {
                logger.info(Workload.MESSAGE, sequence, number);
                return;
            }
            CloseableThreadContext.Instance added = CloseableThreadContext.putAll(pairs);
            try {
                if (workload.hasFailure()) {
                    logger.info(Workload.MESSAGE, sequence, number, failure);
                } else {
                    logger.info(Workload.MESSAGE, sequence, number);
                }
            } finally {
                added.close();
            }
        };
    }

    @Override
    public void close() {
        context.stop(5, TimeUnit.MINUTES);
    }

    private static URI uri(String configuration) {
        URL url = Objects.requireNonNull(Log4j2Pipe.class.getClassLoader().getResource(configuration), configuration);
        try {
            return url.toURI();
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(configuration, e);
        }
    }
}
