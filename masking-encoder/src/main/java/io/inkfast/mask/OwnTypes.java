package io.inkfast.mask;

import io.inkfast.internal.Settings;
import io.inkfast.mask.scan.Replacement;
import io.inkfast.mask.scan.Rules;
import io.inkfast.mask.scan.Types;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The types that users name: in patterns, detectors and their own fields. Two rules of one name have one type; one that has
 * the name of a type of the profiles adds to that type. Configuring thread only.
 */
final class OwnTypes {

    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,63}");

    private final Settings settings;
    private final Rules.Builder rules;
    private final Map<String, Integer> types = new LinkedHashMap<>();

    OwnTypes(Settings settings, Rules.Builder rules) {
        this.settings = settings;
        this.rules = rules;
    }

    /**
     * The type of this name; {@link Types#KNOWN} if there is something wrong with it, which has been reported then.
     *
     * @param replacement null for what is set already, or else the mask
     */
    int of(String element, String name, @Nullable Replacement replacement) {
        if (name.isEmpty()) {
            return Types.KNOWN; // its absence is reported by the rule itself
        }
        if (!NAME.matcher(name).matches()) {
            settings.problem("<name> of <" + element + "> [" + name
                    + "] is not a word of 1 to 64 letters, digits, dots, hyphens and underscores");
            return Types.KNOWN;
        }
        int type = Types.named(name);
        if (type < 0) {
            type = types.computeIfAbsent(name, unknown -> rules.own(Replacement.MASK));
        }
        if (type < 0) {
            settings.problem("<" + element + "> [" + name + "]: there are too many types");
            return Types.KNOWN;
        }
        if (replacement != null) {
            rules.replace(type, replacement);
        }
        return type;
    }

    /** The number of a type of the profiles or of the user's, in any case; -1 if there is none. */
    int named(String name) {
        int known = Types.named(name);
        for (Map.Entry<String, Integer> type : types.entrySet()) {
            if (known < 0 && type.getKey().equalsIgnoreCase(name)) {
                known = type.getValue();
            }
        }
        return known;
    }

    /** The name of a type. */
    String name(int type) {
        return type < Types.OWN ? Types.names().get(type) : names().getOrDefault(type, "field");
    }

    /** Every name there is. */
    List<String> all() {
        return Stream.concat(Types.names().stream(), types.keySet().stream()).toList();
    }

    /** The user's names by number. */
    Map<Integer, String> names() {
        Map<Integer, String> names = new LinkedHashMap<>();
        types.forEach((name, type) -> names.put(type, name));
        return names;
    }
}
