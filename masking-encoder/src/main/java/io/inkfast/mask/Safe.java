package io.inkfast.mask;

import org.jspecify.annotations.Nullable;

/**
 * Marks a value as harmless for profile {@code strict}, which masks every argument and key-value that is not. It is written
 * as the value itself, and what detectors find in it is redacted all the same. Under other profiles it changes nothing.
 * Immutable; any thread.
 *
 * <p>A class of the application's own is marked by any annotation with the simple name {@code Safe} that is kept at run
 * time.
 *
 * @since 0.1.0
 */
public abstract class Safe {

    private static final ClassValue<Boolean> ANNOTATED = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            for (var annotation : type.getAnnotations()) {
                if (annotation.annotationType().getSimpleName().equals("Safe")) {
                    return true;
                }
            }
            return false;
        }
    };

    Safe() {}

    /** The value, marked. */
    public static Safe of(@Nullable Object value) {
        return new SafeValue(value);
    }

    static boolean is(Object value) {
        return value instanceof Safe || ANNOTATED.get(value.getClass());
    }
}
