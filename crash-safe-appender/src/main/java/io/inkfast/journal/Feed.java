package io.inkfast.journal;

/** The records in memory that are still to be written, in order, and the range of those that are passed over. One thread. */
final class Feed {

    private final Tail tail;
    private Chunk chunk;
    private int at;
    private long passedFrom;
    private long passedTo;

    Feed(Tail tail) {
        this.tail = tail;
        chunk = tail.first();
    }

    /** Whether there is a record to write; on the way to it, others may be passed over. */
    boolean hasNext() {
        while (true) {
            if (at < chunk.end()) {
                if (!chunk.isPassed(at)) {
                    return true;
                }
                passedTo = chunk.lsn(at);
                passedFrom = passedFrom == 0 ? passedTo : passedFrom;
                taken();
            } else if (!nextChunk()) {
                return false;
            }
        }
    }

    private boolean nextChunk() {
        Chunk following = chunk.next();
        if (following == null && chunk.isCut()) {
            following = tail.first();
            // What was let go of in between, if anything was.
            if (passedFrom == 0 && following.firstLsn > chunk.lastLsn() + 1) {
                passedFrom = chunk.lastLsn() + 1;
                passedTo = following.firstLsn - 1;
            }
        }
        if (following == null) {
            return false;
        }
        // What was added before the chunk was sealed is seen now.
        if (at >= chunk.end()) {
            chunk = following;
            at = 0;
        }
        return true;
    }

    Chunk chunk() {
        return chunk;
    }

    /** Where in its chunk the record begins. */
    int at() {
        return at;
    }

    /** The record is written, or put where it will be. */
    void taken() {
        at += chunk.frameBytes(at);
    }

    /** The first of the records in front of the next one that were passed over, and that nothing says yet; 0 if none was. */
    long passedFrom() {
        return passedFrom;
    }

    /** The last record that was passed over. */
    long passedTo() {
        return passedTo;
    }

    /** What was passed over is said. */
    void passedNoted() {
        passedFrom = 0;
    }

    /** Goes to a record, which may be gone: then what is missing of them was passed over. */
    void moveTo(long lsn) {
        Chunk found = tail.find(lsn);
        chunk = found == null ? tail.first() : found;
        at = chunk.find(lsn);
        passedFrom = found == null ? lsn : 0;
        passedTo = found == null ? chunk.firstLsn - 1 : passedTo;
    }

    /** The number of the next record, which may be still to come. */
    long nextLsn() {
        return at < chunk.end() ? chunk.lsn(at) : Math.max(chunk.firstLsn, chunk.lastLsn() + 1);
    }
}
