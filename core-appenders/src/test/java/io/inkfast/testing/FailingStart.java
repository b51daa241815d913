package io.inkfast.testing;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.status.StatusListener;
import ch.qos.logback.core.status.StatusManager;

/** An appender whose start fails in its very last step. */
public final class FailingStart {

    private FailingStart() {}

    /**
     * It is as before, and can be started later.
     *
     * @param last what it says when all else is done
     */
    public static void check(LogbackHarness harness, Appender<ILoggingEvent> appender, String last) {
        appender.stop();
        StatusManager statuses = harness.context().getStatusManager();
        StatusListener fails = status -> {
            if (status.getMessage().startsWith(last)) {
                throw new IllegalStateException();
            }
        };
        statuses.add(fails);
        appender.start();
        statuses.remove(fails);
        assertThat(appender.isStarted()).isFalse();
        assertThat(harness.complaints())
                .containsExactly(
                        "ERROR appender [" + appender.getName()
                                + "]: its start failed with java.lang.IllegalStateException",
                        "ERROR appender [" + appender.getName()
                                + "] is not started; its events are rejected, and shown on standard error");
        appender.start();
        assertThat(appender.isStarted()).isTrue();
    }
}
