package io.inkfast.component;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How an appender is doing.
 *
 * @param healthy         false while its sink fails or hangs, and while it is not running
 * @param lastError       class and kind of the last failure, no content; null if there was none; {@code not running} while
 *                        that is so
 * @param since           when it became as healthy as it is
 * @param oldestQueuedAge how long the oldest unwritten event has waited; zero if there is none
 * @since 0.1.0
 */
public record Health(boolean healthy, @Nullable String lastError, Instant since, Duration oldestQueuedAge) {

    /**
     * Of an appender that is stopped, or was never started.
     *
     * @param since when it was stopped, or made
     */
    public static Health notRunning(Instant since) {
        return new Health(false, "not running", since, Duration.ZERO);
    }
}
