package io.inkfast.mask;

import io.inkfast.internal.Settings;
import io.inkfast.mask.scan.Rules;
import io.inkfast.mask.search.KnownValues;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Makes a policy of the texts in a {@link Redaction}, and reports what is wrong with them. Each family of elements has a
 * class of its own; this one calls them in turn. Configuring thread only.
 */
final class PolicyCompiler {

    private enum OnMisconfiguration {
        REDACT_ALL,
        REFUSE_START
    }

    private enum Mode {
        ENFORCE,
        REPORT
    }

    private final Settings settings;

    PolicyCompiler(Settings settings) {
        this.settings = settings;
    }

    static boolean refusesStart(Settings settings, Redaction redaction) {
        return settings.choice("onMisconfiguration", redaction.onMisconfiguration, OnMisconfiguration.REDACT_ALL)
                == OnMisconfiguration.REFUSE_START;
    }

    /** Not to be used if there was a problem. */
    Policy compile(Redaction redaction) {
        ProfileElements profiles = new ProfileElements(settings, redaction.profiles);
        Rules.Builder rules = new Rules.Builder(profiles.known());
        Keyset keyset = new Keyset(settings, redaction.keyset);
        rules.issued(keyset.issued());
        Actions actions = new Actions(settings, keyset);
        OwnTypes own = new OwnTypes(settings, rules);
        new PatternElements(settings, rules, own, actions).add(redaction.patterns);
        new DetectorElements(settings, own, redaction::complain).add(redaction.detectors, rules);
        new KnownSecretElements(settings, System.getenv(), redaction.contextProperties())
                .add(redaction.knownSecrets, rules)
                .forEach(redaction::remark);
        rules.search(KnownValues.source(KnownSecrets.SHARED::current));
        TypeElements types = new TypeElements(settings, rules, actions, own);
        types.add(redaction.types);
        FieldElements fields = new FieldElements(settings, rules, actions);
        fields.add(redaction.fields, redaction.allowed);
        boolean any = fields.any()
                || !redaction.types.isEmpty()
                || !redaction.patterns.isEmpty()
                || !redaction.detectors.isEmpty()
                || !redaction.knownSecrets.isEmpty();
        if (profiles.off() && (profiles.several() || any)) {
            settings.problem("<profile> [none] switches redaction off and cannot stand beside other profiles or rules");
        }
        boolean classOnly = settings.choice(
                "exceptions",
                redaction.exceptions,
                Map.of("redact", false, "classonly", true),
                false,
                List.of("redact", "classOnly"));
        settings.choice("onError", redaction.onError, Map.of("withhold", true), true, List.of("withhold"));
        refusesStart(settings, redaction);
        boolean report = settings.choice("mode", redaction.mode, Mode.ENFORCE) == Mode.REPORT;
        if (report && profiles.off()) {
            settings.problem("<mode> [report] has nothing to report with <profile> [none]");
        }
        Findings findings = new Findings(own::name, report);
        Rules built = rules.tally(findings).build();
        StableTexts stable = new StableTexts(settings, built);
        types.replacements().forEach(stable::check);
        fields.replacements().forEach(stable::check);
        return new Policy(profiles.off() || report, classOnly, profiles.strict(), built, fields.paths(), findings);
    }

    /** The parts of a list with commas. */
    static List<String> list(Settings settings, String element, String text) {
        String value = settings.text(element, text);
        return value == null
                ? List.of()
                : Arrays.stream(value.split(",", -1))
                        .map(String::trim)
                        .filter(part -> !part.isEmpty())
                        .toList();
    }
}
