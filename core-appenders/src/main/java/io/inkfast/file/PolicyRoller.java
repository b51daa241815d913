package io.inkfast.file;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.rolling.LengthCounter;
import ch.qos.logback.core.rolling.RollingPolicy;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.rolling.TimeBasedRollingPolicy;
import ch.qos.logback.core.rolling.TriggeringPolicy;
import ch.qos.logback.core.rolling.helper.CompressionMode;
import io.inkfast.component.Notices;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Rolls with Logback's policies. Under the lock of the file. */
final class PolicyRoller implements Roller<ILoggingEvent> {

    private final RollingPolicy rolling;
    private final TriggeringPolicy<ILoggingEvent> triggering;
    private final Notices notices;
    private final LongSupplier length;
    private final boolean ticks;
    private final boolean wantsEvent;
    private @Nullable ActiveFile active;

    /** @param length the length of the active file, with what is on its way to it */
    PolicyRoller(
            RollingPolicy rolling, TriggeringPolicy<ILoggingEvent> triggering, Notices notices, LongSupplier length) {
        this.rolling = rolling;
        this.triggering = triggering;
        this.notices = notices;
        this.length = length;
        ticks = triggering instanceof TimeBasedRollingPolicy<?> timeBased
                && isLogbacks(timeBased)
                && isLogbacks(timeBased.getTimeBasedFileNamingAndTriggeringPolicy());
        wantsEvent = !isLogbacks(triggering);
    }

    private static boolean isLogbacks(@Nullable Object policy) {
        return policy != null && policy.getClass().getName().startsWith("ch.qos.logback.core.rolling.");
    }

    @Override
    public Path file() {
        return Path.of(rolling.getActiveFileName());
    }

    @Override
    public boolean due(@Nullable ILoggingEvent event) {
        if (triggering.getClass() == SizeBasedTriggeringPolicy.class
                && triggering instanceof SizeBasedTriggeringPolicy<?> size
                && size.getCheckIncrement() == null) {
            // It looks only once a minute, unless told otherwise: the size is to be exact.
            return length.getAsLong() >= size.getMaxFileSize().getSize();
        }
        return triggers(event);
    }

    /* Of a policy for time and size only the time is asked: a file that is full waits for the event it has no room for. */
    @Override
    public boolean dueByClock() {
        LengthCounter counter = triggering.getLengthCounter();
        if (!ticks || counter == null) {
            return ticks && triggers(null);
        }
        long bytes = counter.getLength();
        counter.reset();
        boolean due = triggers(null);
        if (!due) {
            counter.add(bytes);
        }
        return due;
    }

    @SuppressWarnings("NullAway") // Logback's own policies don't look at the event; others get one.
    private boolean triggers(@Nullable ILoggingEvent event) {
        try {
            return triggering.isTriggeringEvent(activeFile(), event);
        } catch (RuntimeException | LinkageError e) {
            notices.error(
                    "trigger",
                    "the triggering policy failed with " + e.getClass().getName() + "; not rolling");
            return false;
        }
    }

    /*
     * A time-based policy knows the name of the file's archive only once it has said that it is due. The one that also
     * counts bytes says so if there are enough of them; the other one would overwrite the archive of its period.
     */
    @Override
    public boolean forced() {
        if (!(rolling instanceof TimeBasedRollingPolicy<?>) || dueByClock()) {
            return true;
        }
        LengthCounter counter = triggering.getLengthCounter();
        if (counter != null) {
            counter.add(Long.MAX_VALUE / 2);
            return triggers(null);
        }
        notices.warn(
                "forced",
                "cannot roll within a period of the <rollingPolicy>; that needs a" + " SizeAndTimeBasedRollingPolicy");
        return false;
    }

    /* Policies ask the file for its length: they get the one that counts what is on its way. */
    private File activeFile() {
        String name = rolling.getActiveFileName();
        ActiveFile known = active;
        if (known == null || !known.getPath().equals(name)) {
            known = new ActiveFile(name, length);
            active = known;
        }
        return known;
    }

    @Override
    public boolean wantsEvent() {
        return wantsEvent;
    }

    @Override
    public void added(long bytes) {
        LengthCounter counter = triggering.getLengthCounter();
        if (counter != null && bytes > 0) {
            counter.add(bytes);
        }
    }

    @Override
    public void length(long bytes) {
        LengthCounter counter = triggering.getLengthCounter();
        if (counter != null) {
            counter.reset();
            counter.add(bytes);
        }
    }

    @Override
    public void roll() {
        try {
            if (rolling instanceof TimeBasedRollingPolicy<?> timeBased) {
                spareArchive(timeBased);
            }
            rolling.rollover();
        } catch (IOException | RuntimeException | LinkageError e) {
            notices.warn(
                    "rollover",
                    "the rollover failed with " + e.getClass().getName() + "; going on with ["
                            + rolling.getActiveFileName() + "]");
        }
    }

    /* Where the clock was put back, the name of the archive may be taken: Logback would overwrite it. */
    private void spareArchive(TimeBasedRollingPolicy<?> policy) throws IOException {
        String elapsed = policy.getTimeBasedFileNamingAndTriggeringPolicy().getElapsedPeriodsFileName();
        Path archive = switch (policy.getCompressionMode()) {
            case NONE -> Path.of(elapsed);
            case GZ -> Path.of(elapsed + ".gz");
            case ZIP -> Path.of(elapsed + ".zip");
            case XZ -> Path.of(elapsed + ".xz");
        };
        // Without <file> and without compression the file is its own archive.
        if ((policy.getParentsRawFileProperty() == null && policy.getCompressionMode() == CompressionMode.NONE)
                || !Files.exists(archive)) {
            return;
        }
        int copy = 1;
        while (Files.exists(Path.of(archive + "." + copy))) {
            copy++;
        }
        Path spared = Path.of(archive + "." + copy);
        Files.move(archive, spared);
        notices.warn("archive", "[" + archive + "] exists already; it is kept as [" + spared + "]");
    }

    private static final class ActiveFile extends File {

        private static final long serialVersionUID = 1;

        private final transient LongSupplier length;

        ActiveFile(String name, LongSupplier length) {
            super(name);
            this.length = length;
        }

        @Override
        public long length() {
            return length.getAsLong();
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return super.equals(other);
        }

        @Override
        public int hashCode() {
            return super.hashCode();
        }
    }
}
