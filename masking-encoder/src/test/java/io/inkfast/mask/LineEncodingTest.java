package io.inkfast.mask;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.spi.ILoggingEvent;
import java.lang.reflect.Proxy;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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

    /* A stack that really overflows would leave classes of the JDK uninitialised for all tests behind this one. */
    @Test
    void whereThereIsNoStackLeftALineIsWrittenAllTheSame() {
        ILoggingEvent overflowing = (ILoggingEvent) Proxy.newProxyInstance(
                LineEncodingTest.class.getClassLoader(),
                new Class<?>[] {ILoggingEvent.class},
                (proxy, method, args) -> {
                    throw new StackOverflowError();
                });
        try (Encoding encoding = Encoding.with(directory, "")) {
            String line = new String(encoding.encoder().encode(overflowing), StandardCharsets.UTF_8);
            assertThat(line).contains("[event withheld: ").endsWith("}" + System.lineSeparator());
        }
    }
}
