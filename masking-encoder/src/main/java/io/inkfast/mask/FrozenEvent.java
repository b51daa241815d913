package io.inkfast.mask;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.inkfast.component.EventView;
import io.inkfast.mask.scan.TextScanner;
import java.util.ArrayList;
import java.util.List;
import net.logstash.logback.argument.StructuredArgument;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;
import tools.jackson.databind.ObjectMapper;

/** An event whose arguments and key-values cannot change any more. Immutable; any thread. */
final class FrozenEvent extends EventView {

    private final @Nullable String message;
    private final Object @Nullable [] arguments;
    private final @Nullable List<KeyValuePair> pairs;

    private FrozenEvent(
            ILoggingEvent event,
            @Nullable String message,
            Object @Nullable [] arguments,
            @Nullable List<KeyValuePair> pairs) {
        super(event);
        this.message = message;
        this.arguments = arguments;
        this.pairs = pairs;
    }

    /** The same event if nothing in it can change. Throws nothing: what cannot be rendered is withheld. */
    static ILoggingEvent of(ILoggingEvent event, @Nullable Policy policy, @Nullable ObjectMapper mapper) {
        try {
            Object[] arguments = event.getArgumentArray();
            List<KeyValuePair> pairs = event.getKeyValuePairs();
            if (!changing(arguments) && !changing(pairs)) {
                return event;
            }
            Freezer freezer = new Freezer(policy, mapper);
            FrozenEvent frozen = new FrozenEvent(
                    event, event.getFormattedMessage(), frozen(arguments, freezer), frozen(pairs, freezer));
            freezer.giveBack();
            return frozen;
        } catch (RuntimeException | StackOverflowError | LinkageError e) {
            return new FrozenEvent(event, "[withheld]", null, null);
        }
    }

    private static boolean changing(Object @Nullable [] arguments) {
        if (arguments != null) {
            for (Object argument : arguments) {
                if (Freezer.mayChange(argument)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean changing(@Nullable List<KeyValuePair> pairs) {
        if (pairs != null) {
            for (KeyValuePair pair : pairs) {
                if (pair == null || Freezer.mayChange(pair.value)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static Object @Nullable [] frozen(Object @Nullable [] arguments, Freezer freezer) {
        if (arguments == null) {
            return null;
        }
        Object[] frozen = arguments.clone();
        for (int i = 0; i < frozen.length; i++) {
            if (frozen[i] instanceof StructuredArgument structured) {
                frozen[i] = freezer.structured(structured);
            } else if (Freezer.mayChange(frozen[i])) {
                frozen[i] = freezer.value(frozen[i]);
            }
        }
        return frozen;
    }

    private static @Nullable List<KeyValuePair> frozen(@Nullable List<KeyValuePair> pairs, Freezer freezer) {
        if (pairs == null) {
            return null;
        }
        List<KeyValuePair> frozen = new ArrayList<>(pairs.size());
        for (KeyValuePair pair : pairs) {
            if (pair == null) {
                continue; // of an event that somebody made
            }
            if (!Freezer.mayChange(pair.value)) {
                frozen.add(pair);
            } else if (pair.key != null && freezer.sensitive(pair.key)) {
                frozen.add(new KeyValuePair(pair.key, TextScanner.MASK));
            } else {
                frozen.add(new KeyValuePair(pair.key, freezer.value(pair.value)));
            }
        }
        return frozen;
    }

    @Override
    public @Nullable String getFormattedMessage() {
        return message;
    }

    @Override
    public Object @Nullable [] getArgumentArray() {
        return arguments == null ? null : arguments.clone();
    }

    @Override
    public @Nullable List<KeyValuePair> getKeyValuePairs() {
        return pairs;
    }
}
