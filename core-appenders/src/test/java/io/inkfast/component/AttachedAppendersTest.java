package io.inkfast.component;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.Test;

class AttachedAppendersTest {

    private final LoggerContext context = new LoggerContext();
    private final Appender<ILoggingEvent> sink = new ListAppender<>();
    private final Appender<ILoggingEvent> other = new ListAppender<>();
    private final AsyncAppender outer = new AsyncAppender();
    private final AsyncAppender inner = new AsyncAppender();

    @Test
    void findsEachOnceAndTheOnesBehindAfterThoseInFront() {
        outer.addAppender(inner);
        inner.addAppender(sink);
        context.getLogger("a").addAppender(outer);
        context.getLogger("b").addAppender(sink);
        context.getLogger("c").addAppender(other);
        assertThat(AttachedAppenders.of(context)).containsExactly(outer, inner, sink, other);
    }

    @Test
    void endsWhereAppendersLeadRoundInACircle() {
        outer.addAppender(inner);
        inner.addAppender(outer);
        assertThat(AttachedAppenders.behind(outer)).containsExactly(inner, outer);
        assertThat(AttachedAppenders.leads(inner, outer)).isTrue();
        assertThat(AttachedAppenders.leads(inner, sink)).isFalse();
    }

    @Test
    void findsNothingBehindOneThatRefersToNone() {
        assertThat(AttachedAppenders.behind(sink)).isEmpty();
        assertThat(AttachedAppenders.leads(sink, sink)).isTrue();
        assertThat(AttachedAppenders.leads(sink, other)).isFalse();
    }
}
