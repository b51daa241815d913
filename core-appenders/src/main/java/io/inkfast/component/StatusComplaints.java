package io.inkfast.component;

import ch.qos.logback.core.Appender;
import ch.qos.logback.core.joran.util.PropertySetter;
import ch.qos.logback.core.spi.ContextAware;
import ch.qos.logback.core.status.Status;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What Joran's own statuses say of the configuration of one component: those since the last line that says its appender is
 * being processed. Less than the XML tells, for where that is not at hand. Any thread.
 */
final class StatusComplaints {

    private static final Pattern PROCESSING = Pattern.compile("Processing appender named \\[(.*)]");
    private static final Pattern COMPLAINT = Pattern.compile(
            "Ignoring unknown property \\[([^]]*)] in \\[([^]]*)].*|Failed to set property \\[([^]]*)] to value \"(.*)\".*",
            Pattern.DOTALL);

    private StatusComplaints() {}

    /** Sentences as those of {@link ConfigurationCheck}; empty if there is no complaint. */
    static List<String> of(ContextAware part, String appender, List<Status> statuses) {
        List<String> problems = new ArrayList<>();
        boolean own = false;
        for (Status status : statuses) {
            String message = String.valueOf(status.getMessage());
            Matcher processing = PROCESSING.matcher(message);
            if (processing.matches()) {
                own = processing.group(1).equals(appender);
                if (own) {
                    problems.clear();
                }
            }
            Matcher complaint = COMPLAINT.matcher(message);
            if (own && complaint.matches()) {
                String unknown = complaint.group(1);
                if (unknown == null) {
                    problems.add("<" + complaint.group(3) + "> of <appender name=\"" + appender + "\"> is ["
                            + complaint.group(4) + "]; " + allowed(status.getOrigin(), complaint));
                } else if (part instanceof Appender<?>
                        || complaint.group(2).equals(part.getClass().getName())) {
                    problems.add("<" + unknown + "> of <appender name=\"" + appender + "\"> is not a setting of "
                            + complaint.group(2)
                            + BeanProperties.suggestion(
                                    unknown, List.copyOf(new BeanProperties(part.getClass()).names())));
                }
            }
        }
        return List.copyOf(problems);
    }

    /** The name of the appender that is being configured; null if there is none. */
    static @Nullable String beingProcessed(List<Status> statuses) {
        for (int i = statuses.size() - 1; i >= 0; i--) {
            Matcher matcher = PROCESSING.matcher(String.valueOf(statuses.get(i).getMessage()));
            if (matcher.matches()) {
                return matcher.group(1);
            }
        }
        return null;
    }

    private static String allowed(@Nullable Object origin, Matcher complaint) {
        Method method = origin instanceof PropertySetter setter
                ? new BeanProperties(setter.getObjClass()).find(complaint.group(3))
                : null;
        String text = complaint.group(4);
        Matcher undefined = ConfigurationSource.UNDEFINED.matcher(text);
        if (undefined.find()) {
            return "the variable [" + undefined.group(1) + "] is not set; set it, or give a default: ${"
                    + undefined.group(1) + ":-value}";
        }
        String allowed = method == null ? null : BeanProperties.complaint(method.getParameterTypes()[0], text);
        return allowed == null ? "Logback could not read that; correct it" : "allowed is " + allowed;
    }
}
