package io.inkfast.net;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Messages that go in one request, in order; the link says what became of each. What nothing is said of is sent again. The
 * sender's thread, or one that it waits for.
 *
 * @since 0.1.0
 */
public final class Batch {

    enum Fate {
        UNKNOWN,
        ACCEPTED,
        SENT,
        DUPLICATE,
        AGAIN,
        REFUSED
    }

    private final List<Message> messages;
    private final Fate[] fates;
    private final @Nullable String[] reasons;

    Batch(List<Message> messages) {
        this.messages = messages;
        fates = new Fate[messages.size()];
        java.util.Arrays.fill(fates, Fate.UNKNOWN);
        reasons = new @Nullable String[messages.size()];
    }

    public int size() {
        return messages.size();
    }

    public Message message(int index) {
        return messages.get(index);
    }

    /** Of all heads and bodies. */
    public long bytes() {
        long bytes = 0;
        for (Message each : messages) {
            bytes += each.bytes();
        }
        return bytes;
    }

    /** The peer says that it has it. */
    public void accepted(int index) {
        fates[index] = Fate.ACCEPTED;
    }

    /** It was written, in a protocol that acknowledges nothing. */
    public void sent(int index) {
        fates[index] = Fate.SENT;
    }

    /** The same for all in front of this index of which nothing was said yet. */
    public void acceptedUpTo(int end) {
        for (int i = 0; i < end; i++) {
            if (fates[i] == Fate.UNKNOWN) {
                fates[i] = Fate.ACCEPTED;
            }
        }
    }

    /** The peer had it already. */
    public void duplicate(int index) {
        fates[index] = Fate.DUPLICATE;
    }

    /**
     * The peer cannot take it now.
     *
     * @param why a status, or the name of a fault; nothing of the event
     */
    public void again(int index, String why) {
        fates[index] = Fate.AGAIN;
        reasons[index] = why;
    }

    /**
     * The peer will never take it.
     *
     * @param why goes into the dead letter; it may quote the event, which is redacted
     */
    public void refused(int index, String why) {
        fates[index] = Fate.REFUSED;
        reasons[index] = why;
    }

    /** The same messages in so many batches or fewer, in order, with about as many bytes each. */
    List<Batch> split(int parts) {
        List<Batch> made = new ArrayList<>();
        long share = Math.max(1, (bytes() + parts - 1) / parts);
        int from = 0;
        long bytes = 0;
        for (int i = 0; i < size(); i++) {
            bytes += message(i).bytes();
            if (bytes >= share || i == size() - 1) {
                made.add(new Batch(messages.subList(from, i + 1)));
                from = i + 1;
                bytes = 0;
            }
        }
        return made;
    }

    /** What was said of the messages in these batches, which together are this one. */
    void join(List<Batch> parts) {
        int at = 0;
        for (Batch part : parts) {
            System.arraycopy(part.fates, 0, fates, at, part.size());
            System.arraycopy(part.reasons, 0, reasons, at, part.size());
            at += part.size();
        }
    }

    Fate fate(int index) {
        return fates[index];
    }

    String reason(int index) {
        return String.valueOf(reasons[index]);
    }

    /** Whether anything was taken. */
    boolean anyAccepted() {
        for (Fate fate : fates) {
            if (fate == Fate.ACCEPTED || fate == Fate.SENT || fate == Fate.DUPLICATE) {
                return true;
            }
        }
        return false;
    }

    /** Why the first one that has to go again could not be taken; null if there is none. */
    @Nullable
    String firstDelay() {
        for (int i = 0; i < fates.length; i++) {
            if (fates[i] == Fate.AGAIN) {
                return reasons[i];
            }
        }
        return null;
    }
}
