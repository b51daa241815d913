package io.inkfast.mask;

import io.inkfast.internal.Settings;
import io.inkfast.internal.Suggestion;
import io.inkfast.mask.scan.Profile;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The elements {@code <profile>}. Configuring thread only. */
final class ProfileElements {

    private static final String NONE = "none";
    private static final String STRICT = "strict";
    private static final List<String> NAMES = List.of("secrets", "pci", "gdpr", "hipaa", STRICT, NONE);

    private final Set<String> chosen = new LinkedHashSet<>();

    ProfileElements(Settings settings, List<String> texts) {
        boolean given = false;
        for (String text : texts) {
            for (String name : PolicyCompiler.list(settings, "profile", text)) {
                given = true;
                add(settings, name);
            }
        }
        if (!given) {
            chosen.addAll(List.of("secrets", "pci"));
        }
    }

    private void add(Settings settings, String name) {
        String profile = name.toLowerCase(Locale.ROOT);
        if (NAMES.contains(profile)) {
            chosen.add(profile);
        } else {
            settings.problem("<profile> [" + name + "] is not one of " + String.join(", ", NAMES)
                    + Suggestion.didYouMean(name, NAMES));
        }
    }

    /** Whether redaction is switched off. */
    boolean off() {
        return chosen.contains(NONE);
    }

    /** Whether only what was declared harmless passes. */
    boolean strict() {
        return chosen.contains(STRICT);
    }

    boolean several() {
        return chosen.size() > 1;
    }

    List<Profile> known() {
        List<Profile> known = new ArrayList<>();
        for (Profile profile : Profile.values()) {
            if (strict() || chosen.contains(profile.name().toLowerCase(Locale.ROOT))) {
                known.add(profile);
            }
        }
        return known;
    }
}
