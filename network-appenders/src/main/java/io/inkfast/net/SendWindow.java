package io.inkfast.net;

import java.util.List;

/*
 * The first so many of the open messages go next. A request that is too large teaches how large one may be. In one that
 * cannot be read there is a message to blame: it is looked for by halves, always from the front, so what is in front of it
 * has left the list by the time it stands there alone.
 */
/** How many messages go in the next request. One thread. */
final class SendWindow {

    private final int maxCount;
    private final long mostBytes;
    private long maxBytes;
    private int suspects;

    SendWindow(int maxCount, long maxBytes) {
        this.maxCount = maxCount;
        mostBytes = maxBytes;
        this.maxBytes = maxBytes;
    }

    /**
     * How many of the first; at least one.
     *
     * @param width how many requests they are for
     */
    int count(List<Message> open, int atMost, int width) {
        int most = (int) Math.min(Math.min((long) maxCount * width, atMost), open.size());
        if (suspects > 1) {
            most = Math.min(most, suspects / 2);
        } else if (suspects == 1) {
            most = 1;
        }
        long bytes = 0;
        int count = 0;
        while (count < most) {
            bytes += open.get(count).bytes();
            if (count > 0 && bytes > maxBytes * width) {
                break;
            }
            count++;
        }
        return count;
    }

    /** A request of so many was too large; false if it cannot be smaller. */
    boolean tooLarge(int count, long bytes) {
        if (count == 1) {
            return false;
        }
        maxBytes = Math.max(1, bytes / 2);
        return true;
    }

    /** A request of so many could not be read; false if it was one, which is to blame then. */
    boolean malformed(int count) {
        suspects = count;
        return count > 1;
    }

    /** So many have left the front of the list. */
    void passed(int count) {
        suspects = Math.max(0, suspects - count);
    }

    /** What was learned of a peer that takes nothing is forgotten. */
    void forget() {
        maxBytes = mostBytes;
        suspects = 0;
    }

    /** How large a request may be, as far as is known. */
    long maxBytes() {
        return maxBytes;
    }
}
