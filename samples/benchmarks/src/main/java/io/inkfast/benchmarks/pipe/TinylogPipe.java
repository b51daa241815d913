package io.inkfast.benchmarks.pipe;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;
import org.tinylog.TaggedLogger;
import org.tinylog.ThreadContext;
import org.tinylog.configuration.Configuration;
import org.tinylog.provider.ProviderRegistry;

/**
 * tinylog with its writing thread, logged to through its own API; once per JVM. The logger's name is a tag, so that
 * tinylog is spared the walk over the stack.
 */
final class TinylogPipe implements Pipe {

    private final Workload workload;
    private final Map<String, String> fields = new LinkedHashMap<>();

    /**
     * @param json with tinylog's JSON writer; else with its plain writer and a pattern that looks like JSON and escapes
     *     nothing
     */
    TinylogPipe(Path file, Workload workload, boolean json) {
        this.workload = workload;
        Configuration.set("autoshutdown", "false");
        Configuration.set("writingthread", "true");
        Configuration.set("writer", json ? "json" : "file");
        Configuration.set("writer.level", "info");
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
        if (json) {
            Configuration.set("writer.format", "LDJSON");
            fields.forEach((name, pattern) -> Configuration.set("writer.field." + name, pattern));
        } else {
            Configuration.set(
                    "writer.format",
                    fields.entrySet().stream()
                            .map(field -> '"' + field.getKey() + "\":\"" + field.getValue() + '"')
                            .collect(Collectors.joining(",", "{opening-curly-bracket}", "{closing-curly-bracket}")));
        }
    }

    private void field(String name, String pattern) {
        fields.put(name, pattern);
    }

    @Override
    public Source source(int producer) {
        TaggedLogger logger = Logger.tag(Workload.LOGGER);
        return new ThreadContextSource(workload, producer, ThreadContext::put) {
            @Override
            void log(long sequence, Integer number) {
                logger.info(Workload.MESSAGE, sequence, number);
            }

            @Override
            void logWithPairs(long sequence, Integer number, @Nullable Exception failure) {
                for (Map.Entry<String, Object> pair : Workload.PAIRS) {
                    ThreadContext.put(pair.getKey(), pair.getValue());
                }
                if (failure == null) {
                    logger.info(Workload.MESSAGE, sequence, number);
                } else {
                    logger.info(failure, Workload.MESSAGE, sequence, number);
                }
                for (Map.Entry<String, Object> pair : Workload.PAIRS) {
                    ThreadContext.remove(pair.getKey());
                }
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
