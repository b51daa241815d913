package io.inkfast.net;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/*
 * A request that nobody can read has a message to blame, or comes to somebody who reads nothing of ours: a proxy, a wrong
 * path. So a message that is refused while standing alone is set aside, and is a dead letter only when the peer has taken
 * others since. If it takes none of several, the peer is to blame, and all go back.
 */
/** Messages that a peer has refused, on their way to the dead letters or back. One thread. */
final class Blame {

    private record Refused(Message message, String endpoint, String why) {}

    private static final int MOST_SUSPECTS = 16;
    private static final long PATIENCE_NANOS = 30_000_000_000L;
    private static final long RETRY_NANOS = 1_000_000_000L;

    private final DeadLetters deadLetters;
    private final NetBooks books;
    private final long run;
    private final NetCondition condition;
    private final Deque<Refused> suspects = new ArrayDeque<>();
    private final Deque<Refused> convicts = new ArrayDeque<>();
    private long suspectsSince;
    private long dueAt;

    /** @param run what is counted is of this one */
    Blame(DeadLetters deadLetters, NetBooks books, long run, NetCondition condition) {
        this.deadLetters = deadLetters;
        this.books = books;
        this.run = run;
        this.condition = condition;
    }

    /** It was refused while standing alone, or the peer takes nothing at all. */
    void suspect(Message message, String endpoint, String why, long now) {
        if (suspects.isEmpty()) {
            suspectsSince = now;
        }
        suspects.add(new Refused(message, endpoint, why));
    }

    /** It was refused for itself. */
    void convict(Message message, String endpoint, String why) {
        convicts.add(new Refused(message, endpoint, why));
    }

    /** The peer has taken others. */
    void othersWereTaken() {
        convicts.addAll(suspects);
        suspects.clear();
    }

    /** Whether so many are suspected that it must be the peer. */
    boolean isThePeer() {
        return suspects.size() >= MOST_SUSPECTS;
    }

    boolean hasSuspects() {
        return !suspects.isEmpty();
    }

    /** Whether nobody has come for long who could have cleared the peer. */
    boolean isStale(long now) {
        return hasSuspects() && now - suspectsSince >= PATIENCE_NANOS;
    }

    /** They are no worse than others: to be sent again, in this order. */
    List<Message> release() {
        List<Message> back = suspects.stream().map(Refused::message).toList();
        suspects.clear();
        return back;
    }

    /** Writes what is to be a dead letter; zero, or how long to wait because it cannot be written. */
    long bury(long now) {
        if (!convicts.isEmpty() && now - dueAt < 0) {
            return dueAt - now;
        }
        while (!convicts.isEmpty()) {
            Refused each = convicts.peek();
            try {
                boolean kept = deadLetters.add(each.message(), each.endpoint(), each.why());
                books.settle(run, 0, kept ? 1 : 0, kept ? 0 : 1);
                condition.deadLettered(each.endpoint(), kept);
            } catch (IOException e) {
                condition.deadLetterFailed(Words.of(e));
                dueAt = now + RETRY_NANOS;
                return RETRY_NANOS;
            }
            each.message().settle();
            convicts.poll();
            dueAt = now;
        }
        return 0;
    }
}
