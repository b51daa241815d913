package io.inkfast.wal.event;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.LoggerContextVO;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import io.inkfast.component.EventView;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;

/**
 * What is kept of an event that is too long for a record: the beginning of its message, with the beginning of its stack trace
 * behind it; thread, logger, and the MDC unless that is long. A key-value says so. Its record has less than
 * {@link #MOST_BYTES}. One thread.
 */
@NullUnmarked
final class ShortEvent extends EventView {

    /** In the place of everything that was left out: how many bytes the record would have had. */
    static final String NAME = "truncated";

    static final int MOST_BYTES = 512 * 1024;

    private static final int MESSAGE = 32 * 1024;
    private static final int STACK_TRACE = 64 * 1024;
    private static final int MAP = 32 * 1024;
    private static final int WORD = 4 * 1024;

    private final int bytes;
    private final String message;

    /**
     * @param event redacted, and unchanging
     */
    ShortEvent(ILoggingEvent event, int bytes) {
        super(event);
        this.bytes = bytes;
        String text = cut(event.getFormattedMessage(), MESSAGE);
        IThrowableProxy thrown = event.getThrowableProxy();
        this.message = thrown == null ? text : text + '\n' + cut(ThrowableProxyUtil.asString(thrown), STACK_TRACE);
    }

    private static String cut(String text, int most) {
        return text == null || text.length() <= most ? text : text.substring(0, most) + "...";
    }

    private static Map<String, String> cut(Map<String, String> map) {
        if (map == null) {
            return null;
        }
        long length = 0;
        for (Map.Entry<String, String> entry : map.entrySet()) {
            length += String.valueOf(entry.getKey()).length()
                    + String.valueOf(entry.getValue()).length()
                    + 8L;
        }
        return length <= MAP ? map : Map.of();
    }

    @Override
    public String getMessage() {
        return message;
    }

    @Override
    public String getFormattedMessage() {
        return message;
    }

    @Override
    public String getLoggerName() {
        return cut(super.getLoggerName(), WORD);
    }

    @Override
    public String getThreadName() {
        return cut(super.getThreadName(), WORD);
    }

    @Override
    public Object[] getArgumentArray() {
        return null;
    }

    @Override
    public List<KeyValuePair> getKeyValuePairs() {
        return List.of(new KeyValuePair(NAME, bytes));
    }

    @Override
    public Map<String, String> getMDCPropertyMap() {
        return cut(super.getMDCPropertyMap());
    }

    @Override
    public List<Marker> getMarkerList() {
        return null;
    }

    @Override
    public IThrowableProxy getThrowableProxy() {
        return null;
    }

    @Override
    public boolean hasCallerData() {
        return false;
    }

    @Override
    public LoggerContextVO getLoggerContextVO() {
        LoggerContextVO context = super.getLoggerContextVO();
        return context == null
                ? null
                : new LoggerContextVO(
                        cut(context.getName(), WORD), cut(context.getPropertyMap()), context.getBirthTime());
    }
}
