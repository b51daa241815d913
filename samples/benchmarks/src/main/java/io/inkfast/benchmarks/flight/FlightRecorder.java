package io.inkfast.benchmarks.flight;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import io.inkfast.recorder.FlightRecorderAppender;
import java.nio.file.Path;
import java.util.Map;

/** Inkfast's appender, given the same event again and again. */
final class FlightRecorder implements Recorders.Recorder {

    private final LoggerContext context = new LoggerContext();
    private final FlightRecorderAppender appender = new FlightRecorderAppender();
    private final LoggingEvent event;
    private long recorded;

    FlightRecorder(Path directory) {
        FixedEncoder encoder = new FixedEncoder(Recorders.event());
        encoder.setContext(context);
        appender.setContext(context);
        appender.setName("RECORDER");
        appender.setDirectory(directory.toString());
        appender.setEncoder(encoder);
        appender.start();
        event = new LoggingEvent("x", context.getLogger("a"), Level.DEBUG, "message", null, null);
        event.setMDCPropertyMap(Map.of());
    }

    @Override
    public void record() {
        appender.doAppend(event);
        recorded++;
    }

    @Override
    public void close() {
        long written = appender.accounting().written();
        appender.stop();
        if (written != recorded) {
            throw new IllegalStateException(recorded + " events, but " + written + " in the ring");
        }
    }
}
