package io.inkfast.mask;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkfast.mask.scan.Profile;
import io.inkfast.mask.scan.Rules;
import io.inkfast.mask.scan.TextScanner;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.slf4j.helpers.MessageFormatter;

/** Whatever part of a text is in the template and whatever comes from arguments, the same is found in it. */
class TemplatesOfTheCorpusTest {

    private final Random random = new Random(5);
    private final TextMix texts = new TextMix(random);

    private final List<Rules> rules =
            List.of(Rules.of(Profile.SECRETS, Profile.PCI), Rules.of(Profile.GDPR), Rules.of(Profile.values()));

    /* A text with placeholders instead of some of its parts, which are added to the arguments. */
    private String template(String text, List<Object> arguments) {
        StringBuilder template = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            int fixed = Math.min(text.length(), at + random.nextInt(40));
            int argument = Math.min(text.length(), fixed + random.nextInt(20));
            template.append(text, at, fixed).append("{}");
            arguments.add(text.substring(fixed, argument));
            at = argument;
        }
        return template.toString();
    }

    @Test
    void whereverTheirArgumentsBegin() {
        for (Rules one : rules) {
            TextScanner with = one.newScanner();
            TextScanner without = one.newScanner();
            for (int i = 0; i < 4_000; i++) {
                List<Object> arguments = new java.util.ArrayList<>();
                String template = template(texts.next(), arguments);
                String message = MessageFormatter.arrayFormat(template, arguments.toArray())
                        .getMessage();
                assertThat(with.redact(message, with.template(template)))
                        .as(template)
                        .isEqualTo(without.redact(message));
                assertThat(with.notes()).as(template).isEqualTo(without.notes());
            }
        }
    }
}
