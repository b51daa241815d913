package io.inkfast.mask.schema;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Context;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import net.logstash.logback.composite.ContextJsonProvider;
import net.logstash.logback.composite.JsonProvider;
import net.logstash.logback.composite.LogstashVersionJsonProvider;
import net.logstash.logback.composite.loggingevent.KeyValuePairsJsonProvider;
import net.logstash.logback.composite.loggingevent.LogLevelValueJsonProvider;
import net.logstash.logback.composite.loggingevent.LoggingEventFormattedTimestampJsonProvider;
import net.logstash.logback.composite.loggingevent.LoggingEventThreadNameJsonProvider;
import net.logstash.logback.composite.loggingevent.MdcJsonProvider;
import net.logstash.logback.fieldnames.LogstashFieldNames;
import org.jspecify.annotations.Nullable;

/*
 * The providers of LogstashEncoder carry its options, so a schema uses them wherever it can, under other names and in another
 * order. Those it has no place for by name, which are the user's, come last and as they are.
 */
/** The providers of an encoder, which are put into another order here. One thread. */
final class Parts {

    private final List<JsonProvider<ILoggingEvent>> left;
    private final List<JsonProvider<ILoggingEvent>> line = new ArrayList<>();
    private final LogstashFieldNames names;
    private final @Nullable Context context;

    Parts(List<JsonProvider<ILoggingEvent>> providers, LogstashFieldNames names, @Nullable Context context) {
        this.left = new ArrayList<>(providers);
        this.names = names;
        this.context = context;
    }

    LogstashFieldNames names() {
        return names;
    }

    @Nullable
    Context context() {
        return context;
    }

    /** The provider of exactly this kind that has no place yet; null if there is none. A user's subclass is the user's. */
    <T> @Nullable T find(Class<T> kind) {
        for (JsonProvider<ILoggingEvent> provider : left) {
            if (provider.getClass() == kind) {
                return kind.cast(provider);
            }
        }
        return null;
    }

    /** In UTC and milliseconds, unless there is a pattern. */
    Parts timestamp() {
        LoggingEventFormattedTimestampJsonProvider given = find(LoggingEventFormattedTimestampJsonProvider.class);
        LoggingEventFormattedTimestampJsonProvider usual = new LoggingEventFormattedTimestampJsonProvider();
        if (given == null || !given.getPattern().equals(usual.getPattern())) {
            return take(LoggingEventFormattedTimestampJsonProvider.class);
        }
        left.remove(given);
        usual.setTimeZone("UTC");
        usual.setPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXXX");
        usual.setFieldName(names.getTimestamp());
        line.add(usual);
        return this;
    }

    /** Here comes this one, as it is. */
    Parts take(Class<?> kind) {
        return replace(kind, given -> given);
    }

    /** Here comes what is made of this one; nothing if there is none. */
    @SuppressWarnings("unchecked") // everything in the list is one
    <T> Parts replace(Class<T> kind, Function<JsonProvider<ILoggingEvent>, JsonProvider<ILoggingEvent>> with) {
        T given = find(kind);
        if (given != null) {
            left.remove(given);
            line.add(with.apply((JsonProvider<ILoggingEvent>) given));
        }
        return this;
    }

    /* Where the user gave them an object of their own, they stay in it. */

    /** Here come properties of the context that stand nowhere else. */
    Parts properties(Source source, UnaryOperator<String> naming) {
        return replace(
                ContextJsonProvider.class,
                given -> names.getContext() == null ? new OtherProperties(context, source, naming) : given);
    }

    /** Here come entries of the MDC that stand nowhere else. */
    Parts mdc(Source source, UnaryOperator<String> naming) {
        return replace(
                MdcJsonProvider.class,
                given -> names.getMdc() == null ? new OtherMdc((MdcJsonProvider) given, source, naming) : given);
    }

    /** Here come key-values that stand nowhere else. */
    Parts pairs(OtherPairs.Shown shown) {
        return replace(
                KeyValuePairsJsonProvider.class,
                given -> names.getKeyValuePair() == null
                        ? new OtherPairs((KeyValuePairsJsonProvider) given, shown)
                        : given);
    }

    /** Here comes data. */
    Parts add(JsonProvider<ILoggingEvent> provider) {
        line.add(provider);
        return this;
    }

    /** Here come names that are the schema's own. */
    Parts own(JsonProvider<ILoggingEvent> provider, @Nullable String... ownNames) {
        return add(new Own(provider, Arrays.asList(ownNames)));
    }

    /** The whole line, without what LogstashEncoder alone writes. */
    List<JsonProvider<ILoggingEvent>> rest() {
        for (Class<?> kind : List.of(
                LogstashVersionJsonProvider.class,
                LogLevelValueJsonProvider.class,
                LoggingEventThreadNameJsonProvider.class)) {
            Object unused = find(kind);
            if (unused != null) {
                left.remove(unused);
            }
        }
        line.addAll(left);
        return List.copyOf(line);
    }
}
