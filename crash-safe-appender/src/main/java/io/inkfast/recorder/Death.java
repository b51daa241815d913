package io.inkfast.recorder;

import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A process that ended without a word.
 *
 * @param time   of its last event, or when its ring was made if it has none
 * @param events how many were saved
 * @param file   where they are; null if there was none
 */
record Death(long pid, Instant time, int events, @Nullable Path file) {

    /** One sentence for whoever reads the log. */
    String sentence() {
        String events = file == null
                ? "it had recorded no event"
                : this.events == 1
                        ? "its last event is in [" + file + "]"
                        : "its last " + this.events + " events are in [" + file + "]";
        return "process " + pid + " ended without shutdown at about " + time + "; " + events;
    }
}
