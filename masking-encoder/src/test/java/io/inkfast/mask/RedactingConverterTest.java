package io.inkfast.mask;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedactingConverterTest {

    private static final IllegalStateException BOOM =
            new IllegalStateException("password=hunter22 x\nforged", new RuntimeException("card 4111111111111111"));

    @TempDir
    Path directory;

    @Test
    void redactsWhatStandsInTheParentheses() {
        try (PatternOutput output =
                PatternOutput.plain(directory, "%level %redact(%.-12msg %X{password} %kvp %highlight(%marker) %n)")) {
            output.context().getMDCAdapter().put("password", "hunter22");
            output.logger()
                    .atInfo()
                    .addMarker(org.slf4j.MarkerFactory.getDetachedMarker("m\nn"))
                    .addKeyValue("apiKey", "hunter22")
                    .log("4111111111111111\nforged");
            assertThat(output.last())
                    .isEqualTo("INFO ****\\nforged **** apiKey=\"****\" \u001b[34mm\\nn\u001b[0;39m \n");
            assertThat(output.harness().complaints()).isEmpty();
        }
    }

    @Test
    void printsExceptionsRedactedAlthoughNobodyAskedForThem() {
        try (PatternOutput output = PatternOutput.plain(directory, "%level %redact(%msg) %n")) {
            output.logger().info("hello", BOOM);
            assertThat(output.last())
                    .startsWith("INFO hello\n| java.lang.IllegalStateException: password=**** x\\nforged\n\tat ")
                    .contains("\n| Caused by: java.lang.RuntimeException: card ****\n\t")
                    .doesNotContain("hunter")
                    .doesNotContain("4111")
                    .endsWith(" \n");
            assertThat(output.last().split("IllegalStateException", -1)).hasSize(2);
            output.logger().info("hello");
            assertThat(output.last()).isEqualTo("INFO hello \n");
        }
    }

    @Test
    void printsThemWhereThePatternSays() {
        try (PatternOutput output = PatternOutput.plain(directory, "%redact(%level %ex{1} - %msg%n)")) {
            output.logger().info("hello", BOOM);
            assertThat(output.last())
                    .startsWith("INFO java.lang.IllegalStateException: password=**** x\\nforged\n\tat ")
                    .endsWith(" - hello\n")
                    .doesNotContain("hunter");
        }
    }

    @Test
    void saysThatExceptionsBehindItAreNotRedacted() {
        try (PatternOutput output = PatternOutput.plain(directory, "%redact(%msg) %n%ex")) {
            output.logger().info("hello", new IllegalStateException("boom"));
            assertThat(output.last()).startsWith("hello \njava.lang.IllegalStateException: boom\n\tat ");
            assertThat(output.harness().complaints())
                    .containsExactly(
                            "WARN An exception that is printed behind %redact(...) is not redacted; put %ex into"
                                    + " the parentheses");
        }
    }

    @Test
    void printsNoExceptionIfThePatternSaysSo() {
        try (PatternOutput output = PatternOutput.plain(directory, "%redact(%msg) %nopex")) {
            output.logger().info("hello", BOOM);
            assertThat(output.last()).isEqualTo("hello ");
            assertThat(output.harness().complaints()).isEmpty();
        }
    }

    @Test
    void takesProfilesAsOptions() {
        try (PatternOutput output = PatternOutput.plain(directory, "%redact(%msg){pci}")) {
            output.logger().info("password=hunter22 4111111111111111");
            assertThat(output.last()).isEqualTo("password=hunter22 ****");
        }
        try (PatternOutput output = PatternOutput.plain(directory, "%redact(%msg){pcii}")) {
            output.logger().info("hello");
            assertThat(output.last()).isEqualTo("[withheld]");
            assertThat(output.harness().complaints())
                    .containsExactly(
                            "ERROR %redact: <profile> [pcii] is not one of secrets, pci, gdpr, hipaa, strict, none; did you mean pci?");
        }
    }
}
