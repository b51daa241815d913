package io.inkfast.mask.scan;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.List;

/** Any text is redacted without error, in proportion, for good, and a secret in the middle of it is not seen. */
class ScannerFuzzTest {

    private static final String PASSWORD = "c4nary-7f3a";
    private static final String CARD = "4111111111111111";
    private static final String EMAIL = "canary.7f3a@example.com";

    private record Scanning(TextScanner scanner, List<Profile> profiles) {

        static Scanning with(Profile... profiles) {
            return new Scanning(Rules.of(profiles).newScanner(), Arrays.asList(profiles));
        }

        void examine(String text) {
            String result = scanner.redact(text);
            assertThat(scanner.steps()).as("steps").isLessThanOrEqualTo(85L * text.length() + 85_000);
            assertThat(FuzzText.broken(result)).as("half a surrogate").isFalse();
            if (text.length() < 256) {
                assertThat(result).isNotEqualTo(TextScanner.WITHHELD);
            }
            String again = scanner.redact(result);
            assertThat(again).isSameAs(result);
        }

        void hides(String secret, String label, Profile profile, String before, String after) {
            if (profiles.contains(profile) && !before.contains(secret) && !after.contains(secret)) {
                String text = before + label + secret + after;
                assertThat(scanner.redact(text)).as("%s", profiles).doesNotContain(secret);
            }
        }
    }

    private static final List<Scanning> ALL = List.of(
            Scanning.with(Profile.SECRETS),
            Scanning.with(Profile.PCI),
            Scanning.with(Profile.SECRETS, Profile.PCI),
            Scanning.with(Profile.GDPR),
            Scanning.with(Profile.HIPAA),
            Scanning.with(Profile.values()));

    @DictionaryFile(resourcePath = "/io/inkfast/mask/fuzz.dict")
    @FuzzTest
    void anyText(byte[] data) {
        String text = FuzzText.of(data);
        for (Scanning each : ALL) {
            each.examine(text);
        }
    }

    @DictionaryFile(resourcePath = "/io/inkfast/mask/fuzz.dict")
    @FuzzTest
    void secretsInAnyText(byte[] data) {
        String text = FuzzText.of(data);
        int middle = text.length() / 2;
        String before = text.substring(0, middle);
        String after = text.substring(middle);
        for (Scanning each : ALL) {
            each.hides(PASSWORD, " password=\"", Profile.SECRETS, before, "\" " + after);
            each.hides(CARD, " card ", Profile.PCI, before, " paid " + after);
            each.hides(EMAIL, " mail ", Profile.GDPR, before, " sent " + after);
        }
    }
}
