package io.inkfast.mask;

import org.jspecify.annotations.Nullable;
import org.slf4j.helpers.MessageFormatter;

/** A template and its arguments. Not to be changed. */
final class Statement {

    private final @Nullable String template;
    private final Object @Nullable [] arguments;

    /**
     * @param arguments null if there are none; an argument may be null
     */
    Statement(@Nullable String template, Object @Nullable [] arguments) {
        this.template = template;
        this.arguments = arguments;
    }

    @Nullable
    String template() {
        return template;
    }

    Object @Nullable [] arguments() {
        return arguments;
    }

    /** One that says this whatever the arguments are; without them if there is no other way. */
    static Statement saying(String message, Object @Nullable [] arguments) {
        String template = message.replace("{}", "\\{}");
        return makes(template, arguments, message)
                ? new Statement(template, arguments)
                : new Statement(message, new Object[0]);
    }

    static boolean makes(String template, Object @Nullable [] arguments, String message) {
        return message.equals(MessageFormatter.arrayFormat(template, arguments).getMessage());
    }

    /** Whether they are the very same. */
    @SuppressWarnings("ReferenceEquality") // equal ones may print themselves otherwise
    static boolean same(Object[] some, Object[] others) {
        for (int i = 0; i < some.length; i++) {
            if (some[i] != others[i]) {
                return false;
            }
        }
        return true;
    }
}
