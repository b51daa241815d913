package io.inkfast.component;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.spi.LoggingEventVO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventIdentityTest {

    private final LoggerContext context = new LoggerContext();
    private EventIdentity identity;

    @BeforeEach
    void begin() {
        context.setMDCAdapter(new ch.qos.logback.classic.util.LogbackMDCAdapter());
        identity = EventIdentity.of(context);
    }

    private LoggingEvent event() {
        return new LoggingEvent("x", context.getLogger("a"), Level.INFO, "m", null, null);
    }

    @Test
    void anEventKeepsTheNumberThatItGotFirst() {
        LoggingEvent event = event();
        assertThat(identity.numbered(event)).isSameAs(event);
        assertThat(identity.numbered(event)).isSameAs(event);
        assertThat(identity.id(event)).isEqualTo(identity.runId() + "-1");
        assertThat(identity.id(identity.numbered(event()))).isEqualTo(identity.runId() + "-2");
    }

    @Test
    void anEventThatIsNotLogbacksOwnIsSeenWithANumber() {
        ILoggingEvent foreign = LoggingEventVO.build(event());
        ILoggingEvent first = identity.numbered(foreign);
        assertThat(identity.numbered(first)).isSameAs(first);
        assertThat(identity.id(first)).isEqualTo(identity.runId() + "-1");
        assertThat(first.getMessage()).isEqualTo("m");
        assertThat(identity.id(identity.numbered(foreign))).isEqualTo(identity.runId() + "-2");
        assertThat(foreign.getSequenceNumber()).isZero();
    }

    @Test
    void aNumberFromElsewhereIsLeftAlone() {
        LoggingEvent numbered = event();
        numbered.setSequenceNumber(77);
        ILoggingEvent foreign = LoggingEventVO.build(numbered);
        assertThat(identity.numbered(numbered).getSequenceNumber()).isEqualTo(77);
        assertThat(identity.numbered(foreign)).isSameAs(foreign);
        assertThat(identity.id(foreign)).isEqualTo(identity.runId() + "-77");
    }

    @Test
    void theRunIsTheEventsOwn() {
        EventView recovered = new EventView(event()) {
            @Override
            public String eventId() {
                return "0123456789abcdef-17";
            }
        };
        assertThat(identity.runId(recovered)).isEqualTo("0123456789abcdef");
        assertThat(identity.runId(event())).isEqualTo(identity.runId()).matches("[0-9a-z]{16}");
    }

    @Test
    void aResetBeginsARun() {
        String before = identity.runId();
        identity.numbered(event());
        context.reset();
        EventIdentity next = EventIdentity.of(context);
        assertThat(next.runId()).isNotEqualTo(before);
        assertThat(next.id(next.numbered(event()))).isEqualTo(next.runId() + "-1");
    }
}
