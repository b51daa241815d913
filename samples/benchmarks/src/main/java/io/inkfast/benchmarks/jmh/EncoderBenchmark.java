package io.inkfast.benchmarks.jmh;

import io.inkfast.benchmarks.pipe.Peer;
import io.inkfast.benchmarks.pipe.Workload;
import io.inkfast.benchmarks.redaction.Encoders;
import io.inkfast.benchmarks.redaction.PreparedEvents;
import io.inkfast.benchmarks.redaction.ReusedBuffer;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** From an event, prepared as behind an asynchronous front, to the bytes of its line. */
@State(Scope.Thread)
public class EncoderBenchmark extends NanosPerOperation {

    private static final int EVENTS = 4096;

    /** What the events carry. */
    @Param({"W1", "W2", "W3", "WM"})
    public Workload workload = Workload.W1;

    /** One of {@link Encoders#KNOWN}. */
    @Param({"logback-json", "logstash", "logstash-masking", "redacting", "redacting-gdpr"})
    public String encoder = "logstash";

    private final ReusedBuffer buffer = new ReusedBuffer();
    private @Nullable PreparedEvents events;

    /** Makes the events and starts the encoder. */
    @Setup
    public void start() {
        Peer peer = Encoders.KNOWN.stream()
                .filter(each -> each.name().equals(encoder))
                .findFirst()
                .orElseThrow();
        events = PreparedEvents.of(peer.configuration(), workload, EVENTS);
    }

    /** Stops the encoder. */
    @TearDown
    public void stop() {
        events().close();
    }

    /** A new array for each event. */
    @Benchmark
    public byte[] bytes() {
        return events().encodeNext();
    }

    /** Into a buffer that is there. */
    @Benchmark
    public long streaming() throws IOException {
        events().encodeNext(buffer);
        return buffer.written();
    }

    private PreparedEvents events() {
        PreparedEvents made = events;
        if (made == null) {
            throw new IllegalStateException("not set up");
        }
        return made;
    }
}
