package io.inkfast.mask;

import io.inkfast.internal.Settings;
import io.inkfast.mask.scan.Replacement;
import io.inkfast.mask.scan.Rules;
import io.inkfast.mask.search.PatternSearch;
import io.inkfast.mask.search.UserPattern;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The elements {@code <pattern>}. Configuring thread only. */
final class PatternElements {

    private static final int MOST = 200;

    private final Settings settings;
    private final Rules.Builder rules;
    private final OwnTypes types;

    PatternElements(Settings settings, Rules.Builder rules, OwnTypes types) {
        this.settings = settings;
        this.rules = rules;
        this.types = types;
    }

    void add(List<PatternRule> patterns) {
        if (patterns.size() > MOST) {
            settings.problem("there are " + patterns.size() + " <pattern> elements; at most " + MOST + " are possible");
            return;
        }
        List<UserPattern> good = new ArrayList<>();
        for (PatternRule rule : patterns) {
            UserPattern pattern = rule.compile(settings, types.of("pattern", rule.name(), replacement(rule)));
            if (pattern != null) {
                good.add(pattern);
            }
        }
        if (!good.isEmpty()) {
            rules.search(PatternSearch.source(good));
        }
    }

    private @Nullable Replacement replacement(PatternRule rule) {
        String action = settings.text("action", rule.action());
        if (action != null && !action.equalsIgnoreCase("mask")) {
            settings.problem("<action> of <pattern> [" + rule.name() + "]: the action [" + action
                    + "] is not available in this version, which has mask");
        }
        return action == null ? null : Replacement.MASK;
    }
}
