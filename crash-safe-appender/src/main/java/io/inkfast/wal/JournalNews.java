package io.inkfast.wal;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.spi.ContextAware;
import io.inkfast.component.Losses;
import io.inkfast.component.Notices;
import io.inkfast.component.OwnEvent;
import io.inkfast.internal.Ticker;
import io.inkfast.journal.JournalListener;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Says as statuses what happens to the journal, and hands what the log itself should say to whoever asks. Any thread. */
final class JournalNews implements JournalListener {

    private final ContextAware owner;
    private final String directory;
    private final Losses dropped;
    private final Notices notices;
    private final AtomicReference<@Nullable String> resumed = new AtomicReference<>();
    private volatile boolean started;
    private volatile Instant since = Instant.now();

    /** @param dropped what the log itself should say when there is room again */
    JournalNews(ContextAware owner, String directory, Losses dropped) {
        this.owner = owner;
        this.directory = directory;
        this.dropped = dropped;
        this.notices = new Notices(owner, Ticker.SYSTEM);
    }

    /** From now on, what goes wrong has gone wrong while it worked: an error at start would keep Spring Boot from starting. */
    void started() {
        started = true;
    }

    /** When the journal could not be written any more, or could again. */
    Instant since() {
        return since;
    }

    @Override
    public void reserveEntered(String reason) {
        alarm("journal [" + directory + "]: " + reason
                + "; the reserve is in use, only events at or above <diskLevel> are journalled until there is room");
    }

    @Override
    public void reserveLeft() {
        owner.addInfo("journal [" + directory + "]: there is room again; all events are journalled");
    }

    @Override
    public void degraded(String reason) {
        since = Instant.now();
        alarm("journal [" + directory + "] cannot be written (" + reason
                + "); events go to the appenders behind without being journalled, and it is tried again");
    }

    private void alarm(String words) {
        if (started) {
            owner.addError(words);
        } else {
            owner.addWarn(words);
        }
    }

    @Override
    public void resumed(long notJournalled) {
        since = Instant.now();
        String words = "journal [" + directory + "] is written again; " + notJournalled + " events are not in it";
        owner.addInfo(words);
        if (notJournalled > 0) {
            resumed.set(words);
        }
    }

    @Override
    public void filesGone() {
        notices.error(
                "gone",
                "journal [" + directory + "]: its files were deleted or moved away while they were in use; new ones are"
                        + " begun, and events that were only there are lost if they are not delivered yet");
    }

    @Override
    public void trouble(String what) {
        notices.warn(what, "journal [" + directory + "]: " + what);
    }

    /** An event that is neither in the journal nor delivered. */
    void dropped(String why) {
        notices.error("dropped:" + why, "journal [" + directory + "]: " + why + "; an event was dropped");
    }

    /** An event that was not even tried to journal, or of which that is not known. */
    void failed(Throwable e) {
        notices.error(
                "caller",
                "journal [" + directory + "]: an event could not be journalled: "
                        + e.getClass().getName());
    }

    void unconfirmed() {
        notices.warn(
                "unconfirmed",
                "journal [" + directory
                        + "]: an event was not confirmed within <syncTimeout>; it is delivered all the same");
    }

    /** What the log itself should say, once: that there is a gap in the journal, or that events were dropped. One thread. */
    @Nullable
    ILoggingEvent take() {
        String words = resumed.get() == null ? null : resumed.getAndSet(null);
        if (words == null && dropped.unreported()) {
            String report = dropped.report();
            words = report == null ? null : "journal [" + directory + "]: " + report;
        }
        return words == null ? null : OwnEvent.warn(owner.getContext(), JournalNews.class.getPackageName(), words);
    }
}
