package io.inkfast.net;

import java.time.Duration;

/**
 * What a peer said to a request as a whole. What it said to each message is in the {@link Batch}.
 *
 * @param why       a status, or the name of a fault; nothing of an event
 * @param notBefore how long the peer wants to be left alone; zero if it did not say
 * @param quote     what else it said, in its words; it may quote an event, so it is for dead letters only
 * @since 0.1.0
 */
public record Answer(Kind kind, String why, Duration notBefore, String quote) {

    /** One that has said nothing else. */
    public Answer(Kind kind, String why, Duration notBefore) {
        this(kind, why, notBefore, "");
    }

    /** What follows from it. */
    public enum Kind {
        /** It looked at each message. */
        EACH,
        /** It cannot take anything now: tried again. */
        BUSY,
        /** It does not want us, until somebody mends that: tried again, now and then. */
        DENIED,
        /** The request is larger than it takes: tried again in halves. */
        TOO_LARGE,
        /** It cannot read the request: tried in halves until the message is found that is to blame. */
        MALFORMED
    }

    /** See the batch. */
    public static final Answer EACH = new Answer(Kind.EACH, "", Duration.ZERO);

    /** The same, and what else it said, in its words. */
    public Answer quoting(String words) {
        return new Answer(kind, why, notBefore, words);
    }

    /** For a dead letter. */
    public String reason() {
        return quote.isEmpty() ? why : why + ": " + quote;
    }

    public static Answer busy(String why, Duration notBefore) {
        return new Answer(Kind.BUSY, why, notBefore);
    }

    public static Answer denied(String why) {
        return new Answer(Kind.DENIED, why, Duration.ZERO);
    }

    public static Answer tooLarge(String why) {
        return new Answer(Kind.TOO_LARGE, why, Duration.ZERO);
    }

    public static Answer malformed(String why) {
        return new Answer(Kind.MALFORMED, why, Duration.ZERO);
    }
}
