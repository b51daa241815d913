package io.inkfast.mask;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The word before a placeholder is the name of its argument. */
class MessageTemplateTest {

    @TempDir
    Path directory;

    private String message(Object[] arguments, String template) {
        try (Encoding encoding = Encoding.with(directory, "")) {
            encoding.logger().info(template, arguments);
            return encoding.last();
        }
    }

    @Test
    void oneCallWithTooFewArgumentsDoesNotChangeWhatIsMaskedInTheNext() {
        try (Encoding encoding = Encoding.with(directory, "")) {
            String template = "u={} password={} end {}";
            encoding.logger().info(template, "x");
            encoding.logger().info(template, "x", "my secret pass phrase", 3);
            assertThat(encoding.last()).contains("\"message\":\"u=x password=**** end 3\"");
        }
    }

    @Test
    void anArgumentBehindManyOthersIsMaskedToo() {
        Object[] arguments = new Object[1501];
        for (int count : new int[] {64, 70, 700, 1500}) {
            Arrays.fill(arguments, "a");
            arguments[count] = "one two three";
            assertThat(message(Arrays.copyOf(arguments, count + 1), "{} ".repeat(count) + "password={}"))
                    .contains(" a password=****\"")
                    .doesNotContain("three");
        }
    }

    @Test
    void anExceptionBehindASensitiveNameIsMaskedAsAWhole() {
        assertThat(message(new Object[] {new IllegalStateException("Zorblax Quux"), 1}, "password={} x {}"))
                .contains("\"message\":\"password=**** x 1\"");
    }
}
