package io.inkfast.async;

import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import java.lang.reflect.InvocationTargetException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells whether an appender's encoder prints where the call was: file, line, method. */
final class CallerData {

    private static final Pattern WORDS =
            Pattern.compile("%(?:[-.\\d]*)(?:caller|class|method|line|file|C|M|L|F)\\b(?!ontext)");

    private CallerData() {}

    static boolean isAskedBy(Appender<?> appender) {
        if (!(appender instanceof OutputStreamAppender<?> stream)) {
            return false;
        }
        Encoder<?> encoder = stream.getEncoder();
        if (encoder instanceof PatternLayoutEncoder pattern) {
            return pattern.getPattern() != null
                    && WORDS.matcher(pattern.getPattern()).find();
        }
        return encoder != null && isTrue(encoder, "isIncludeCallerData");
    }

    /* The encoder's classes may be absent, and other encoders have the same property: so by name. */
    private static boolean isTrue(Object bean, String getter) {
        try {
            @Nullable Object value = bean.getClass().getMethod(getter).invoke(bean);
            return Boolean.TRUE.equals(value);
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
            return false;
        }
    }
}
