package io.inkfast.net.syslog;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import io.inkfast.internal.Settings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StructuredDataTest {

    private final LoggerContext context = new LoggerContext();
    private final Settings settings = new Settings();

    @BeforeEach
    void prepare() {
        context.setMDCAdapter(new LogbackMDCAdapter());
    }

    private LoggingEvent event(String mdc) {
        LoggingEvent event = new LoggingEvent("x", context.getLogger("a"), Level.INFO, "m", null, null);
        event.setMDCPropertyMap(Map.of("k", mdc));
        return event;
    }

    private String of(String pattern, String mdc) {
        StructuredData data = StructuredData.read("x@1", List.of(pattern), context, settings);
        assertThat(settings.problems()).isEmpty();
        return data.of(event(mdc), "run-1");
    }

    @Test
    void theIdComesFirstAndThenWhatIsConfigured() {
        assertThat(of("key = %X{k}", "v")).isEqualTo("[x@1 event.id=\"run-1\" key=\"v\"]");
    }

    @Test
    void whatIsEmptyIsLeftOut() {
        assertThat(of("key=%X{other}", "v")).isEqualTo("[x@1 event.id=\"run-1\"]");
    }

    @Test
    void noValueCanEndItsQuotesOrItsElement() {
        assertThat(of("key=%X{k}", "a\"] [b@2 c=\"\\d\n\u0085"))
                .isEqualTo("[x@1 event.id=\"run-1\" key=\"a\\\"\\] [b@2 c=\\\"\\\\d??\"]");
    }

    @Test
    void longValuesAreCutBetweenCharacters() {
        assertThat(of("key=%X{k}", "x".repeat(1023) + "\ud83d\ude00"))
                .isEqualTo("[x@1 event.id=\"run-1\" key=\"" + "x".repeat(1023) + "\"]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b=%m", "=%m", "key", "a\"=%m", "a]=%m"})
    void aWrongParameterIsAProblem(String text) {
        StructuredData.read("x@1", List.of(text), context, settings);
        assertThat(settings.problems())
                .containsExactly(
                        "<parameter> [" + text + "] is not a name, = and a pattern, such as trace=%X{traceId}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=%nonsense", "a=%X{k"})
    void aPatternThatLogbackCannotReadIsAProblem(String text) {
        StructuredData.read("x@1", List.of(text), context, settings);
        assertThat(settings.problems())
                .containsExactly("<parameter> [" + text + "] has a pattern that Logback cannot read");
    }

    @Test
    void theStackTraceOfAnEventIsInNoValue() {
        LoggingEvent event = event("v");
        event.setThrowableProxy(new ThrowableProxy(new IllegalStateException("x")));
        StructuredData data = StructuredData.read("x@1", List.of("key=%X{k}"), context, settings);
        assertThat(data.of(event, "run-1")).isEqualTo("[x@1 event.id=\"run-1\" key=\"v\"]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=1", "event.id=1"})
    void aNameThatIsThereAlreadyIsAProblem(String text) {
        StructuredData.read("x@1", List.of("a=2", text), context, settings);
        assertThat(settings.problems()).containsExactly("<parameter> [" + text + "] has a name that is there already");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a=b", "a]", "\"", ""})
    void aWrongNameOfTheElementIsAProblem(String id) {
        StructuredData.read(id, List.of(), context, settings);
        assertThat(settings.problems())
                .hasSize(1)
                .allMatch(text -> text.startsWith("<structuredDataId> [" + id + "] "));
    }
}
