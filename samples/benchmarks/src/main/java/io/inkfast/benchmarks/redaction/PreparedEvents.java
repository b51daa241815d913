package io.inkfast.benchmarks.redaction;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import io.inkfast.benchmarks.pipe.LogbackContext;
import io.inkfast.benchmarks.pipe.LogbackPipe;
import io.inkfast.benchmarks.pipe.Pipe;
import io.inkfast.benchmarks.pipe.Workload;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;
import net.logstash.logback.encoder.StreamingEncoder;

/**
 * Different events of one workload, message and context already there, and an encoder for them. With each change of the
 * context comes a new exception, as no cache of an encoder should live from having seen the very one before. One thread.
 */
public final class PreparedEvents implements AutoCloseable {

    private final LoggerContext context;
    private final ILoggingEvent[] events;
    private final Encoder<ILoggingEvent> encoder;
    private int next;

    private PreparedEvents(LoggerContext context, RecordingAppender recorder) {
        this.context = context;
        this.events = recorder.events().toArray(new ILoggingEvent[0]);
        this.encoder = Objects.requireNonNull(recorder.getEncoder());
    }

    /** Starts the encoder of a configuration and makes so many events, all of them different. */
    public static PreparedEvents of(String configuration, Workload workload, int count) {
        LoggerContext context = LogbackContext.of(configuration);
        if (!(context.getLogger("ROOT").getAppender("EVENTS") instanceof RecordingAppender recorder)) {
            throw new IllegalStateException(configuration + " has no RecordingAppender [EVENTS]");
        }
        for (int from = 0; from < count; from += Workload.CONTEXT_EVERY) {
            Pipe.Source source = LogbackPipe.source(context.getLogger(Workload.LOGGER), workload, 0);
            for (int sequence = from; sequence < from + Workload.CONTEXT_EVERY; sequence++) {
                source.log(sequence);
            }
        }
        return new PreparedEvents(context, recorder);
    }

    /** The line of the next event, in the way that spares the encoder most. */
    @SuppressWarnings("unchecked") // it is an encoder of such events
    public void encodeNext(OutputStream to) throws IOException {
        ILoggingEvent event = next();
        if (encoder instanceof StreamingEncoder<?> streaming) {
            ((StreamingEncoder<ILoggingEvent>) streaming).encode(event, to);
        } else {
            to.write(encoder.encode(event));
        }
    }

    /** The line of the next event as an array of its own. */
    public byte[] encodeNext() {
        return encoder.encode(next());
    }

    private ILoggingEvent next() {
        ILoggingEvent event = events[next];
        next = (next + 1) % events.length;
        return event;
    }

    @Override
    public void close() {
        context.stop();
        encoder.stop();
    }
}
