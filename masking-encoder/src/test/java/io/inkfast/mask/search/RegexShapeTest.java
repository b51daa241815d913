package io.inkfast.mask.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegexShapeTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(a+)+$",
                "(a*)*b",
                "(?:x|a+)*",
                "([a-z]+)*@",
                "(\\w+\\s?)*",
                "((a+)b?)+",
                "(a+){1,50}",
                "(.*,)+x",
                "(?<n>\\d+|-)+",
                "([A-Z]+[a-z]*)+",
                "(\\Qa\\E+)+",
                "([^\"]+)*",
                "(?i)(A+a?)+"
            })
    void knowsLoopsInLoops(String regex) {
        Pattern.compile(regex);
        assertThat(RegexShape.of(regex).nestedLoops()).as(regex).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "EMP-[0-9]+",
                "(?:-[0-9]+)+",
                "([a-z]+\\.)+[a-z]+",
                "([0-9]{1,3}\\.){3}[0-9]{1,3}",
                "(?>a+)+",
                "(a++)+",
                "([a-z]+[0-9]+)*",
                "(ab)+",
                "[+*]+x",
                "(\\Q(a+)\\E)+",
                "\\(a+\\)+",
                "([a-z]+(?:\\.[0-9]*)?)",
                "(a{2,3})+"
            })
    void allowsLoopsThatCannotShareATextInManyWays(String regex) {
        Pattern.compile(regex);
        assertThat(RegexShape.of(regex).nestedLoops()).as(regex).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "EMP-[0-9]+, EMP-",
        "\\bEMP-[0-9]+, EMP-",
        "[0-9]+-EMPLOYEE, -EMPLOYEE",
        "a\\.b\\.c+, a.b.",
        "(?i)mrn: ?\\d+, mrn:",
        "\\Qa+b\\E\\d, a+b",
        "kv=(?<secret>\\S+), kv=",
        "abcd?x, abc",
        "abc{3}x, ab",
        "ab|abcdef, ''",
        "[abc]+, ''",
        "(?x)a b c d, ''",
        "\\x41BCD, BCD",
        "(?<!x)ACC-\\d+, ACC-"
    })
    void takesTheLiteralOfTheExpression(String regex, String literal) {
        Pattern.compile(regex);
        assertThat(RegexShape.of(regex).literal()).isEqualTo(literal.length() < 3 ? "" : literal);
    }

    @Test
    void readsAnyExpressionThatCompiles() {
        String alphabet = "ab()[]{}*+?|\\^$.-&QEdw<>:=!,2";
        java.util.Random random = new java.util.Random(3);
        int compiled = 0;
        for (int i = 0; i < 300_000; i++) {
            StringBuilder regex = new StringBuilder();
            for (int k = random.nextInt(10); k >= 0; k--) {
                regex.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            try {
                Pattern.compile(regex.toString());
            } catch (java.util.regex.PatternSyntaxException e) {
                continue;
            }
            compiled++;
            RegexShape.of(regex.toString());
        }
        assertThat(compiled).isGreaterThan(10_000);
    }
}
