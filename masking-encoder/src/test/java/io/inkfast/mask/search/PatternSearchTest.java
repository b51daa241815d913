package io.inkfast.mask.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkfast.mask.scan.Profile;
import io.inkfast.mask.scan.Replacement;
import io.inkfast.mask.scan.Rules;
import io.inkfast.mask.scan.TextScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatternSearchTest {

    private final AtomicInteger withheld = new AtomicInteger();

    private TextScanner scanner(boolean linear, String... regexes) {
        return scanner(linear, null, 512, regexes);
    }

    private TextScanner scanner(boolean linear, String literal, int margin, String... regexes) {
        Rules.Builder rules = new Rules.Builder(List.of(Profile.SECRETS, Profile.PCI));
        List<UserPattern> patterns = new ArrayList<>();
        for (String regex : regexes) {
            try {
                patterns.add(UserPattern.of(rules.own(Replacement.MASK), literal, regex, margin, linear));
            } catch (UserPattern.Unusable e) {
                throw new IllegalArgumentException(e.getMessage(), e);
            }
        }
        return rules.search(PatternSearch.source(patterns))
                .tally(withheld::incrementAndGet)
                .build()
                .newScanner();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void replacesEachMatch(boolean linear) {
        TextScanner scanner = scanner(linear, "EMP-[0-9]+", "ACC[0-9]{4}");
        assertThat(scanner.redact("EMP-1 and EMP-22, ACC1234 but emp-3 ACC12 EMP-"))
                .isEqualTo("**** and ****, **** but emp-3 ACC12 EMP-");
        String clean = "nothing here";
        assertThat(scanner.redact(clean)).isSameAs(clean);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void ignoresTheCaseWhereTheExpressionDoes(boolean linear) {
        assertThat(scanner(linear, "(?i)emp-[0-9]+").redact("EMP-1 emp-2")).isEqualTo("**** ****");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void replacesOnlyTheNamedGroup(boolean linear) {
        assertThat(scanner(linear, "room (?<secret>[0-9]+)").redact("room 12, room 7"))
                .isEqualTo("room ****, room ****");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void findsWholeMatchesThatAreLargerThanTheirWindow(boolean linear) {
        String longOne = "x".repeat(10_000);
        assertThat(scanner(linear, "EMP-[0-9x]+").redact("a EMP-" + longOne + " b"))
                .isEqualTo("a **** b");
        assertThat(scanner(linear, "[0-9x]+-EMP").redact("a " + longOne + "-EMP b"))
                .isEqualTo("a **** b");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void looksAroundALiteralThatIsNoPartOfTheMatch(boolean linear) {
        TextScanner scanner = scanner(linear, "employee", 16, "\\b[0-9]{6}\\b");
        assertThat(scanner.redact("employee no 123456, but far away from all of that 654321"))
                .isEqualTo("employee no ****, but far away from all of that 654321");
    }

    @Test
    void mergesWithWhatTheProfilesFind() {
        assertThat(scanner(false, "EMP-[0-9]+").redact("password=EMP-1 EMP-2 4111111111111111"))
                .isEqualTo("password=**** **** ****");
    }

    @Test
    void seesThroughDisguises() {
        assertThat(scanner(false, "EMP-[0-9]+").redact("x E\u200bMP-1\uff12 y")).isEqualTo("x **** y");
    }

    @Test
    void withholdsATextThatTakesTooLong() {
        // No loop stands in a loop, but there are too many ways all the same.
        TextScanner scanner = scanner(false, "EMP-a*a*a*a*a*a*c");
        assertThat(scanner.redact("EMP-" + "a".repeat(200))).isEqualTo(TextScanner.WITHHELD);
        assertThat(withheld).hasValue(1);
        assertThat(scanner.redact("EMP-aac")).isEqualTo("****");
    }

    @Test
    void withholdsATextThatOverflowsTheStack() {
        TextScanner scanner = scanner(false, "EMP-", 65_536, "EMP-(a|b)*c");
        assertThat(scanner.redact("EMP-" + "ab".repeat(60_000))).isEqualTo(TextScanner.WITHHELD);
        assertThat(scanner.redact("EMP-abc")).isEqualTo("****");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void staysLinearWithManyLiterals(boolean linear) {
        TextScanner scanner = scanner(linear, "EMP-[0-9]+");
        String text = "EMP-12 xyz".repeat(100_000);
        assertThat(scanner.redact(text)).isEqualTo("**** xyz".repeat(100_000));
        assertThat(scanner.redact("EMP-xy abc".repeat(100_000))).isEqualTo("EMP-xy abc".repeat(100_000));
        assertThat(withheld).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"(a+)+$", "EMP-([0-9]+ ?)+", "(?:\\w+\\s?)*EMP-1"})
    void refusesLoopsInLoops(String regex) {
        assertThatThrownBy(() -> scanner(true, regex)).hasMessageContaining("repeats a repetition");
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "[a", "a{2", "*a", "(?<secret"})
    void refusesWhatDoesNotCompile(String regex) {
        assertThatThrownBy(() -> scanner(true, regex)).hasMessageContaining("is not a regular expression");
    }

    @Test
    void refusesWhatMatchesNothingOrHasNoLiteral() {
        assertThatThrownBy(() -> scanner(true, "[0-9]*")).hasMessageContaining("matches the empty text");
        assertThatThrownBy(() -> scanner(true, "[0-9]+")).hasMessageContaining("name one in <literal>");
    }
}
