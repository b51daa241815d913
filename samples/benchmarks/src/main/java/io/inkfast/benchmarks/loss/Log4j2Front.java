package io.inkfast.benchmarks.loss;

import io.inkfast.benchmarks.pipe.Pipe;
import io.inkfast.benchmarks.pipe.Workload;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.Logger;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.async.AsyncLoggerContext;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.Property;
import org.apache.logging.log4j.core.config.builder.api.ConfigurationBuilderFactory;

/** Log4j's asynchronous loggers. They don't tell what they have taken. */
final class Log4j2Front implements Front {

    /** The smallest ring that Log4j makes. */
    private static final int MIN_RING = 128;

    private final AsyncLoggerContext context;

    Log4j2Front(int queueSize, Sink sink) {
        System.setProperty("log4j2.asyncLoggerRingBufferSize", Integer.toString(Math.max(MIN_RING, queueSize)));
        context = new AsyncLoggerContext("benchmark");
        SinkAppender appender = new SinkAppender(sink);
        appender.start();
        // Not a DefaultConfiguration: for that one Log4j does not start its ring.
        var builder = ConfigurationBuilderFactory.newConfigurationBuilder();
        Configuration configuration =
                builder.add(builder.newRootLogger(Level.INFO)).build(false);
        context.start(configuration);
        configuration.getRootLogger().addAppender(appender, null, null);
    }

    @Override
    public Pipe.Source source(int producer) {
        Logger logger = context.getLogger(Workload.LOGGER);
        Integer number = producer;
        return sequence -> logger.info(Workload.MESSAGE, sequence, number);
    }

    @Override
    public OptionalLong accepted() {
        return OptionalLong.empty();
    }

    @Override
    public void stop() {
        context.stop(1, TimeUnit.MINUTES);
    }

    /** Reads the identity of an event back from its text. */
    private static final class SinkAppender extends AbstractAppender {

        private final Sink sink;

        SinkAppender(Sink sink) {
            super("SINK", null, null, true, Property.EMPTY_ARRAY);
            this.sink = sink;
        }

        @Override
        public void append(LogEvent event) {
            String text = event.getMessage().getFormattedMessage();
            int sequenceAt = Workload.BEFORE_SEQUENCE.length();
            int sequenceEnd = text.indexOf(' ', sequenceAt);
            int producerAt = sequenceEnd + Workload.BEFORE_PRODUCER.length();
            int producerEnd = text.indexOf(' ', producerAt);
            sink.deliver(
                    Integer.parseInt(text, producerAt, producerEnd, 10),
                    Long.parseLong(text, sequenceAt, sequenceEnd, 10));
        }
    }
}
