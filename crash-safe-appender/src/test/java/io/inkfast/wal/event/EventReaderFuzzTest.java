package io.inkfast.wal.event;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.inkfast.internal.BatchBuffer;
import java.util.Arrays;
import net.logstash.logback.encoder.LogstashEncoder;

/** Any bytes are refused, or are an event that can be used and written again. */
class EventReaderFuzzTest {

    private static final LoggerContext CONTEXT = context();
    private static final LogstashEncoder JSON = json();
    private static final EventReader READER = new EventReader();

    private static LoggerContext context() {
        LoggerContext context = new LoggerContext();
        context.setMDCAdapter(new LogbackMDCAdapter());
        return context;
    }

    private static LogstashEncoder json() {
        LogstashEncoder encoder = new LogstashEncoder();
        encoder.setContext(CONTEXT);
        encoder.setIncludeNonStructuredArguments(true);
        encoder.start();
        return encoder;
    }

    @FuzzTest
    void anyBytes(byte[] data) {
        ILoggingEvent event;
        try {
            event = READER.read(data, 0, data.length, false);
        } catch (DamagedEventException e) {
            assertThat(e.getMessage()).isNotEmpty();
            return;
        }
        use(event);
        BatchBuffer out = new BatchBuffer(16);
        new EventWriter().write(out, event, "0123456789abcdef", 1, false);
        assertThat(use(readAgain(out))).isEqualTo(use(event));
    }

    private static ILoggingEvent readAgain(BatchBuffer out) {
        try {
            return READER.read(Arrays.copyOf(out.array(), out.size()), 0, out.size(), false);
        } catch (DamagedEventException e) {
            throw new AssertionError("what was read cannot be read when it is written again", e);
        }
    }

    private static String use(ILoggingEvent event) {
        JSON.encode(event);
        return event.getLevel() + " "
                + event.getInstant()
                + event.getThreadName()
                + event.getLoggerContextVO()
                + event.getMDCPropertyMap()
                + event.getLoggerName()
                + event.getMessage()
                + event.getFormattedMessage()
                + Arrays.toString(event.getArgumentArray())
                + event.getKeyValuePairs()
                + event.getMarkerList()
                + Arrays.toString(event.getCallerData())
                + ThrowableProxyUtil.asString(event.getThrowableProxy());
    }
}
