package io.inkfast.file;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.rolling.RollingPolicy;
import ch.qos.logback.core.rolling.RollingPolicyBase;
import ch.qos.logback.core.rolling.TriggeringPolicy;
import ch.qos.logback.core.spi.LifeCycle;
import io.inkfast.internal.Settings;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The rolling and the triggering policy of an appender, which may be one object. */
final class FilePolicies {

    private final BatchingFileAppender owner;
    private @Nullable RollingPolicy rolling;
    private @Nullable TriggeringPolicy<ILoggingEvent> triggering;

    /* Joran starts a policy before the elements that follow it are read. */
    private @Nullable String fileAtStart;
    private @Nullable String configuredPattern;

    FilePolicies(BatchingFileAppender owner) {
        this.owner = owner;
    }

    @SuppressWarnings("unchecked") // Logback's own does the same: a policy that triggers, triggers on our events
    void setRolling(RollingPolicy policy, @Nullable String file) {
        rolling = policy;
        fileAtStart = file;
        if (policy instanceof TriggeringPolicy<?>) {
            triggering = (TriggeringPolicy<ILoggingEvent>) policy;
        }
    }

    void setTriggering(TriggeringPolicy<ILoggingEvent> policy) {
        triggering = policy;
        if (policy instanceof RollingPolicy both) {
            rolling = both;
        }
    }

    @Nullable
    RollingPolicy rolling() {
        return rolling;
    }

    @Nullable
    TriggeringPolicy<ILoggingEvent> triggering() {
        return triggering;
    }

    @Nullable
    String activeFile() {
        return rolling == null ? null : rolling.getActiveFileName();
    }

    private @Nullable String pattern() {
        return rolling instanceof RollingPolicyBase base ? base.getFileNamePattern() : null;
    }

    void check(Settings settings, @Nullable String file) {
        if (rolling != null && triggering == null) {
            settings.problem("<rollingPolicy> [" + rolling.getClass().getSimpleName()
                    + "] does not say when to roll; add a <triggeringPolicy>");
        }
        if (rolling == null && triggering != null) {
            settings.problem("<triggeringPolicy> [" + triggering.getClass().getSimpleName()
                    + "] does not say how to roll; add a <rollingPolicy>");
        }
        String problem = FileNames.problem(file, pattern(), owner);
        if (problem != null) {
            settings.problem(problem);
        }
    }

    /** Takes the configured names, or names beside them if another writer has those; null if there are no locks. */
    @Nullable
    NameLock takeNames(@Nullable String file) {
        String pattern = pattern();
        configuredPattern = pattern;
        owner.writeTo(file);
        Path locked = file != null ? Path.of(file) : pattern != null ? FileNames.ofPattern(pattern) : null;
        if (locked == null) {
            return null;
        }
        FileNames.Taken taken = FileNames.take(locked, owner::addInfo);
        if (!taken.suffix().isEmpty()) {
            owner.writeTo(file == null ? null : file + taken.suffix());
            if (pattern != null && rolling instanceof RollingPolicyBase base) {
                base.setFileNamePattern(FileNames.pattern(pattern, taken.suffix()));
                rolling.stop();
            }
            String wanted = Objects.requireNonNullElse(file, Objects.requireNonNullElse(pattern, ""));
            owner.addWarn("[" + wanted + "] has another writer; writing to [" + wanted + taken.suffix() + "] instead");
        }
        return taken.lock();
    }

    /** Starts what is not started, and anew what was started for another file; a problem if a policy refuses. */
    void start(@Nullable String file, Settings settings) {
        if (rolling != null && rolling.isStarted() && !Objects.equals(fileAtStart, file)) {
            rolling.stop();
        }
        fileAtStart = file;
        if (started(rolling, "rollingPolicy", settings)) {
            started(triggering, "triggeringPolicy", settings);
        }
    }

    private static boolean started(@Nullable LifeCycle policy, String element, Settings settings) {
        if (policy == null || policy.isStarted()) {
            return true;
        }
        String reason = "";
        try {
            policy.start();
        } catch (RuntimeException | LinkageError e) {
            reason = ": " + e.getMessage();
        }
        if (!policy.isStarted()) {
            settings.problem(
                    "the <" + element + "> [" + policy.getClass().getSimpleName() + "] did not start" + reason);
        }
        return policy.isStarted();
    }

    void stop() {
        if (rolling != null) {
            rolling.stop();
        }
        if (triggering != null) {
            triggering.stop();
        }
        if (configuredPattern != null && rolling instanceof RollingPolicyBase base) {
            base.setFileNamePattern(configuredPattern);
        }
    }
}
