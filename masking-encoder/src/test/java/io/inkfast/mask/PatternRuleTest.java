package io.inkfast.mask;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PatternRuleTest {

    @TempDir
    Path directory;

    private Encoding with(String elements) {
        return Encoding.with(directory, "<redaction>" + elements + "</redaction>");
    }

    @Test
    void redactsInEveryChannel() {
        try (Encoding encoding = with("""
                <pattern>
                  <name>employee</name><literal>EMP-</literal><regex>EMP-[0-9]+</regex><action>mask</action>
                </pattern>
                <pattern><regex>ACCT [0-9]+</regex><name>account.no</name></pattern>""")) {
            encoding.logger().info("EMP-4711 has {}", "ACCT 12");
            encoding.logger().atInfo().addKeyValue("EMP-4711", "EMP-4711").log("x", new RuntimeException("EMP-4711"));
            assertThat(encoding.sink().lines.get(0)).contains("\"message\":\"**** has ****\"");
            assertThat(encoding.sink().lines).noneMatch(line -> line.contains("4711"));
            assertThat(encoding.complaints()).isEmpty();
        }
    }

    @Test
    void namesTheElementAndThePatternThatIsWrong() {
        try (Encoding encoding = with("""
                <pattern><name>loop</name><regex>KEY(a+)+$</regex></pattern>
                <pattern><name>syntax</name><regex>KEY(</regex></pattern>
                <pattern><name>bare</name><regex>[0-9]+</regex></pattern>
                <pattern><name>two words</name><regex>KEY1</regex></pattern>
                <pattern><regex>KEY1</regex></pattern>
                <pattern><name>none</name></pattern>
                <pattern><name>wide</name><regex>KEY1</regex><maxMatch>1</maxMatch></pattern>""")) {
            encoding.logger().info("KEY1");
            assertThat(encoding.last())
                    .contains("the redaction is misconfigured")
                    .doesNotContain("KEY1");
            assertThat(encoding.complaints())
                    .contains(
                            "ERROR <regex> of <pattern> [loop] repeats a repetition, which may take forever; write the inner one"
                                    + " without + or *, or put something between them that only stands there",
                            "ERROR <regex> of <pattern> [syntax] is not a regular expression: Unclosed group near index 4",
                            "ERROR <regex> of <pattern> [bare] contains no text of at least 3 characters that is part of each"
                                    + " match; name one in <literal>",
                            "ERROR <name> of <pattern> [two words] is not a word of 1 to 64 letters, digits, dots, hyphens and"
                                    + " underscores",
                            "ERROR <name> is required",
                            "ERROR <regex> is required",
                            "ERROR <maxMatch> [1] is not a whole number from 16 to 65536");
        }
    }

    @Test
    void hasActionsAndATypeOfItsOwn() {
        try (Encoding encoding = with("""
                <type>badge = keepLast(2)</type>
                <pattern><name>employee</name><regex>EMP-[0-9]+</regex><action>replace(someone)</action></pattern>
                <pattern><name>badge</name><regex>badge (?&lt;secret>[0-9]+)</regex></pattern>
                <pattern><name>email</name><regex>mailto-[a-z]+</regex><action>nothing</action></pattern>""")) {
            assertThat(encoding.complaints())
                    .anyMatch(complaint -> complaint.startsWith("ERROR <action> of <pattern> [email]"));
        }
        try (Encoding encoding = with("""
                <type>badge = keepLast(2)</type>
                <pattern><name>employee</name><regex>EMP-[0-9]+</regex><action>replace(someone)</action></pattern>
                <pattern><name>badge</name><regex>badge (?&lt;secret>[0-9]+)</regex></pattern>""")) {
            encoding.logger().info("EMP-1 with badge 123456789");
            assertThat(encoding.last()).contains("\"message\":\"someone with badge ****89\"");
            assertThat(encoding.complaints()).isEmpty();
        }
    }

    @Test
    void cannotStandBesideProfileNone() {
        try (Encoding encoding = with("<profile>none</profile><pattern><name>a</name><regex>KEY1</regex></pattern>")) {
            assertThat(encoding.complaints())
                    .contains(
                            "ERROR <profile> [none] switches redaction off and cannot stand beside other profiles or rules");
        }
    }
}
