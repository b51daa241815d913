package io.inkfast.mask;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** What surrounds the JSON of a line, and its bytes. */
class LineEncodingTest {

    @TempDir
    Path directory;

    @Nested
    class Encodings {

        @ParameterizedTest
        @ValueSource(strings = {"UTF-8", "utf-8", "UTF-16BE", "UTF-16LE", "UTF-32BE", "UTF-32LE"})
        void eachEventIsALineOfItsOwn(String name) {
            try (Encoding encoding = Encoding.with(directory, "<encoding>" + name + "</encoding>")) {
                for (int i = 0; i < 3; i++) {
                    encoding.logger().info("Gr\u00fc\u00dfe {} password={}", i, "hunter2");
                }
                assertThat(encoding.complaints()).isEmpty();
                for (int i = 0; i < 3; i++) {
                    String line = new String(encoding.sink().encoded.get(i), Charset.forName(name));
                    assertThat(JsonMapper.shared().readTree(line).get("message").asString())
                            .isEqualTo("Gr\u00fc\u00dfe " + i + " password=****");
                    assertThat(line).endsWith("}" + System.lineSeparator());
                }
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"ISO-8859-1", "UTF-16", "UTF8"})
        void anyOtherIsRefused(String name) {
            try (Encoding encoding = Encoding.with(directory, "<encoding>" + name + "</encoding>")) {
                encoding.logger().info("hello");
                assertThat(encoding.last()).contains("event withheld").doesNotContain("hello");
                assertThat(encoding.complaints())
                        .anyMatch(c -> c.startsWith("ERROR <encoding> [" + name
                                + "] is not one of UTF-8, UTF-16BE, UTF-16LE, UTF-32BE, UTF-32LE"));
            }
        }
    }

    @Test
    void dataInPrefixAndSuffixBeginsNoLineAndMovesNoCursor() {
        String affix = "<%1$s class='ch.qos.logback.classic.encoder.PatternLayoutEncoder'><pattern>%%X{user}</pattern>"
                + "</%1$s>";
        try (Encoding encoding = Encoding.with(directory, affix.formatted("prefix") + affix.formatted("suffix"))) {
            encoding.context().getMDCAdapter().put("user", "x\n{\"forged\":1}\u001b[2J");
            encoding.logger().info("hello");
            String safe = "x\\n{\"forged\":1}\\u001B[2J";
            assertThat(encoding.last())
                    .startsWith(safe + "{\"@timestamp\"")
                    .endsWith("}" + safe + System.lineSeparator())
                    .satisfies(line -> assertThat(line.lines()).hasSize(1));
        }
    }

    @Test
    void whereTheStackOverflowsALineIsWrittenAllTheSame() {
        try (Encoding encoding = Encoding.with(directory, "")) {
            // Classes that were initialised without stack would be lost to the tests behind this one.
            encoding.logger().info("hello {}", new RedactingJsonEncoderTest.Throwing());
            encoding.logger()
                    .atInfo()
                    .addKeyValue("a", new RedactingJsonEncoderTest.Throwing())
                    .log("hello");
            Recursion recursion = new Recursion(encoding);
            recursion.deeper();
            assertThat(recursion.escaped).isNull();
            assertThat(recursion.lines).isGreaterThan(10);
        }
    }

    /** Overflows, and encodes an event at each of the deepest levels. */
    private static final class Recursion {

        private final Encoding encoding;
        private int lines;
        private Throwable escaped;

        Recursion(Encoding encoding) {
            this.encoding = encoding;
        }

        void deeper() {
            try {
                deeper();
            } catch (StackOverflowError e) {
                // The deepest of all
            }
            if (lines < 200) {
                encode();
            }
        }

        private void encode() {
            try {
                byte[] line = encoding.encoder().encode(encoding.sink().events.get(0));
                lines += line.length > 0 ? 1 : 0;
            } catch (Throwable e) {
                // Before the encoder was reached there is nothing that it could do.
                if (Arrays.stream(e.getStackTrace())
                                .limit(3)
                                .noneMatch(frame -> frame.getMethodName().equals("encode")
                                        && frame.getClassName().equals(RedactingJsonEncoder.class.getName()))
                        && Arrays.stream(e.getStackTrace())
                                .anyMatch(frame -> frame.getClassName().equals(RedactingJsonEncoder.class.getName()))) {
                    escaped = e;
                }
            }
        }
    }
}
