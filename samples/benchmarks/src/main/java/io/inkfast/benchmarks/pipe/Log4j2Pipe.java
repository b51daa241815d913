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
import org.jspecify.annotations.Nullable;

/** Log4j with all loggers asynchronous, logged to through its own API. */
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
        return new ThreadContextSource(workload, producer, ThreadContext::put) {
            @Override
            void log(long sequence, Integer number) {
                logger.info(Workload.MESSAGE, sequence, number);
            }

            @Override
            void logWithPairs(long sequence, Integer number, @Nullable Exception failure) {
                CloseableThreadContext.Instance added = CloseableThreadContext.putAll(pairs);
                try {
                    if (failure == null) {
                        logger.info(Workload.MESSAGE, sequence, number);
                    } else {
                        logger.info(Workload.MESSAGE, sequence, number, failure);
                    }
                } finally {
                    added.close();
                }
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
