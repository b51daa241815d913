package io.inkfast.mask;

import io.inkfast.internal.Settings;
import io.inkfast.internal.Suggestion;
import io.inkfast.mask.scan.Replacement;
import io.inkfast.mask.scan.Rules;
import io.inkfast.mask.scan.Types;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The elements {@code <type>}: what is done with values that profiles find. Configuring thread only. */
final class TypeElements {

    private final Settings settings;
    private final Rules.Builder rules;
    private final Actions actions;
    private final OwnTypes own;
    private final Map<String, Replacement> read = new HashMap<>();

    TypeElements(Settings settings, Rules.Builder rules, Actions actions, OwnTypes own) {
        this.settings = settings;
        this.rules = rules;
        this.actions = actions;
        this.own = own;
    }

    void add(List<String> texts) {
        boolean[] seen = new boolean[Types.MOST];
        for (String text : texts) {
            String value = settings.text("type", text);
            if (value != null) {
                add(value, seen);
            }
        }
    }

    /** By type. */
    Map<String, Replacement> replacements() {
        return read;
    }

    private void add(String value, boolean[] seen) {
        String setting = "<type> [" + value + "]";
        int equals = value.indexOf('=');
        if (equals < 0) {
            settings.problem(setting + " must be a type and an action, such as email = mask");
            return;
        }
        String name = value.substring(0, equals).trim();
        int type = own.named(name);
        if (type < 0) {
            settings.problem(setting + ": [" + name + "] is not one of " + String.join(", ", own.all())
                    + Suggestion.didYouMean(name, own.all()));
            return;
        }
        if (seen[type]) {
            settings.problem(setting + ": there is another action for this type; each may have one");
            return;
        }
        seen[type] = true;
        String canonical = own.name(type);
        Replacement replacement =
                actions.read(setting, canonical, value.substring(equals + 1).trim());
        rules.replace(type, replacement);
        read.put(canonical, replacement);
    }
}
