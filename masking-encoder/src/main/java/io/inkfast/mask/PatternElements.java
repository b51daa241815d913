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
    private final Actions actions;

    PatternElements(Settings settings, Rules.Builder rules, OwnTypes types, Actions actions) {
        this.settings = settings;
        this.rules = rules;
        this.types = types;
        this.actions = actions;
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
        String setting = "<action> of <pattern> [" + rule.name() + "]";
        return action == null ? null : actions.read(setting, rule.name(), action);
    }
}
