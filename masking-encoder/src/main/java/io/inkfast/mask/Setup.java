package io.inkfast.mask;

import ch.qos.logback.core.spi.ContextAware;
import io.inkfast.component.ConfigurationCheck;
import io.inkfast.component.HandMadeContext;
import io.inkfast.internal.Settings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What every component that redacts does when it starts. Configuring thread only. */
final class Setup {

    static final String MISCONFIGURED = "the redaction is misconfigured";

    private static final String WHAT_IS_WRITTEN = "only timestamp, level and logger of each event are written";

    /**
     * @param policy null if there was a problem
     * @param refused whether the component must not even start
     */
    record Outcome(@Nullable Policy policy, boolean refused) {}

    private Setup() {}

    /** The policy of a component that counts nothing, after every problem was reported. */
    static Outcome policy(ContextAware component, RedactionElement element, Settings settings) {
        return reported(component, element, settings, compile(component, element, settings, false));
    }

    /**
     * The policy; problems are added to {@code settings}, and the result is then not to be used.
     *
     * @param counts whether the component can count for {@code <mode> [report]}
     */
    static Policy compile(ContextAware component, RedactionElement element, Settings settings, boolean counts) {
        HandMadeContext.complete(component.getContext());
        List<String> fromXml = ConfigurationCheck.problems(component);
        (fromXml.isEmpty() ? NestedElements.unknown(component.getContext()) : fromXml).forEach(settings::problem);
        NestedElements.leftOut(component.getContext()).forEach(settings::problem);
        element.check(settings);
        Policy compiled = element.get().compile(settings);
        if (!counts && compiled.trial() != null) {
            settings.problem("<mode> is [report], which is only for RedactingJsonEncoder; allowed in a "
                    + component.getClass().getSimpleName() + " is enforce");
        }
        return compiled;
    }

    /** What follows of {@code compiled} and the problems, which are reported here. */
    static Outcome reported(ContextAware component, RedactionElement element, Settings settings, Policy compiled) {
        List<String> problems = settings.problems();
        problems.forEach(component::addError);
        if (problems.isEmpty()) {
            remark(component, compiled);
            return new Outcome(compiled, false);
        }
        if (element.get().refusesStart()) {
            component.addError(component.getClass().getSimpleName()
                    + " does not start; events are written without their content until that is corrected");
            return new Outcome(null, true);
        }
        component.addError("Everything is redacted until that is corrected: " + WHAT_IS_WRITTEN);
        return new Outcome(null, false);
    }

    /** Says so if nothing is masked. */
    static void remark(ContextAware component, Policy policy) {
        if (policy.off()) {
            component.addWarn(policy.whyOff());
        }
    }

    /** Reports that a component could not be set up, and withholds every event therefore. */
    static void failed(ContextAware component, String what, Throwable e) {
        component.addError("Everything is redacted, because the " + what + " could not be set up ["
                + e.getClass().getName() + "]: " + WHAT_IS_WRITTEN);
    }
}
