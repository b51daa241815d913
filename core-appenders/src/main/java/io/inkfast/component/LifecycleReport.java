package io.inkfast.component;

import ch.qos.logback.core.Appender;
import java.util.List;

/*
 * Logback's own printer of statuses shows the appender as their origin; many who listen to statuses pass on their text
 * alone. So the text names it.
 */
/**
 * What an appender says of its start and its stop, in the same words for all: each text begins with
 * {@code appender [NAME]}. Called by start() and stop().
 *
 * @since 0.1.0
 */
public final class LifecycleReport {

    private final Appender<?> owner;
    private final Rejections rejections;

    /** @param rejections what the appender does with events while it is not started */
    public LifecycleReport(Appender<?> owner, Rejections rejections) {
        this.owner = owner;
        this.rejections = rejections;
    }

    /**
     * Says each problem, and that the appender is not started; rejected events are shown from then on. Without a problem
     * nothing is said, and rejected events are only counted.
     *
     * @param problems sentences that do not name the appender
     * @return whether there is any: then the appender must stay stopped
     */
    public boolean refuses(List<String> problems) {
        boolean refused = !problems.isEmpty();
        problems.forEach(problem -> owner.addError(name() + ": " + problem));
        if (refused) {
            owner.addError(name() + " is not started; its events are rejected, and shown on standard error");
        }
        rejections.show(refused);
        return refused;
    }

    /**
     * Starts the appender. What that throws is said, and goes no further: Logback would pass it on to whoever asked for the
     * first logger; where the machine has no room for another thread, for example.
     *
     * @param start leaves nothing begun if it throws: the appender can be started later
     */
    public void guard(Runnable start) {
        try {
            start.run();
        } catch (Throwable e) {
            // Of the others the text may quote what was configured.
            String what =
                    e instanceof OutOfMemoryError ? e.toString() : e.getClass().getName();
            refuses(List.of("its start failed with " + what));
        }
    }

    /** Says that the appender is stopped, and what became of its events. */
    public void stopped(Accounting accounting) {
        owner.addInfo(name() + " is stopped; " + accounting.balance());
    }

    private String name() {
        return "appender [" + owner.getName() + "]";
    }
}
