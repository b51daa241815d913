package io.inkfast.benchmarks.jmh;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import io.inkfast.benchmarks.pipe.LogbackPipe;
import io.inkfast.benchmarks.pipe.Workload;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.logstash.logback.encoder.LogstashEncoder;
import net.logstash.logback.encoder.StreamingEncoder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.slf4j.MDC;

/** From an event, prepared as behind an asynchronous front, to the bytes of its line. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 2,
        jvmArgsAppend = {"-Xms1g", "-Xmx1g", "-XX:+UseG1GC"})
public class EncoderBenchmark {

    private static final int EVENTS = 256;

    /** What the events carry. */
    @Param({"W1", "W2", "W3"})
    public Workload workload = Workload.W1;

    /** The encoder. */
    @Param({"LogstashEncoder", "RedactingJsonEncoder"})
    public String encoder = "LogstashEncoder";

    private final List<ILoggingEvent> events = new ArrayList<>();
    private final LoggerContext context = new LoggerContext();
    private final CountingStream stream = new CountingStream();
    private LogstashEncoder instance = new LogstashEncoder();
    private int next;

    /** Records events and starts the encoder. */
    @Setup
    public void start() throws ReflectiveOperationException {
        context.setMDCAdapter(MDC.getMDCAdapter());
        UnsynchronizedAppenderBase<ILoggingEvent> recorder = new UnsynchronizedAppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                ((LoggingEvent) event).prepareForDeferredProcessing();
                events.add(event);
            }
        };
        recorder.setContext(context);
        recorder.start();
        context.getLogger("ROOT").addAppender(recorder);
        var source = LogbackPipe.source(context.getLogger(Workload.LOGGER), workload, 0);
        for (int i = 0; i < EVENTS; i++) {
            source.log(i);
        }
        if (encoder.equals("RedactingJsonEncoder")) {
            instance = Class.forName("io.inkfast.mask.RedactingJsonEncoder")
                    .asSubclass(LogstashEncoder.class)
                    .getConstructor()
                    .newInstance();
        }
        instance.setContext(context);
        instance.start();
        if (!instance.isStarted()) {
            throw new IllegalStateException(
                    context.getStatusManager().getCopyOfStatusList().toString());
        }
    }

    /** Stops the encoder. */
    @TearDown
    public void stop() {
        instance.stop();
        context.stop();
    }

    /** A new array for each event. */
    @Benchmark
    public byte[] bytes() {
        return instance.encode(nextEvent());
    }

    /** Into a stream that is there. */
    @Benchmark
    public long streaming() throws IOException {
        StreamingEncoder<ILoggingEvent> streaming = instance;
        streaming.encode(nextEvent(), stream);
        return stream.bytes;
    }

    private ILoggingEvent nextEvent() {
        next = (next + 1) % EVENTS;
        return events.get(next);
    }

    private static final class CountingStream extends OutputStream {
        private long bytes;

        @Override
        public void write(int b) {
            bytes++;
        }

        @Override
        public void write(byte[] b, int offset, int length) {
            bytes += length;
        }
    }
}
