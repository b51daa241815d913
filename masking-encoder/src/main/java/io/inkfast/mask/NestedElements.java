package io.inkfast.mask;

import ch.qos.logback.core.Context;
import ch.qos.logback.core.status.Status;
import io.inkfast.internal.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What Logback said about the elements inside {@code <redaction>} of the appender that is being configured. Without this,
 * a misspelt one would only be a warning where the XML itself cannot be found. Configuring thread only.
 */
final class NestedElements {

    private static final Pattern COMPLAINT = Pattern.compile(
            "Ignoring unknown property \\[([^]]*)] in \\[" + Pattern.quote(Redaction.class.getName()) + "].*",
            Pattern.DOTALL);

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

    static List<String> problems(@Nullable Context context) {
        List<String> problems = new ArrayList<>();
        if (context == null) {
            return problems;
        }
        for (Status status : context.getStatusManager().getCopyOfStatusList()) {
            String message = String.valueOf(status.getMessage());
            if (message.startsWith("Processing appender named [")) {
                problems.clear();
            }
            Matcher complaint = COMPLAINT.matcher(message);
            if (complaint.matches()) {
                String name = complaint.group(1);
                String nearest = Suggestion.nearest(name, KNOWN);
                problems.add("<" + name + "> of <redaction> is not a setting of Redaction"
                        + (nearest == null
                                ? "; its settings are " + String.join(", ", KNOWN)
                                : "; did you mean <" + nearest + ">?"));
            }
        }
        return problems;
    }
}
