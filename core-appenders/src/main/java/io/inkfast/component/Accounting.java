package io.inkfast.component;

/**
 * What became of every event that reached an appender, at one moment. All numbers are events since the appender was
 * made; restarts go on counting. At every quiescent moment {@code received + replayed} is the sum of the others.
 *
 * <p>An appender's books count as received what it took. What it {@linkplain Rejections rejects} is counted there alone, and
 * added to both {@code rejected} and {@code received} when the snapshot is made.
 *
 * @param received     handed over by callers, or by the appender in front
 * @param replayed     read back from a journal
 * @param written      done: in the file, acknowledged by the peer, or settled by every sink
 * @param filtered     denied by a filter of the appender
 * @param dropped      given up by the overflow policy
 * @param rejected     came after stop, or to an appender that is misconfigured
 * @param failed       the encoder or the sink gave up
 * @param deadLettered kept aside for a human
 * @param discarded    left when the time to stop was over
 * @param queued       on the way
 * @since 0.1.0
 */
public record Accounting(
        long received,
        long replayed,
        long written,
        long filtered,
        long dropped,
        long rejected,
        long failed,
        long deadLettered,
        long discarded,
        long queued) {

    /** Whether every event is in exactly one bin; may be false for an instant while events move. */
    public boolean balanced() {
        return received + replayed
                == written + filtered + dropped + rejected + failed + deadLettered + discarded + queued;
    }

    /** The balance as one line: {@code received 12 = written 10 + dropped 2}; bins that are empty are left out. */
    public String balance() {
        StringBuilder line = new StringBuilder("received ").append(received);
        if (replayed != 0) {
            line.append(" + replayed ").append(replayed);
        }
        line.append(balanced() ? " = " : " != ").append("written ").append(written);
        add(line, "filtered", filtered);
        add(line, "dropped", dropped);
        add(line, "rejected", rejected);
        add(line, "failed", failed);
        add(line, "dead-lettered", deadLettered);
        add(line, "discarded", discarded);
        add(line, "queued", queued);
        return line.toString();
    }

    private static void add(StringBuilder line, String bin, long events) {
        if (events != 0) {
            line.append(" + ").append(bin).append(' ').append(events);
        }
    }
}
