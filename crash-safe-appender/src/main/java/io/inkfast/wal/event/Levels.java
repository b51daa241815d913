package io.inkfast.wal.event;

import ch.qos.logback.classic.Level;
import org.jspecify.annotations.Nullable;

/** The levels of {@link EventRecord}. */
@SuppressWarnings("deprecation") // ALL is no level to log at, which does not keep anybody from it.
final class Levels {

    private static final Level[] ALL = {
        Level.OFF, Level.ERROR, Level.WARN, Level.INFO, Level.DEBUG, Level.TRACE, Level.ALL
    };

    private Levels() {}

    /** That of an event without one is ERROR: encoders cannot do without, and nobody may overlook it. */
    static int code(@Nullable Level level) {
        for (int i = 0; i < ALL.length; i++) {
            if (ALL[i] == level) {
                return i;
            }
        }
        return 1;
    }

    static Level of(int code) throws DamagedEventException {
        if (code >= ALL.length) {
            throw new DamagedEventException("the record has an unknown level");
        }
        return ALL[code];
    }
}
