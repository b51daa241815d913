package io.inkfast.mask;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.inkfast.mask.scan.FuzzText;
import io.inkfast.mask.text.Injection;

/** Any event is one line of text without its secrets; of its exceptions, no line begins with data. */
class PatternLayoutFuzzTest {

    private static final String LINE = "%level [%thread] %logger %.-40msg %msg %X{note} %X %kvp %marker";
    private static final RedactingPatternLayout ONE_LINE = layout(LINE + "%nopex%n");
    private static final RedactingPatternLayout WITH_EXCEPTIONS = layout(LINE + "%n%ex{2}");

    private static RedactingPatternLayout layout(String pattern) {
        RedactingPatternLayout layout = new RedactingPatternLayout();
        layout.setContext(new LoggerContext());
        layout.setPattern(pattern);
        layout.start();
        return layout;
    }

    @DictionaryFile(resourcePath = "fuzz.dict")
    @FuzzTest
    void anyEvent(byte[] data) {
        String script = FuzzText.of(data);
        if (FuzzedEvent.tells(script)) {
            return;
        }
        LoggingEvent event = FuzzedEvent.of(script);
        String line = ONE_LINE.doLayout(event);
        examine(line);
        assertThat(line.indexOf('\n')).as("one line").isEqualTo(line.length() - 1);
        assertThat(line).startsWith("INFO [");
        String lines = WITH_EXCEPTIONS.doLayout(event);
        examine(lines);
        assertThat(lines.lines().skip(1))
                .allMatch(each -> each.startsWith("\t")
                        || each.startsWith("| ")
                        || each.startsWith("java.lang.")
                        || each.startsWith("Caused by: java.lang."));
    }

    private static void examine(String text) {
        assertThat(text).doesNotContain(FuzzedEvent.WORD).doesNotContain(FuzzedEvent.TOKEN);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean harmful = !Character.isLowSurrogate(c) && Injection.harmful(text, i);
            boolean ours = c == '\n' || c == '\t';
            assertThat((harmful || Character.isISOControl(c)) && !ours)
                    .as("harmful at %d", i)
                    .isFalse();
        }
    }
}
