package io.inkfast.mask;

import ch.qos.logback.classic.pattern.NopThrowableInformationConverter;
import ch.qos.logback.classic.pattern.ThrowableHandlingConverter;
import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Context;
import ch.qos.logback.core.CoreConstants;
import ch.qos.logback.core.pattern.CompositeConverter;
import ch.qos.logback.core.pattern.Converter;
import ch.qos.logback.core.pattern.ConverterUtil;
import io.inkfast.component.Notices;
import io.inkfast.internal.Settings;
import io.inkfast.internal.Ticker;
import java.util.List;
import org.jspecify.annotations.Nullable;

/*
 * Logback appends a raw %ex to a pattern that prints no exceptions, unless a converter among the children says that it
 * does. So one of ours always stands at the end of the children.
 */
/**
 * {@code %redact(...)}: what stands in the parentheses is redacted, and cannot forge a line. Registered with
 * {@code <conversionRule conversionWord="redact" class="io.inkfast.mask.RedactingConverter"/>}; options are profiles, default
 * secrets and pci: {@code %redact(%msg){pci}}. An exception is printed inside, redacted, if nothing else in the parentheses
 * prints it. The rest of the pattern is as Logback makes it; {@link RedactingPatternLayout} redacts all of it.
 *
 * <p>Any thread; throws nothing. What cannot be redacted is withheld.
 *
 * @since 0.1.0
 */
public final class RedactingConverter extends CompositeConverter<ILoggingEvent> {

    private final Notices notices = new Notices(this, Ticker.SYSTEM);
    private @Nullable Trailing trailing;
    private volatile @Nullable Sanitizers sanitizers;

    /** Called by Logback. */
    public RedactingConverter() {}

    @Override
    public void setChildConverter(Converter<ILoggingEvent> child) {
        Converter<ILoggingEvent> guards = Guards.beforeAll(child);
        if (guards == null || printsExceptions(guards) == null) {
            trailing = new Trailing();
            if (guards == null) {
                guards = trailing;
            } else {
                ConverterUtil.findTail(guards).setNext(trailing);
            }
        }
        Guards.findMargins(guards, false);
        super.setChildConverter(guards);
    }

    @Override
    public void start() {
        Redaction redaction = new Redaction();
        List<String> profiles = getOptionList();
        if (profiles != null) {
            profiles.forEach(redaction::addProfile);
        }
        Settings settings = new Settings();
        Policy policy = redaction.compile(settings);
        settings.problems().forEach(problem -> addError("%redact: " + problem));
        sanitizers = settings.problems().isEmpty() ? new Sanitizers(policy, true, null) : null;
        Converter<ILoggingEvent> outside = printsExceptions(getNext());
        if (trailing != null && outside != null) {
            trailing.quiet = true;
        }
        if (outside != null && !(outside instanceof NopThrowableInformationConverter)) {
            addWarn("An exception that is printed behind %redact(...) is not redacted; put %ex into the parentheses");
        }
        super.start();
    }

    private static @Nullable Converter<ILoggingEvent> printsExceptions(@Nullable Converter<ILoggingEvent> chain) {
        for (Converter<ILoggingEvent> c = chain; c != null; c = c.getNext()) {
            Converter<ILoggingEvent> found = c instanceof ThrowableHandlingConverter
                    ? c
                    : c instanceof CompositeConverter<ILoggingEvent> composite
                            ? printsExceptions(composite.getChildConverter())
                            : null;
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    @Override
    public String convert(ILoggingEvent event) {
        Sanitizers pool = sanitizers;
        if (pool == null) {
            return "[withheld]";
        }
        try {
            Sanitizer sanitizer = pool.take();
            String text = super.convert(new SafeEvent(event, sanitizer));
            String safe = sanitizer.redactor().text(text);
            pool.giveBack(sanitizer);
            return safe;
        } catch (Throwable e) {
            String name = e.getClass().getName();
            notices.error(
                    "withheld " + name, "The output of %redact was withheld, because redaction failed [" + name + "]");
            return "[withheld]";
        }
    }

    @Override
    protected String transform(ILoggingEvent event, String in) {
        return in;
    }

    /** Prints the exception in lines of its own, behind everything else. */
    private static final class Trailing extends ThrowableHandlingConverter {

        private final ThrowableProxyConverter exception = new ThrowableProxyConverter();
        private boolean quiet;

        @Override
        public void setContext(Context context) {
            super.setContext(context);
            exception.setContext(context);
        }

        @Override
        public void start() {
            exception.start();
            super.start();
        }

        @Override
        public String convert(ILoggingEvent event) {
            String text = quiet ? "" : exception.convert(event);
            return text.isEmpty()
                    ? text
                    : CoreConstants.LINE_SEPARATOR
                            + Shown.lines(Guards.redacted(text, event), true).stripTrailing();
        }
    }
}
