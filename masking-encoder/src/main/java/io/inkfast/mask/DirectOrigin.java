package io.inkfast.mask;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What many events have in common, and what is written for it. One thread. */
final class DirectOrigin {

    /** Of each {@link DirectRun}, by its number; null if it is not known, or not kept. */
    final @Nullable DirectFragment[] fragments;

    private final @Nullable String logger;
    private final @Nullable String thread;
    private final @Nullable Level level;
    private final @Nullable Object context;

    private DirectOrigin(
            int runs,
            @Nullable String logger,
            @Nullable String thread,
            @Nullable Level level,
            @Nullable Object context) {
        this.fragments = new DirectFragment[runs];
        this.logger = logger;
        this.thread = thread;
        this.level = level;
        this.context = context;
    }

    @SuppressWarnings("ReferenceEquality") // levels are constants; the properties are replaced as a whole
    private boolean is(
            @Nullable String itsLogger,
            @Nullable String itsThread,
            @Nullable Level itsLevel,
            @Nullable Object itsContext) {
        return level == itsLevel
                && context == itsContext
                && Objects.equals(logger, itsLogger)
                && Objects.equals(thread, itsThread);
    }

    /** The origins of the last events. */
    static final class Cache {

        private static final int SLOTS = 256;

        private final @Nullable LoggerContext context;
        private final int runs;
        private final @Nullable DirectOrigin[] known = new DirectOrigin[SLOTS];
        private @Nullable DirectOrigin last;
        private int version;

        /** @param runs how many fragments each has */
        Cache(@Nullable LoggerContext context, int runs) {
            this.context = context;
            this.runs = runs;
        }

        /** @param now what was remembered under another version does not hold any more */
        DirectOrigin of(ILoggingEvent event, int now) {
            if (version != now) {
                version = now;
                last = null;
                Arrays.fill(known, null);
            }
            String logger = event.getLoggerName();
            String thread = event.getThreadName();
            Level level = event.getLevel();
            Object properties = context == null ? null : context.getLoggerContextRemoteView();
            DirectOrigin origin = last;
            if (origin == null || !origin.is(logger, thread, level, properties)) {
                int hash = (Objects.hashCode(logger) * 31 + Objects.hashCode(thread)) * 31 + Objects.hashCode(level);
                int slot = (hash ^ (hash >>> 16)) & (SLOTS - 1);
                origin = known[slot];
                if (origin == null || !origin.is(logger, thread, level, properties)) {
                    origin = new DirectOrigin(runs, logger, thread, level, properties);
                    known[slot] = origin;
                }
                last = origin;
            }
            return origin;
        }
    }
}
