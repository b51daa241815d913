package io.inkfast.mask;

import io.inkfast.internal.Settings;
import io.inkfast.internal.Suggestion;
import io.inkfast.mask.scan.Profile;
import io.inkfast.mask.scan.Replacement;
import io.inkfast.mask.scan.Rules;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The element {@code <redaction>}: what is redacted and how. Without any element it is profiles secrets and pci, action
 * mask. Setters only store; what is wrong is reported when the encoder around it starts, and then everything is
 * redacted. Configuring thread only.
 *
 * @since 0.1.0
 */
public final class Redaction {

    private static final List<String> PROFILES = List.of("secrets", "pci", "none");
    private static final Set<String> LATER = Set.of("gdpr", "hipaa", "strict");
    private static final int MOST_NAMES = 1_000;

    private enum OnMisconfiguration {
        REDACT_ALL,
        REFUSE_START
    }

    private final List<String> profiles = new ArrayList<>();
    private final List<String> fields = new ArrayList<>();
    private final List<String> allowed = new ArrayList<>();
    private @Nullable String exceptions;
    private @Nullable String onError;
    private @Nullable String onMisconfiguration;

    /** Called by Logback. */
    public Redaction() {}

    /**
     * Profiles, separated by commas: {@code secrets}, {@code pci}; or {@code none}, which switches redaction off.
     * Default: {@code secrets, pci}. May be repeated. {@code gdpr}, {@code hipaa} and {@code strict} are refused: this
     * version does not have them.
     */
    public void addProfile(String text) {
        profiles.add(text);
    }

    /**
     * The name of a field whose value is masked, in any case and style, at any depth, in every channel. May be repeated.
     * An action may follow: {@code customerNote = mask}; this version has no other.
     */
    public void addField(String text) {
        fields.add(text);
    }

    /**
     * Names, separated by commas, that are not sensitive although a profile says so. Their values are still searched for
     * card numbers and tokens. May be repeated.
     */
    public void addAllow(String text) {
        allowed.add(text);
    }

    /** Exceptions: {@code redact} their messages (default), or {@code classOnly}: frames without any message. */
    public void setExceptions(String text) {
        exceptions = text;
    }

    /** What happens to an event that cannot be redacted: {@code withhold} its content (default, and the only way). */
    public void setOnError(String text) {
        onError = text;
    }

    /**
     * What a wrong configuration does: {@code REDACT_ALL} (default) writes timestamp, level and logger of each event and
     * withholds the rest; {@code REFUSE_START} does not start the encoder.
     */
    public void setOnMisconfiguration(String text) {
        onMisconfiguration = text;
    }

    /**
     * These rules as a function from what was written, an object of JSON or any other text, to what may be seen of it; the
     * same instance if there is nothing to hide. For tests and tools, which have no encoder. One thread at a time.
     *
     * @throws IllegalArgumentException if something is configured wrongly; the message lists all of it
     */
    public UnaryOperator<String> forOutput() {
        Settings settings = new Settings();
        Policy policy = compile(settings);
        if (!settings.problems().isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", settings.problems()));
        }
        return policy.off() ? UnaryOperator.identity() : new OutputRedactor(policy);
    }

    boolean refusesStart() {
        return new Settings().choice("onMisconfiguration", onMisconfiguration, OnMisconfiguration.REDACT_ALL)
                == OnMisconfiguration.REFUSE_START;
    }

    /** The policy; problems are reported to {@code settings}, and the result is then not to be used. */
    Policy compile(Settings settings) {
        Set<String> chosen = profiles(settings);
        boolean classOnly = "classOnly"
                .equals(settings.choice(
                        "exceptions",
                        exceptions,
                        java.util.Map.of("redact", "redact", "classonly", "classOnly"),
                        "redact",
                        List.of("redact", "classOnly")));
        settings.choice("onError", onError, java.util.Map.of("withhold", true), true, List.of("withhold"));
        settings.choice("onMisconfiguration", onMisconfiguration, OnMisconfiguration.REDACT_ALL);
        List<String> names = new ArrayList<>();
        for (String field : fields) {
            String name = field(settings, field);
            if (name != null) {
                names.add(name);
            }
        }
        List<String> harmless = new ArrayList<>();
        for (String text : allowed) {
            for (String name : list(settings, "allow", text)) {
                if (isName(settings, "allow", name)) {
                    harmless.add(name);
                }
            }
        }
        if (names.size() + harmless.size() > MOST_NAMES) {
            settings.problem("there are " + (names.size() + harmless.size()) + " names in <field> and <allow>; at most "
                    + MOST_NAMES + " are possible");
            names.clear();
            harmless.clear();
        }
        boolean off = chosen.contains("none");
        if (off && (chosen.size() > 1 || !names.isEmpty())) {
            settings.problem(
                    "<profile> [none] switches redaction off and cannot stand beside other profiles or <field>");
        }
        List<Profile> known = new ArrayList<>();
        for (Profile profile : Profile.values()) {
            if (chosen.contains(profile.name().toLowerCase(Locale.ROOT))) {
                known.add(profile);
            }
        }
        Rules.Builder rules = new Rules.Builder(known);
        int masked = rules.own(Replacement.MASK);
        names.forEach(name -> rules.field(name, masked));
        harmless.forEach(rules::allow);
        return new Policy(off, classOnly, rules.build());
    }

    private Set<String> profiles(Settings settings) {
        Set<String> chosen = new LinkedHashSet<>();
        boolean given = false;
        for (String text : profiles) {
            for (String name : list(settings, "profile", text)) {
                given = true;
                String profile = name.toLowerCase(Locale.ROOT);
                if (PROFILES.contains(profile)) {
                    chosen.add(profile);
                } else if (LATER.contains(profile)) {
                    settings.problem("<profile> [" + name + "] is not available in this version, which has secrets, pci"
                            + " and none");
                } else {
                    settings.problem("<profile> [" + name + "] is not one of secrets, pci, none"
                            + Suggestion.didYouMean(name, PROFILES));
                }
            }
        }
        return given ? chosen : Set.of("secrets", "pci");
    }

    private static @Nullable String field(Settings settings, String text) {
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
        return isName(settings, "field", name) ? name : null;
    }

    private static boolean isName(Settings settings, String element, String name) {
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

    private static List<String> list(Settings settings, String element, String text) {
        String value = settings.text(element, text);
        List<String> parts = new ArrayList<>();
        if (value != null) {
            for (String part : value.split(",", -1)) {
                if (!part.isBlank()) {
                    parts.add(part.trim());
                }
            }
        }
        return parts;
    }
}
