package io.inkfast.mask;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.pattern.ExtendedThrowableProxyConverter;
import ch.qos.logback.classic.pattern.ThrowableHandlingConverter;
import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import io.inkfast.mask.direct.Timestamps;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TimeZone;
import java.util.function.Function;
import java.util.function.Supplier;
import net.logstash.logback.argument.StructuredArgument;
import net.logstash.logback.composite.AbstractFieldJsonProvider;
import net.logstash.logback.composite.ContextJsonProvider;
import net.logstash.logback.composite.GlobalCustomFieldsJsonProvider;
import net.logstash.logback.composite.JsonProvider;
import net.logstash.logback.composite.LogstashVersionJsonProvider;
import net.logstash.logback.composite.loggingevent.ArgumentsJsonProvider;
import net.logstash.logback.composite.loggingevent.KeyValuePairsJsonProvider;
import net.logstash.logback.composite.loggingevent.LogLevelJsonProvider;
import net.logstash.logback.composite.loggingevent.LogLevelValueJsonProvider;
import net.logstash.logback.composite.loggingevent.LoggerNameJsonProvider;
import net.logstash.logback.composite.loggingevent.LoggingEventFormattedTimestampJsonProvider;
import net.logstash.logback.composite.loggingevent.LoggingEventThreadNameJsonProvider;
import net.logstash.logback.composite.loggingevent.LogstashMarkersJsonProvider;
import net.logstash.logback.composite.loggingevent.MdcJsonProvider;
import net.logstash.logback.composite.loggingevent.MessageJsonProvider;
import net.logstash.logback.composite.loggingevent.StackTraceJsonProvider;
import net.logstash.logback.composite.loggingevent.TagsJsonProvider;
import net.logstash.logback.composite.loggingevent.mdc.MdcEntryWriter;
import org.jspecify.annotations.Nullable;

/** Which parts a line has, for a configuration of which every provider is known. Immutable; any thread. */
final class DirectPlan {

    private final List<Supplier<DirectPart>> parts = new ArrayList<>();
    private final @Nullable LoggerContext context;
    private int runs;
    private boolean markers = true;

    private DirectPlan(@Nullable LoggerContext context) {
        this.context = context;
    }

    /** Null if there is a provider that only Jackson can serve. */
    static @Nullable DirectPlan of(
            List<JsonProvider<ILoggingEvent>> providers, RedactingFormatter formatter, OwnNames own) {
        DirectPlan plan = new DirectPlan(context(formatter));
        List<Supplier<DirectCached>> run = new ArrayList<>();
        for (int i = 0; i < providers.size(); i++) {
            JsonProvider<ILoggingEvent> provider = providers.get(i);
            Supplier<DirectCached> cached = cached(provider, own.isData(i), formatter);
            if (cached != null) {
                run.add(cached);
            } else if (provider.getClass() == TagsJsonProvider.class
                    || provider.getClass() == LogstashMarkersJsonProvider.class) {
                plan.markers = false;
            } else if (!formatter.writesNothing(provider)) {
                plan.end(run);
                run = new ArrayList<>();
                Supplier<DirectPart> part = part(provider, formatter);
                if (part == null) {
                    return null;
                }
                plan.parts.add(part);
            }
        }
        plan.end(run);
        return plan;
    }

    private void end(List<Supplier<DirectCached>> run) {
        if (!run.isEmpty()) {
            int number = runs++;
            parts.add(() -> new DirectRun(run.stream().map(Supplier::get).toList(), number));
        }
    }

    /** New parts, for one writer. */
    List<DirectPart> parts() {
        return parts.stream().map(Supplier::get).toList();
    }

    /** Whether events with markers are written like others. */
    boolean markers() {
        return markers;
    }

    DirectOrigin.Cache origins() {
        return new DirectOrigin.Cache(context, runs);
    }

    private static @Nullable Supplier<DirectCached> cached(
            JsonProvider<ILoggingEvent> provider, boolean data, RedactingFormatter formatter) {
        Function<ILoggingEvent, @Nullable Object> key = key(provider.getClass(), context(formatter));
        return key == null ? null : () -> new DirectCached(provider, data, key);
    }

    /* What such a provider looks at, if that is one immutable value. */
    private static @Nullable Function<ILoggingEvent, @Nullable Object> key(
            Class<?> provider, @Nullable LoggerContext context) {
        if (provider == LogstashVersionJsonProvider.class || provider == GlobalCustomFieldsJsonProvider.class) {
            return event -> "";
        }
        if (provider == LoggerNameJsonProvider.class) {
            return ILoggingEvent::getLoggerName;
        }
        if (provider == LoggingEventThreadNameJsonProvider.class) {
            return ILoggingEvent::getThreadName;
        }
        if (provider == LogLevelJsonProvider.class || provider == LogLevelValueJsonProvider.class) {
            return ILoggingEvent::getLevel;
        }
        return provider == ContextJsonProvider.class && context != null
                ? event -> context.getLoggerContextRemoteView()
                : null;
    }

