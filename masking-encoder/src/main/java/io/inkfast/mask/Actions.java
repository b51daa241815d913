package io.inkfast.mask;

import io.inkfast.internal.Settings;
import io.inkfast.internal.Suggestion;
import io.inkfast.mask.scan.Replacement;
import io.inkfast.mask.scan.Types;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads actions, such as {@code keepLast(4)}, and makes replacements of them. Configuring thread only. */
final class Actions {

    static final List<String> FORMS = List.of(
            "mask",
            "keepLast(n)",
            "keepFirstLast(first,last)",
            "hash",
            "token",
            "generalise",
            "remove",
            "replace(text)");

    private static final List<String> NAMES =
            List.of("mask", "keepLast", "keepFirstLast", "hash", "token", "generalise", "remove", "replace");
    private static final Pattern CALL = Pattern.compile("([A-Za-z]+)\\s*(?:\\((.*)\\))?", Pattern.DOTALL);
    private static final Pattern NUMBERS = Pattern.compile("\\s*(\\d{1,2})\\s*(?:,\\s*(\\d{1,2})\\s*)?");

    private final Settings settings;
    private final Keyset keyset;

    Actions(Settings settings, Keyset keyset) {
        this.settings = settings;
        this.keyset = keyset;
    }

    /**
     * The replacement; {@code ****} if there was a problem.
     *
     * @param setting what messages begin with: element and text
     * @param type what tokens are called and what generalise goes by; for a field its name
     */
    Replacement read(String setting, String type, String action) {
        Matcher call = CALL.matcher(action);
        String name = call.matches() ? call.group(1).toLowerCase(Locale.ROOT) : "";
        String argument = call.matches() ? call.group(2) : null;
        boolean bare = argument == null;
        Replacement read = switch (name) {
            case "mask" -> bare ? Replacement.MASK : null;
            case "remove" -> bare ? new Removed() : null;
            case "hash", "token" -> bare ? pseudonym(setting, type, name.equals("token")) : null;
            case "generalise" -> bare ? generalised(setting, type) : null;
            case "keeplast", "keepfirstlast" -> partly(setting, type, name, argument);
            case "replace" -> argument == null ? null : fixed(setting, argument);
            default -> null;
        };
        if (read != null) {
            return read;
        }
        settings.problem(setting + ": the action [" + action + "] is not one of " + String.join(", ", FORMS)
                + Suggestion.didYouMean(action.replaceAll("\\s*\\(.*", ""), NAMES));
        return Replacement.MASK;
    }

    private Replacement pseudonym(String setting, String type, boolean token) {
        if (!keyset.given()) {
            settings.problem(setting + " needs <keyset>");
            return Replacement.MASK;
        }
        return keyset.replacement(settings, setting, type, token);
    }

    private Replacement generalised(String setting, String type) {
        Generalised found = Generalised.forType(type);
        if (found == null) {
            settings.problem(setting + ": only " + Generalised.TYPES + " can be generalised");
            return Replacement.MASK;
        }
        return found;
    }

    private @Nullable Replacement partly(String setting, String type, String name, @Nullable String argument) {
        Matcher numbers = NUMBERS.matcher(argument == null ? "" : argument);
        boolean both = name.equals("keepfirstlast");
        if (!numbers.matches() || both == (numbers.group(2) == null)) {
            return null;
        }
        int first = both ? Integer.parseInt(numbers.group(1)) : 0;
        int last = Integer.parseInt(numbers.group(both ? 2 : 1));
        boolean card = Types.named(type) == Types.PAN;
        if (card && (first > 6 || last > 4)) {
            settings.problem(setting + ": a card number may show at most its first 6 and last 4 digits");
        } else if (first + last == 0 || first > PartlyShown.MOST || last > PartlyShown.MOST) {
            settings.problem(setting + ": it must show 1 to " + PartlyShown.MOST + " characters");
        }
        return new PartlyShown(first, last, card);
    }

    private Replacement fixed(String setting, String text) {
        boolean clean = text.chars().noneMatch(c -> Character.isISOControl(c) || c == PseudonymFormat.OPEN);
        if (text.isBlank() || text.length() > FixedText.LONGEST || !clean) {
            settings.problem(setting + ": the text must have 1 to " + FixedText.LONGEST
                    + " characters and no control characters; remove leaves nothing");
            return Replacement.MASK;
        }
        return new FixedText(text);
    }
}
