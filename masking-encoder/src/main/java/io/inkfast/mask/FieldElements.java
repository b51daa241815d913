package io.inkfast.mask;

import io.inkfast.internal.Settings;
import io.inkfast.mask.scan.Replacement;
import io.inkfast.mask.scan.Rules;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The elements {@code <field>} and {@code <allow>}. Configuring thread only. */
final class FieldElements {

    private static final int MOST_NAMES = 1_000;

    private final Settings settings;
    private final Rules.Builder rules;

    FieldElements(Settings settings, Rules.Builder rules) {
        this.settings = settings;
        this.rules = rules;
    }

    /** Returns how many names are sensitive. */
    int add(List<String> fields, List<String> allowed) {
        List<String> names = new ArrayList<>();
        for (String field : fields) {
            String name = field(field);
            if (name != null) {
                names.add(name);
            }
        }
        List<String> harmless = new ArrayList<>();
        for (String text : allowed) {
            for (String name : PolicyCompiler.list(settings, "allow", text)) {
                if (isName("allow", name)) {
                    harmless.add(name);
                }
            }
        }
        if (names.size() + harmless.size() > MOST_NAMES) {
            settings.problem("there are " + (names.size() + harmless.size()) + " names in <field> and <allow>; at most "
                    + MOST_NAMES + " are possible");
            return 0;
        }
        int masked = rules.own(Replacement.MASK);
        names.forEach(name -> rules.field(name, masked));
        harmless.forEach(rules::allow);
        return names.size();
    }

    private @Nullable String field(String text) {
        String value = settings.text("field", text);
        if (value == null) {
            return null;
        }
        int equals = value.indexOf('=');
        String name = (equals < 0 ? value : value.substring(0, equals)).trim();
        String action = equals < 0 ? "mask" : value.substring(equals + 1).trim();
        if (!action.equalsIgnoreCase("mask")) {
            settings.problem("<field> [" + value + "]: the action [" + action
                    + "] is not available in this version, which" + " has mask");
            return null;
        }
        return isName("field", name) ? name : null;
    }

    private boolean isName(String element, String name) {
        if (name.indexOf('*') >= 0 || name.indexOf('[') >= 0 || name.indexOf('/') >= 0) {
            settings.problem("<" + element + "> [" + name + "] is a path; this version knows names only");
            return false;
        }
        boolean letters = name.chars().anyMatch(Character::isLetterOrDigit);
        if (!letters || name.length() > 64) {
            settings.problem("<" + element + "> [" + name + "] is not a name of 1 to 64 characters");
        }
        return letters && name.length() <= 64;
    }
}