    private static @Nullable LoggerContext context(RedactingFormatter formatter) {
        return formatter.getContext() instanceof LoggerContext own ? own : null;
    }

    private static @Nullable Supplier<DirectPart> part(
            JsonProvider<ILoggingEvent> provider, RedactingFormatter formatter) {
        Class<?> type = provider.getClass();
        LoggerContext context = context(formatter);
        if (type == LoggingEventFormattedTimestampJsonProvider.class) {
            return timestamp(provider, formatter);
        }
        if (type == MessageJsonProvider.class) {
            return message((MessageJsonProvider) provider);
        }
        if (type == MdcJsonProvider.class && context != null) {
            boolean plain = context.getMDCAdapter() instanceof LogbackMDCAdapter
                    && ((MdcJsonProvider) provider)
                            .getMdcEntryWriters().stream().allMatch(DirectPlan::isKnown);
            return plain ? () -> new DirectMdc((MdcJsonProvider) provider) : null;
        }
        if (type == KeyValuePairsJsonProvider.class) {
            return keyValues((KeyValuePairsJsonProvider) provider);
        }
        if (type == StackTraceJsonProvider.class) {
            return stackTrace((StackTraceJsonProvider) provider);
        }
        if (type == EventIdProvider.class) {
            return ((EventIdProvider) provider)::direct;
        }
        return type == ArgumentsJsonProvider.class ? arguments((ArgumentsJsonProvider) provider) : null;
    }

    /* Others may write the same entry in another way the next time. */
    private static boolean isKnown(MdcEntryWriter writer) {
        return writer.getClass().getPackage().equals(MdcEntryWriter.class.getPackage());
    }

    private static @Nullable Supplier<DirectPart> timestamp(
            JsonProvider<ILoggingEvent> provider, RedactingFormatter formatter) {
        byte[] name = name(provider);
        if (name == null || !formatter.getTimestampPattern().equals("[ISO_OFFSET_DATE_TIME]")) {
            return null;
        }
        TimeZone zone = TimeZone.getTimeZone(formatter.getTimeZone());
        return () -> {
            Timestamps timestamps = new Timestamps(zone.toZoneId());
            return (event, to) -> {
                Instant instant = event.getInstant();
                to.line.name(name);
                return instant != null && timestamps.write(instant, to.line);
            };
        };
    }

    private static @Nullable Supplier<DirectPart> message(MessageJsonProvider provider) {
        byte[] name = name(provider);
        if (name == null || provider.getMessageSplitRegex() != null) {
            return null;
        }
        return () -> (event, to) -> {
            to.line.name(name);
            Redactor redactor = to.redactor;
            String message = event.getFormattedMessage();
            if (message == null) {
                return false;
            }
            if (redactor == null) {
                return to.line.string(message, false);
            }
            String safe = redactor.message(event);
            return safe != null && to.line.string(safe, redactor.isAscii(safe));
        };
    }

    private static @Nullable Supplier<DirectPart> keyValues(KeyValuePairsJsonProvider provider) {
        boolean plain = provider.getFieldName() == null
                && provider.getIncludeKeyNames().isEmpty()
                && provider.getExcludeKeyNames().isEmpty()
                && provider.getKeyFieldNames().isEmpty();
        return plain ? DirectKeyValues::new : null;
    }

    private static @Nullable Supplier<DirectPart> stackTrace(StackTraceJsonProvider provider) {
        ThrowableHandlingConverter converter = provider.getThrowableConverter();
        boolean known = (converter.getClass() == ExtendedThrowableProxyConverter.class
                        || converter.getClass() == ThrowableProxyConverter.class)
                && converter.getFirstOption() == null;
        return known && !provider.isWriteAsArray() && name(provider) != null
                ? () -> new DirectStackTrace(provider.getFieldName())
                : null;
    }

    private static @Nullable Supplier<DirectPart> arguments(ArgumentsJsonProvider provider) {
        return provider.isIncludeNonStructuredArguments()
                ? null
                : () -> (event, to) -> {
                    Object[] arguments = event.getArgumentArray();
                    if (arguments != null) {
                        for (Object argument : arguments) {
                            if (!(argument instanceof String || argument instanceof Number)
                                    && argument instanceof StructuredArgument) {
                                return false;
                            }
                        }
                    }
                    return true;
                };
    }

    /* The provider's own name as JSON; null if it has none, or an unusual one. */
    private static byte @Nullable [] name(JsonProvider<ILoggingEvent> provider) {
        String name = ((AbstractFieldJsonProvider<?>) provider).getFieldName();
        return name == null || !name.matches("[@A-Za-z0-9_.-]+") ? null : DirectWriter.ascii('"' + name + "\":");
    }
}
