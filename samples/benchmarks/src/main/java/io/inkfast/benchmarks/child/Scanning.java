package io.inkfast.benchmarks.child;

import io.inkfast.benchmarks.redaction.Message;
import io.inkfast.benchmarks.redaction.Scanners;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * What it costs to search one message. All kinds of messages run before any is measured: code that has met one kind only would
 * be compiled for that.
 */
final class Scanning {

    private final UnaryOperator<String> redaction;

    /** Keeps the compiler from leaving the search out. */
    private long characters;

    private Scanning(UnaryOperator<String> redaction) {
        this.redaction = redaction;
    }

    static void run(Job job, Map<String, Double> figures) throws IOException {
        new Scanning(Scanners.open(job.peer())).run(job.scale(), figures);
    }

    private void run(Scale scale, Map<String, Double> figures) throws IOException {
        int count = scale.preparedEvents();
        Map<Message, String[]> all = new EnumMap<>(Message.class);
        for (Message kind : Message.values()) {
            all.put(kind, IntStream.range(0, count).mapToObj(kind::of).toArray(String[]::new));
        }
        SteadyLoop.Pass mixed = () -> all.values().forEach(this::scan);
        new SteadyLoop(mixed, count * all.size(), scale).warmUp(scale.steadySeconds());
        for (Map.Entry<Message, String[]> each : all.entrySet()) {
            String[] messages = each.getValue();
            new SteadyLoop(() -> scan(messages), count, scale)
                    .warmUp(scale.steadySeconds() / 3)
                    .measure(each.getKey().figure(), figures);
            figures.put(each.getKey().figure() + "_found", found(messages));
        }
        figures.put("characters", (double) characters);
    }

    private void scan(String[] messages) {
        for (String message : messages) {
            characters += redaction.apply(message).length();
        }
    }

    private double found(String[] messages) {
        double found = 0;
        for (String message : messages) {
            found += redaction.apply(message).equals(message) ? 0 : 1;
        }
        return found / messages.length;
    }
}
