package io.inkfast.benchmarks.loss;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import io.inkfast.benchmarks.pipe.LogbackContext;
import io.inkfast.benchmarks.pipe.LogbackPipe;
import io.inkfast.benchmarks.pipe.Pipe;
import io.inkfast.benchmarks.pipe.Workload;
import io.inkfast.component.Accounted;
import io.inkfast.component.Accounting;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import net.logstash.logback.appender.LoggingEventAsyncDisruptorAppender;
import net.logstash.logback.appender.listener.AppenderListener;

/** A Logback configuration with an appender ASYNC at the root and a {@link SinkAppender} behind it. */
final class LogbackFront implements Front {

    private final LoggerContext context;
    private final Appender<ILoggingEvent> front;
    private final AtomicLong listened = new AtomicLong();

    LogbackFront(String configuration, int queueSize, Sink sink) {
        SinkAppender.deliverTo(sink);
        System.setProperty("QUEUE_SIZE", Integer.toString(queueSize));
        context = LogbackContext.of(configuration);
        front = context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("ASYNC");
        if (front instanceof LoggingEventAsyncDisruptorAppender disruptor) {
            disruptor.addListener(new Listener());
        }
    }

    @Override
    public Pipe.Source source(int producer) {
        return LogbackPipe.source(context.getLogger(Workload.LOGGER), Workload.W1, producer);
    }

    @Override
    public OptionalLong accepted() {
        if (front instanceof CountingAsyncAppender async) {
            return OptionalLong.of(async.accepted());
        }
        if (front instanceof Accounted accounted) {
            Accounting books = accounted.accounting();
            return OptionalLong.of(books.received() - books.rejected());
        }
        if (front instanceof LoggingEventAsyncDisruptorAppender) {
            return OptionalLong.of(listened.get());
        }
        return OptionalLong.empty();
    }

    @Override
    public void stop() {
        context.stop();
    }

    private final class Listener implements AppenderListener<ILoggingEvent> {
        @Override
        public void eventAppended(Appender<ILoggingEvent> appender, ILoggingEvent event, long nanos) {
            listened.incrementAndGet();
        }
    }
}
