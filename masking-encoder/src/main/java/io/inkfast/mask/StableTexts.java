package io.inkfast.mask;

import io.inkfast.internal.Settings;
import io.inkfast.mask.scan.Replacement;
import io.inkfast.mask.scan.Rules;
import io.inkfast.mask.scan.TextScanner;
import java.util.List;

/** Tries whether what a user wrote into {@code replace(...)} stays as it is when it is redacted again. Configuring thread only. */
final class StableTexts {

    private static final List<String> PLACES =
            List.of("%s=%s next", "%s: %s, next=1", "{\"%s\":\"%s\"}", "[%s=%s, a=b]");

    private final Settings settings;
    private final TextScanner scanner;

    StableTexts(Settings settings, Rules rules) {
        this.settings = settings;
        this.scanner = rules.newScanner();
    }

    /** @param name a type, or the name of a field */
    void check(String name, Replacement replacement) {
        if (replacement instanceof FixedText fixed && !stable(name, fixed.text())) {
            settings.problem(
                    "[" + name + " = replace(" + fixed.text() + ")]: the text would itself be redacted when a line"
                            + " is redacted twice; take one without names and separators");
        }
    }

    private boolean stable(String name, String text) {
        return scanner.redact(text).equals(text)
                && PLACES.stream().allMatch(place -> {
                    String once = scanner.redact(place.formatted(name, text));
                    return once.contains(text) && scanner.redact(once).equals(once);
                });
    }
}
