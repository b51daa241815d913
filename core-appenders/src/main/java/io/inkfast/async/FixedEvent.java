package io.inkfast.async;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.inkfast.component.EventView;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/** An event with other arguments and key-values than the one it shows. */
@NullUnmarked
final class FixedEvent extends EventView {

    private final Object[] arguments;
    private final List<KeyValuePair> pairs;

    FixedEvent(ILoggingEvent event, @Nullable Object[] arguments, List<KeyValuePair> pairs) {
        super(event);
        this.arguments = arguments;
        this.pairs = pairs;
    }

    @Override
    public Object[] getArgumentArray() {
        return arguments;
    }

    @Override
    public List<KeyValuePair> getKeyValuePairs() {
        return pairs;
    }
}
