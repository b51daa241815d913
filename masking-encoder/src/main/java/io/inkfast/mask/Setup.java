package io.inkfast.mask;

import ch.qos.logback.core.spi.ContextAware;
import io.inkfast.component.ConfigurationCheck;
import io.inkfast.internal.Settings;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What every component that redacts does when it starts. Configuring thread only. */
final class Setup {

    static final String MISCONFIGURED = "the redaction is misconfigured";

    /** As LogstashEncoder sets its mapper up. */
    static final ObjectMapper MAPPER = JsonMapper.builder()
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .findAndAddModules()
            .build();

    /**
     * @param policy null if there was a problem
     * @param refused whether the component must not even start
     */
    record Outcome(@Nullable Policy policy, boolean refused) {}

    private Setup() {}

    /** The policy, after every problem was reported; {@code settings} may have some already. */
    static Outcome policy(ContextAware component, Redaction redaction, Settings settings) {
        List<String> fromXml = ConfigurationCheck.problems(component);
        (fromXml.isEmpty() ? NestedElements.problems(component.getContext()) : fromXml).forEach(settings::problem);
        Policy compiled = redaction.compile(settings);
        List<String> problems = settings.problems();
        problems.forEach(component::addError);
        if (problems.isEmpty()) {
            if (compiled.off()) {
                component.addWarn(compiled.whyOff());
            }
            return new Outcome(compiled, false);
        }
        if (redaction.refusesStart()) {
            component.addError(component.getClass().getSimpleName()
                    + " does not start; events are written without their content until that is corrected");
            return new Outcome(null, true);
        }
        component.addError(
                "Everything is redacted until that is corrected: only timestamp, level and logger of each event"
                        + " are written");
        return new Outcome(null, false);
    }
}
