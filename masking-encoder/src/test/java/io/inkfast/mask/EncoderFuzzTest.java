package io.inkfast.mask;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.inkfast.mask.scan.FuzzText;
import io.inkfast.mask.text.Injection;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Any event becomes one line of valid JSON without its secrets, and is not lost. */
class EncoderFuzzTest {

    private static final JsonFactory JSON = JsonFactory.builder().build();

    private static final List<RedactingJsonEncoder> ENCODERS =
            List.of(encoder("secrets, pci"), encoder("secrets, pci, gdpr, hipaa"), encoder("strict"));

    private static RedactingJsonEncoder encoder(String profiles) {
        LoggerContext context = new LoggerContext();
        Redaction redaction = new Redaction();
        redaction.setContext(context);
        redaction.addProfile(profiles);
        RedactingJsonEncoder encoder = new RedactingJsonEncoder();
        encoder.setContext(context);
        encoder.setRedaction(redaction);
        encoder.setIncludeNonStructuredArguments(true);
        encoder.start();
        return encoder;
    }

    @DictionaryFile(resourcePath = "fuzz.dict")
    @FuzzTest
    void anyEvent(byte[] data) throws CharacterCodingException {
        String script = FuzzText.of(data);
        if (FuzzedEvent.tells(script)) {
            return;
        }
        LoggingEvent event = FuzzedEvent.of(script);
        for (RedactingJsonEncoder encoder : ENCODERS) {
            byte[] line = encoder.encode(event);
            assertThat(encoder.getWithheldEvents()).as("withheld").isZero();
            examine(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line))
                    .toString());
        }
    }

    private static void examine(String line) {
        assertThat(line).doesNotContain(FuzzedEvent.WORD).doesNotContain(FuzzedEvent.TOKEN);
        assertThat(line.indexOf('\n')).as("one line").isEqualTo(line.length() - 1);
        for (int i = 0; i < line.length() - 1; i++) {
            boolean harmful = !Character.isLowSurrogate(line.charAt(i)) && Injection.harmful(line, i);
            assertThat(harmful || Character.isISOControl(line.charAt(i)))
                    .as("harmful at %d", i)
                    .isFalse();
        }
        Set<String> names = new HashSet<>();
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), line)) {
            assertThat(parser.nextToken()).isEqualTo(JsonToken.START_OBJECT);
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                assertThat(names.add(parser.currentName())).as("unique names").isTrue();
                parser.nextToken();
                parser.skipChildren();
            }
            assertThat(parser.nextToken()).isNull();
        }
        assertThat(names).contains("@timestamp", "level", "message", "logger_name", "thread_name", "stack_trace");
    }
}
