package io.inkfast.benchmarks.pipe;

import java.nio.file.Path;
import java.util.Map;
import org.tinylog.Logger;
import org.tinylog.TaggedLogger;
import org.tinylog.ThreadContext;
import org.tinylog.configuration.Configuration;
import org.tinylog.provider.ProviderRegistry;

/**
 * tinylog with its writing thread and JSON writer, logged to through its own API; once per JVM. The logger's name is a
 * tag, so that tinylog is spared the walk over the stack; key-value pairs go through the thread context.
 */
final class TinylogPipe implements Pipe {

    private final Workload workload;

    TinylogPipe(Path file, Workload workload) {
        this.workload = workload;
        Configuration.set("autoshutdown", "false");
        Configuration.set("writingthread", "true");
        Configuration.set("writer", "json");
        Configuration.set("writer.level", "info");
        Configuration.set("writer.format", "LDJSON");
        Configuration.set("writer.file", file.toString());
        Configuration.set("writer.charset", "UTF-8");
        Configuration.set("writer.buffered", "true");
        field("@timestamp", "{date: yyyy-MM-dd'T'HH:mm:ss.SSSSSSSSSXXX}");
        field("@version", "1");
        field("message", "{message-only}");
        field("logger_name", "{tag}");
        field("thread_name", "{thread}");
        field("level", "{level}");
        field("level_value", "{level-code}");
        Workload.CONTEXT.keySet().forEach(key -> field(key, "{context: " + key + "}"));
        field(Workload.CHANGING_KEY, "{context: " + Workload.CHANGING_KEY + "}");
        if (workload.hasPairs()) {
            Workload.PAIRS.forEach(pair -> field(pair.getKey(), "{context: " + pair.getKey() + "}"));
        }
        if (workload.hasFailure()) {
            field("stack_trace", "{exception}");
        }
    }

    private static void field(String name, String pattern) {
        Configuration.set("writer.field." + name, pattern);
    }

    @Override
    public Source source(int producer) {
        TaggedLogger logger = Logger.tag(Workload.LOGGER);
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
            for (Map.Entry<String, Object> pair : Workload.PAIRS) {
                ThreadContext.put(pair.getKey(), pair.getValue());
            }
            if (workload.hasFailure()) {
                logger.info(failure, Workload.MESSAGE, sequence, number);
            } else {
                logger.info(Workload.MESSAGE, sequence, number);
            }
            for (Map.Entry<String, Object> pair : Workload.PAIRS) {
                ThreadContext.remove(pair.getKey());
            }
        };
    }

    @Override
    public void close() {
        try {
            ProviderRegistry.getLoggingProvider().shutdown();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
