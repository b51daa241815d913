package io.inkfast.mask;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.inkfast.component.EventIdentity;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/*
 * An id is a run, which is judged once, and a number, which is judged as numbers are. What else an id may be is searched like
 * any text.
 */
/** {@code event.id}, and the number by itself. */
final class DirectEventId implements DirectPart {

    private static final byte[] ID = DirectWriter.ascii('"' + EventIdProvider.ID + "\":");
    private static final byte[] SEQUENCE = DirectWriter.ascii('"' + EventIdProvider.SEQUENCE + "\":");
    private static final Pattern PLAIN = Pattern.compile("[0-9a-z]{1,64}");

    private final EventIdentity identity;
    private @Nullable String run;
    private byte @Nullable [] runJson;
    private int version;

    DirectEventId(EventIdentity identity) {
        this.identity = identity;
    }

    @Override
    public boolean write(ILoggingEvent event, DirectWriter to) {
        long number = event.getSequenceNumber();
        if (to.redactor != null && (to.redactor.card(number) || to.redactor.hides(number))) {
            return false;
        }
        to.line.name(ID);
        byte[] known = json(identity.plainRunId(event), to);
        if (known == null) {
            if (!to.string(identity.id(event))) {
                return false;
            }
        } else {
            to.line.raw(known);
            to.line.number(number);
            to.line.raw('"');
        }
        to.line.name(SEQUENCE);
        to.line.number(number);
        return true;
    }

    /* What stands before the number; null if the whole id must be looked at. */
    private byte @Nullable [] json(@Nullable String now, DirectWriter to) {
        if (now == null) {
            return null;
        }
        if (!now.equals(run) || version != to.version()) {
            run = now;
            version = to.version();
            runJson = isHarmless(now, to.redactor) ? DirectWriter.ascii('"' + now + '-') : null;
        }
        return runJson;
    }

    private static boolean isHarmless(String run, @Nullable Redactor redactor) {
        String id = run + "-1";
        return PLAIN.matcher(run).matches()
                && (redactor == null || redactor.text(id).equals(id));
    }
}
