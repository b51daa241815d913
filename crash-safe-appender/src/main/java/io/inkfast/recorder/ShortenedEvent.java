package io.inkfast.recorder;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import io.inkfast.component.EventRedactor;
import io.inkfast.component.EventView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;

/*
 * What is cut has been redacted before: half a secret would not be known for one.
 */
/** An event that says less, so that it fits into a record: never a part of what has not been redacted. */
@NullUnmarked // as Logback's interface
final class ShortenedEvent extends EventView {

    private static final String MARK = " [shortened]";

    private final String text;
    private final boolean bare;

    private ShortenedEvent(ILoggingEvent event, String text, boolean bare) {
        super(event);
        this.text = text;
        this.bare = bare;
    }

    /** What to try, one after the other; each is shorter than the one before. */
    static List<ILoggingEvent> of(ILoggingEvent event, @Nullable EventRedactor redactor) {
        List<ILoggingEvent> ways = new ArrayList<>();
        if (event.getThrowableProxy() != null) {
            ways.add(new ShortStack(event));
        }
        String said = redactor == null ? "" : redactor.describe(event);
        ways.add(new ShortenedEvent(event, cut(said, 1000), false));
        ways.add(new ShortenedEvent(event, cut(said, 200), true));
        return ways;
    }

    private static String cut(String text, int most) {
        int end = Math.min(text.length(), most);
        if (end > 0 && end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end) + MARK;
    }

    @Override
    public String getMessage() {
        return text;
    }

    @Override
    public String getFormattedMessage() {
        return text;
    }

    @Override
    public Object[] getArgumentArray() {
        return null;
    }

    @Override
    public List<KeyValuePair> getKeyValuePairs() {
        return null;
    }

    @Override
    public IThrowableProxy getThrowableProxy() {
        return null;
    }

    @Override
    public List<Marker> getMarkerList() {
        return bare ? null : super.getMarkerList();
    }

    @Override
    public Map<String, String> getMDCPropertyMap() {
        return bare ? Map.of() : super.getMDCPropertyMap();
    }

    @Override
    @Deprecated
    public Map<String, String> getMdc() {
        return bare ? Map.of() : shown().getMDCPropertyMap();
    }

    /** Only the first frames of each exception. */
    private static final class ShortStack extends EventView {

        ShortStack(ILoggingEvent event) {
            super(event);
        }

        @Override
        public IThrowableProxy getThrowableProxy() {
            return new ShortThrowable(super.getThrowableProxy(), 0);
        }
    }
}
