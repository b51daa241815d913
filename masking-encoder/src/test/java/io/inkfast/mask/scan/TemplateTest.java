package io.inkfast.mask.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.slf4j.helpers.MessageFormatter;

class TemplateTest {

    private static final String[] FIXED = {
        "Handled order ",
        " of the producer ",
        " and sent the confirmation to the warehouse",
        "password=",
        " token: ",
        "",
        " ",
        "=",
        "\\",
        "\\\\",
        "user ",
        "4111 1111 1111 1111",
        " key \"abc\" ",
        "{",
        "}",
        "f\u00fcr ",
        "card 4111 1111 ",
        "http://",
        "@",
        "<password>",
        "</password>",
        " aaaaaaaaaaaaaaaaaaaaaaaaaaaa ",
        "\nnext line of the text ",
        ":",
        "Authorization: Bearer ",
        "%70assword",
        " \uD83D\uDE00 "
    };

    private static final Object[] ARGUMENTS = {
        "",
        " ",
        "a",
        "hunter2",
        7,
        1234567890123L,
        -1L,
        true,
        'c',
        "1111",
        "1111 1111",
        "4111 1111 1111 1111",
        "{}",
        "\\",
        "password=",
        "=secret",
        "secret: ",
        "ghp_0123456789abcdefghijABCDEFGHIJ012345",
        "user@example.com",
        "gr\u00fcn",
        "\uFF14\uFF11",
        "\uD83D",
        " of the producer ",
        "Handled order Handled order ",
        "x".repeat(70),
        4.5,
        "10.1.2.3",
        "cGFzc3dvcmQ9aHVudGVyMg==",
        "\"",
        "\u0001",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJlMTIz"
    };

    private final Random random = new Random(11);
    private final List<Rules> rules = List.of(
            Rules.of(),
            Rules.of(Profile.SECRETS, Profile.PCI),
            Rules.of(Profile.GDPR),
            Rules.of(Profile.HIPAA),
            Rules.of(Profile.values()));

    private String template() {
        StringBuilder template = new StringBuilder();
        for (int i = random.nextInt(6); i >= 0; i--) {
            template.append(FIXED[random.nextInt(FIXED.length)]);
            template.append(random.nextInt(3) > 0 ? "{}" : "");
        }
        return template.toString();
    }

    private String message(String template) {
        Object[] arguments = new Object[random.nextInt(7)];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = random.nextInt(12) == 0 ? null : ARGUMENTS[random.nextInt(ARGUMENTS.length)];
        }
        return MessageFormatter.arrayFormat(template, arguments).getMessage();
    }

    private static int quiet(Rules rules, String template, String message) {
        Text text = new Text(rules);
        text.load(message);
        Template.of(template, rules.anchors()).mark(text);
        int end = 0;
        int quiet = 0;
        for (int i = 0; i < text.edges; i += 2) {
            assertThat(text.quiet[i]).isBetween(end, text.quiet[i + 1]);
            end = text.quiet[i + 1];
            for (int at = text.quiet[i]; at < end; at++) {
                assertThat(text.chars[at]).isLessThan((char) 0x80);
                assertThat(rules.anchors().asked(text.chars, at))
                        .as("%s at %d of %s", template, at, message)
                        .isZero();
                quiet++;
            }
        }
        assertThat(end).isLessThanOrEqualTo(text.length);
        return quiet;
    }

    @Test
    void noWindowEndsInWhatIsNotSearched() {
        for (Rules one : rules) {
            int quiet = 0;
            for (int i = 0; i < 4_000; i++) {
                String template = template();
                quiet += quiet(one, template, message(random.nextInt(20) == 0 ? template() : template));
            }
            assertThat(quiet).isGreaterThan(4_000);
        }
    }

    @Test
    void theSameIsFoundWithAndWithoutIt() {
        for (Rules one : rules) {
            TextScanner with = one.newScanner();
            TextScanner without = one.newScanner();
            int changed = 0;
            for (int i = 0; i < 4_000; i++) {
                String template = template();
                String message = message(random.nextInt(20) == 0 ? template() : template);
                String expected = without.redact(message);
                assertThat(with.redact(message, with.template(template))).isEqualTo(expected);
                assertThat(with.notes()).as(message).isEqualTo(without.notes());
                assertThat(with.steps()).as(message).isEqualTo(without.steps());
                if (expected.equals(message)) {
                    assertThat(with.ascii()).as(message).isEqualTo(without.ascii());
                } else {
                    changed++;
                }
            }
            assertThat(changed > 200).isEqualTo(!one.profiles().isEmpty());
        }
    }

    @Test
    void littleIsSearchedOfAnOrdinaryMessage() {
        String message = "Handled order 4711 of the producer 7 and sent the confirmation to the warehouse";
        assertThat(quiet(
                        rules.get(1),
                        "Handled order {} of the producer {} and sent the confirmation to the warehouse",
                        message))
                .isGreaterThan(message.length() - 30);
    }

    @Test
    void aMessageOfAnotherTemplateIsSearchedAsAWhole() {
        assertThat(quiet(
                        rules.get(1),
                        "Cancelled order {} of the producer {} in the warehouse",
                        "Handled order 4711 there"))
                .isZero();
    }

    @Test
    void aWindowOfATextAndItsArgumentsIsSeen() {
        TextScanner scanner = rules.get(1).newScanner();
        String template = "The order has password{}hunter2 in its description";
        assertThat(scanner.redact("The order has password=hunter2 in its description", scanner.template(template)))
                .isEqualTo("The order has password=**** in its description");
    }
}
