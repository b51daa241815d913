package io.inkfast.mask;

import ch.qos.logback.core.Context;
import ch.qos.logback.core.status.Status;
import io.inkfast.internal.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What Logback said about the elements of the appender that is being configured. Without this, a misspelt element of
 * {@code <redaction>} would only be a warning where the XML itself cannot be found, and a detector whose class is missing
 * would be left out. Configuring thread only.
 */
final class NestedElements {

    private static final Pattern COMPLAINT = Pattern.compile(
            "Ignoring unknown property \\[([^]]*)] in \\[" + Pattern.quote(Redaction.class.getName()) + "].*",
            Pattern.DOTALL);

    private static final Pattern NO_CLASS = Pattern.compile(
            "Could not find an appropriate class for property \\[(redaction|detector|pattern)].*", Pattern.DOTALL);
    private static final Pattern NOT_CREATED = Pattern.compile(
            "Could not create component \\[(redaction|detector|pattern)] of type \\[([^]]*)].*", Pattern.DOTALL);

    private static final List<String> KNOWN = settings(Redaction.class);

    private NestedElements() {}

    /* As Joran derives them: of setX and addX the element x. */
    private static List<String> settings(Class<?> bean) {
        return Stream.of(bean.getMethods())
                .filter(method -> method.getDeclaringClass() == bean
                        && method.getParameterCount() == 1
                        && (method.getName().startsWith("set")
                                || method.getName().startsWith("add")))
                .map(method -> Character.toLowerCase(method.getName().charAt(3))
                        + method.getName().substring(4))
                .distinct()
                .sorted()
                .toList();
    }

    /** Elements of {@code <redaction>} that it does not know. */
    static List<String> unknown(@Nullable Context context) {
        return said(context, NestedElements::unknown);
    }

    /** Rules that Logback left out because it could not make an object of their class. */
    static List<String> leftOut(@Nullable Context context) {
        return said(context, NestedElements::leftOut);
    }

    private static List<String> said(@Nullable Context context, Function<String, @Nullable String> reading) {
        List<String> problems = new ArrayList<>();
        if (context == null) {
            return problems;
        }
        for (Status status : context.getStatusManager().getCopyOfStatusList()) {
            String message = String.valueOf(status.getMessage());
            if (message.startsWith("Processing appender named [")) {
                problems.clear();
            }
            String problem = reading.apply(message);
            if (problem != null) {
                problems.add(problem);
            }
        }
        return problems;
    }

    private static @Nullable String unknown(String message) {
        Matcher complaint = COMPLAINT.matcher(message);
        if (!complaint.matches()) {
            return null;
        }
        String name = complaint.group(1);
        String nearest = Suggestion.nearest(name, KNOWN);
        return "<" + name + "> of <redaction> is not a setting of Redaction"
                + (nearest == null
                        ? "; its settings are " + String.join(", ", KNOWN)
                        : "; did you mean <" + nearest + ">?");
    }

    private static @Nullable String leftOut(String message) {
        Matcher noClass = NO_CLASS.matcher(message);
        if (noClass.matches()) {
            return "<" + noClass.group(1) + "> names no class; write <" + noClass.group(1) + " class=\"...\">";
        }
        Matcher notCreated = NOT_CREATED.matcher(message);
        return notCreated.matches()
                ? "the class [" + notCreated.group(2) + "] of <" + notCreated.group(1)
                        + "> cannot be used; it must be on the"
                        + " class path, public, with a public constructor without parameters, and of the type wanted there"
                : null;
    }
}
