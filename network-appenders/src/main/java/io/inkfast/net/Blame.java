package io.inkfast.net;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/*
 * A request that nobody can read, or that is too large, has a message to blame, or comes to somebody who takes nothing of ours:
 * a proxy, a wrong path. So a message that is refused while standing alone is set aside. When the peer has taken others since,
 * it is tried once more, and is a dead letter if it is refused again: the peer may have been mended in between. If the peer
 * takes none of several, it is to blame, and all go back; of more the next time, since so many may be poison one behind another.
 */
/** Messages that a peer has refused, on their way to the dead letters or back. One thread. */
final class Blame {

    private record Refused(Message message, String endpoint, String why) {}

    private static final int SUSPECTS = 16;
    private static final int MOST_SUSPECTS = 1024;
    private static final long PATIENCE_NANOS = 30_000_000_000L;
    private static final long RETRY_NANOS = 1_000_000_000L;

    private final DeadLetters deadLetters;
    private final NetBooks books;
    private final long run;
    private final NetCondition condition;
    private final Deque<Refused> suspects = new ArrayDeque<>();
    private final Deque<Refused> convicts = new ArrayDeque<>();
    private final Set<Message> doubtful = Collections.newSetFromMap(new IdentityHashMap<>());
    private int limit = SUSPECTS;
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
        if (doubtful.remove(message)) {
            convict(message, endpoint, why);
            return;
        }
        if (suspects.isEmpty()) {
            suspectsSince = now;
        }
        suspects.add(new Refused(message, endpoint, why));
    }

    /** It was refused for itself. */
    void convict(Message message, String endpoint, String why) {
        convicts.add(new Refused(message, endpoint, why));
    }

    /** The peer has taken others. Those that are to be tried once more, each alone. */
    List<Message> othersWereTaken() {
        limit = SUSPECTS;
        List<Message> again = release();
        doubtful.addAll(again);
        return again;
    }

    /** Whether it was refused alone, and the peer has taken others since. */
    boolean isDoubtful(Message message) {
        return doubtful.contains(message);
    }

    /** It was taken after all. */
    void clear(Message message) {
        doubtful.remove(message);
    }

    /** Whether so many are suspected that it must be the peer. */
    boolean isThePeer() {
        return suspects.size() >= limit;
    }

    boolean hasSuspects() {
        return !suspects.isEmpty();
    }

    /** Whether nobody has come for long who could have cleared the peer. */
    boolean isStale(long now) {
        return hasSuspects() && now - suspectsSince >= PATIENCE_NANOS;
    }

    /** All of them are released, because it is the peer. */
    List<Message> absolve() {
        limit = Math.min(limit * 2, MOST_SUSPECTS);
        return release();
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
