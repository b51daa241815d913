package io.inkfast.mask;

import ch.qos.logback.classic.pattern.CallerDataConverter;
import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.pattern.DateConverter;
import ch.qos.logback.classic.pattern.LevelConverter;
import ch.qos.logback.classic.pattern.LineOfCallerConverter;
import ch.qos.logback.classic.pattern.LineSeparatorConverter;
import ch.qos.logback.classic.pattern.LocalSequenceNumberConverter;
import ch.qos.logback.classic.pattern.MDCConverter;
import ch.qos.logback.classic.pattern.MicrosecondConverter;
import ch.qos.logback.classic.pattern.PropertyConverter;
import ch.qos.logback.classic.pattern.RelativeTimeConverter;
import ch.qos.logback.classic.pattern.SequenceNumberConverter;
import ch.qos.logback.classic.pattern.ThrowableHandlingConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Context;
import ch.qos.logback.core.pattern.CompositeConverter;
import ch.qos.logback.core.pattern.Converter;
import ch.qos.logback.core.pattern.DynamicConverter;
import ch.qos.logback.core.pattern.IdentityCompositeConverter;
import ch.qos.logback.core.pattern.LiteralConverter;
import io.inkfast.mask.scan.TextScanner;
import io.inkfast.mask.text.Injection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/*
 * A guard is what Logback sees: it gets the format modifiers, so a text is cut after it was redacted. It is of the kind that
 * the guarded one is, because Logback asks for the kind.
 */
/** Puts a guard before each converter of a pattern: what the converter makes is redacted and neutralised. */
final class Guards {

    /** They print times, levels and numbers. */
    private static final Set<Class<?>> HARMLESS = Set.of(
            DateConverter.class,
            LevelConverter.class,
            LineSeparatorConverter.class,
            RelativeTimeConverter.class,
            MicrosecondConverter.class,
            SequenceNumberConverter.class,
            LocalSequenceNumberConverter.class,
            LineOfCallerConverter.class);

    private Guards() {}

    static DynamicConverter<ILoggingEvent> before(DynamicConverter<ILoggingEvent> converter) {
        return HARMLESS.contains(converter.getClass()) ? converter : guard(converter);
    }

    private static DynamicConverter<ILoggingEvent> guard(DynamicConverter<ILoggingEvent> converter) {
        if (converter instanceof RedactingConverter) {
            return new IdentityCompositeConverter<>();
        }
        if (converter instanceof CompositeConverter<ILoggingEvent> composite) {
            return new GuardedComposite(composite);
        }
        return converter instanceof ThrowableHandlingConverter
                ? new Throwing(converter)
                : new Single(converter, converter instanceof CallerDataConverter);
    }

    /** Guards before a chain of converters that was made without them. */
    static @Nullable Converter<ILoggingEvent> beforeAll(@Nullable Converter<ILoggingEvent> chain) {
        Converter<ILoggingEvent> head = null;
        Converter<ILoggingEvent> tail = null;
        for (Converter<ILoggingEvent> c = chain; c != null; c = c.getNext()) {
            Converter<ILoggingEvent> guard = adopted(c);
            if (tail == null) {
                head = guard;
            } else {
                tail.setNext(guard);
            }
            tail = guard;
        }
        return head;
    }

    private static Converter<ILoggingEvent> adopted(Converter<ILoggingEvent> converter) {
        if (converter instanceof LiteralConverter<ILoggingEvent> literal) {
            return new LiteralConverter<>(literal.convert(null));
        }
        if (converter instanceof LineSeparatorConverter) {
            return new LineSeparatorConverter();
        }
        if (!(converter instanceof DynamicConverter<ILoggingEvent> dynamic)) {
            return new LiteralConverter<>("");
        }
        DynamicConverter<ILoggingEvent> guard = guard(dynamic);
        guard.setFormattingInfo(dynamic.getFormattingInfo());
        if (guard instanceof CompositeConverter<ILoggingEvent> composite
                && dynamic instanceof CompositeConverter<ILoggingEvent> original) {
            composite.setChildConverter(beforeAll(original.getChildConverter()));
        }
        return guard;
    }

    /**
     * Tells each guard of lines whether it begins at the margin.
     *
     * @return whether what follows the chain does
     */
    static boolean findMargins(@Nullable Converter<ILoggingEvent> head, boolean atMargin) {
        boolean margin = atMargin;
        for (Converter<ILoggingEvent> c = head; c != null; c = c.getNext()) {
            Single lines = c instanceof Throwing throwing ? throwing.guard : c instanceof Single single ? single : null;
            if (lines != null && lines.breaksLines) {
                lines.margin = margin;
                margin = true;
            } else if (c instanceof CompositeConverter<ILoggingEvent> composite) {
                margin = findMargins(composite.getChildConverter(), margin);
            } else if (c instanceof LiteralConverter<ILoggingEvent> literal) {
                String text = literal.convert(null);
                margin = text.isEmpty() ? margin : text.endsWith("\n");
            } else {
                margin = c instanceof LineSeparatorConverter;
            }
        }
        return margin;
    }

    static String redacted(String text, ILoggingEvent event) {
        return event instanceof SafeEvent safe ? safe.sanitizer().redactor().text(text) : text;
    }

    /** The name that is asked for: of the MDC, or of a property. */
    static @Nullable String key(Converter<ILoggingEvent> guarded) {
        return guarded instanceof MDCConverter mdc
                ? mdc.getKey()
                : guarded instanceof PropertyConverter property ? property.getKey() : null;
    }

    /** A converter that is none of the other kinds. */
    static final class Single extends ClassicConverter {

        final DynamicConverter<ILoggingEvent> guarded;
        private final boolean breaksLines;
        private boolean margin;

        Single(DynamicConverter<ILoggingEvent> guarded, boolean breaksLines) {
            this.guarded = guarded;
            this.breaksLines = breaksLines;
        }

        @Override
        public void setContext(Context context) {
            super.setContext(context);
            guarded.setContext(context);
        }

        @Override
        public void start() {
            List<String> options = getOptionList();
            if (options != null) {
                guarded.setOptionList(options);
            }
            guarded.start();
            super.start();
        }

        @Override
        public void stop() {
            guarded.stop();
            super.stop();
        }

        @Override
        public String convert(ILoggingEvent event) {
            String text = guarded.convert(event);
            if (text == null || text.isEmpty()) {
                return "";
            }
            // The MDC is masked by name already; a property may be one of the system.
            if (guarded instanceof PropertyConverter property
                    && event instanceof SafeEvent safe
                    && safe.sanitizer().sensitive(property.getKey())) {
                return TextScanner.MASK;
            }
            String redacted = redacted(text, event);
            return breaksLines ? Shown.lines(redacted, margin) : Injection.neutralise(redacted);
        }
    }

    /** A converter that Logback asks for because it prints exceptions. */
    static final class Throwing extends ThrowableHandlingConverter {

        private final Single guard;

        Throwing(DynamicConverter<ILoggingEvent> guarded) {
            this.guard = new Single(guarded, true);
        }

        @Override
        public void setContext(Context context) {
            super.setContext(context);
            guard.setContext(context);
        }

        @Override
        public void start() {
            guard.setOptionList(getOptionList());
            guard.start();
            super.start();
        }

        @Override
        public void stop() {
            guard.stop();
            super.stop();
        }

        @Override
        public String convert(ILoggingEvent event) {
            return guard.convert(event);
        }
    }
}
