package io.inkfast.testing;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.core.spi.LifeCycle;
import io.inkfast.component.Health;
import io.inkfast.component.Managed;
import java.time.Duration;
import java.time.Instant;

/** What the health of every appender says while it is not running. */
public final class StoppedHealth {

    private StoppedHealth() {}

    /** Before the first start, and of one that runs now and is stopped here: that, and since when. */
    public static <A extends Managed & LifeCycle> void check(A neverStarted, A running) {
        Instant made = neverStarted.health().since();
        assertNotRunning(neverStarted, made);
        assertThat(running.health().lastError()).isNotEqualTo("not running");
        Instant before = Instant.now();
        running.stop();
        Instant stopped = running.health().since();
        assertThat(stopped).isBetween(before, Instant.now());
        assertNotRunning(running, stopped);
    }

    private static void assertNotRunning(Managed appender, Instant since) {
        Instant now = Instant.now();
        while (!Instant.now().isAfter(now)) {
            Thread.onSpinWait();
        }
        assertThat(appender.health()).isEqualTo(new Health(false, "not running", since, Duration.ZERO));
    }
}
