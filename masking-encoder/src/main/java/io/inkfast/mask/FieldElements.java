package io.inkfast.mask;

import io.inkfast.internal.Settings;
import io.inkfast.mask.scan.Replacement;
import io.inkfast.mask.scan.Rules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The elements {@code <field>} and {@code <allow>}: names and paths. Configuring thread only. */
final class FieldElements {

    private static final int MOST_NAMES = 1_000;

    private final Settings settings;
    private final Rules.Builder rules;
    private final Actions actions;
    private final List<FieldPaths.Typed> paths = new ArrayList<>();
    private final Map<Replacement, Integer> types = new HashMap<>();
    private final Map<String, Replacement> read = new HashMap<>();
    private int names;

    FieldElements(Settings settings, Rules.Builder rules, Actions actions) {
        this.settings = settings;
        this.rules = rules;
        this.actions = actions;
    }

    void add(List<String> fields, List<String> allowed) {
        for (String field : fields) {
            String value = settings.text("field", field);
            if (value != null) {
                field(value);
            }
        }
        int sensitive = names;
        for (String text : allowed) {
            for (String name : PolicyCompiler.list(settings, "allow", text)) {
                allow(name);
            }
        }
        if (names > MOST_NAMES) {
            settings.problem(
                    "there are " + names + " names in <field> and <allow>; at most " + MOST_NAMES + " are possible");
        }
        names = sensitive;
    }

    /** Whether there is any {@code <field>}. */
    boolean any() {
        return names > 0 || !paths.isEmpty();
    }

    /** By the last name of the field. */
    Map<String, Replacement> replacements() {
        return read;
    }

    FieldPaths paths() {
        int places = FieldPaths.places(paths);
        if (places > FieldPaths.MOST) {
            settings.problem("the paths in <field> have " + places + " steps, each path counted with one more; at most "
                    + FieldPaths.MOST + " are possible");
            return new FieldPaths(List.of());
        }
        return new FieldPaths(paths);
    }

    private void field(String value) {
        int equals = FieldPath.equalsSign(value);
        String name = (equals < 0 ? value : value.substring(0, equals)).trim();
        String action = equals < 0 ? "mask" : value.substring(equals + 1).trim();
        FieldPath path = path("field", value, name);
        if (path == null) {
            return;
        }
        String label = path.label().isEmpty() ? "field" : path.label();
        Replacement replacement = actions.read("<field> [" + value + "]", label, action);
        // Fields with the same action are one type: there is no more to tell between them.
        int type = types.computeIfAbsent(replacement, rules::own);
        if (type < 0) {
            settings.problem("<field> [" + value + "]: there are too many different actions");
            return;
        }
        read.put(label, replacement);
        if (path.steps().size() > 1 || path.absolute() || name.indexOf('"') >= 0) {
            paths.add(new FieldPaths.Typed(path, type));
        }
        if (path.namesOnly()) {
            String spelt =
                    path.steps().size() == 1 ? label : name.replace("\"", "").replace("\\", "");
            names++;
            rules.field(spelt, type);
        }
    }

    private void allow(String name) {
        boolean letters = name.chars().anyMatch(Character::isLetterOrDigit);
        if (name.chars().anyMatch(c -> "/*[]\"\\".indexOf(c) >= 0)) {
            settings.problem("<allow> [" + name + "] must be a name; paths are for <field>");
        } else if (!letters || name.length() > 64) {
            settings.problem("<allow> [" + name + "] is not a name of 1 to 64 characters");
        } else {
            names++;
            rules.allow(name);
        }
    }

    private @Nullable FieldPath path(String element, String value, String name) {
        try {
            FieldPath path = FieldPath.parse(name);
            boolean letters = name.chars().anyMatch(Character::isLetterOrDigit);
            if (!letters || (path.namesOnly() && name.length() > 64)) {
                settings.problem("<" + element + "> [" + name + "] is not a name of 1 to 64 characters");
                return null;
            }
            return path;
        } catch (FieldPath.Malformed e) {
            settings.problem("<" + element + "> [" + value + "] is neither a name nor a path: " + e.getMessage());
            return null;
        }
    }
}
