package io.inkfast.mask;

import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.pattern.PrefixCompositeConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Context;
import ch.qos.logback.core.pattern.CompositeConverter;
import ch.qos.logback.core.pattern.Converter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/*
 * The guarded converter does its work on children that are guarded themselves, so what it gets is redacted and neutral. What
 * Logback's own and Spring Boot's add is not data. What others add may be.
 */
/** A converter around others, and a guard before it. */
final class GuardedComposite extends CompositeConverter<ILoggingEvent> {

    private final CompositeConverter<ILoggingEvent> guarded;
    private final boolean known;

    GuardedComposite(CompositeConverter<ILoggingEvent> guarded) {
        this.guarded = guarded;
        String name = guarded.getClass().getName();
        this.known = name.startsWith("ch.qos.logback.") || name.startsWith("org.springframework.boot.logging.logback.");
    }

    @Override
    public void setChildConverter(Converter<ILoggingEvent> child) {
        super.setChildConverter(child);
        guarded.setChildConverter(known ? child : new Recorder());
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
        if (guarded instanceof PrefixCompositeConverter) {
            return Guards.redacted(prefixed(event), event);
        }
        String out = String.valueOf(guarded.convert(event));
        if (!known) {
            String in = event instanceof SafeEvent safe ? safe.inner() : "";
            out = Shown.composed(in, out);
        }
        return Guards.redacted(out, event);
    }

    /* What %prefix does: it looks at the classes of its children, and would see guards. */
    private String prefixed(ILoggingEvent event) {
        StringBuilder out = new StringBuilder();
        for (Converter<ILoggingEvent> c = getChildConverter(); c != null; c = c.getNext()) {
            String key = prefix(c instanceof Guards.Single single ? single.guarded : c);
            if (key != null) {
                out.append(key).append('=');
            }
            out.append(c.convert(event));
        }
        return out.toString();
    }

    private static @Nullable String prefix(Converter<ILoggingEvent> converter) {
        String key = Guards.key(converter);
        return key != null
                ? key
                : PatternLayout.CONVERTER_CLASS_TO_KEY_MAP.get(
                        converter.getClass().getName());
    }

    @Override
    protected String transform(ILoggingEvent event, String in) {
        return in;
    }

    /** The children as one, which leaves with the event what they wrote. */
    private final class Recorder extends Converter<ILoggingEvent> {

        @Override
        public String convert(ILoggingEvent event) {
            StringBuilder out = new StringBuilder();
            for (Converter<ILoggingEvent> c = getChildConverter(); c != null; c = c.getNext()) {
                c.write(out, event);
            }
            String text = out.toString();
            if (event instanceof SafeEvent safe) {
                safe.inner(text);
            }
            return text;
        }
    }
}
