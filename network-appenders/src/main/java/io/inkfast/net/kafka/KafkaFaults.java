package io.inkfast.net.kafka;

import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SecurityDisabledException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.UnsupportedCompressionTypeException;
import org.jspecify.annotations.Nullable;

/**
 * What an exception of Kafka's producer means:
 *
 * <pre>
 * RecordTooLarge, Serialization        this record, never
 * InvalidRecord, InvalidTimestamp      this record, never; or the topic takes none of ours
 * Authentication, Authorization, and what else is wrong with the configuration of either side,
 * a library that cannot be loaded      somebody has to mend that
 * anything else                        again, with a new producer: the old one may be of no use, and what it has kept
 *                                      must not overtake what failed
 * </pre>
 */
final class KafkaFaults {

    enum Kind {
        TOO_LARGE,
        INVALID,
        DENIED,
        AGAIN
    }

    private static final int MOST_CAUSES = 8;

    private KafkaFaults() {}

    static Kind kind(Throwable fault) {
        Throwable cause = fault;
        for (int i = 0; cause != null && i < MOST_CAUSES; i++) {
            Kind kind = kindOf(cause);
            if (kind != Kind.AGAIN) {
                return kind;
            }
            // A producer that has given up says why in the cause only.
            cause = cause.getCause();
        }
        return Kind.AGAIN;
    }

    private static Kind kindOf(Throwable fault) {
        if (fault instanceof RecordTooLargeException || fault instanceof SerializationException) {
            return Kind.TOO_LARGE;
        }
        if (fault instanceof InvalidRecordException || fault instanceof InvalidTimestampException) {
            return Kind.INVALID;
        }
        boolean denied = fault instanceof AuthenticationException
                || fault instanceof AuthorizationException
                || fault instanceof InvalidConfigurationException
                || fault instanceof PolicyViolationException
                || fault instanceof SecurityDisabledException
                || fault instanceof UnsupportedCompressionTypeException
                || fault instanceof LinkageError;
        return denied ? Kind.DENIED : Kind.AGAIN;
    }

    /** The name, and the text where it is Kafka's own: nothing of an event. */
    static String words(Throwable fault) {
        Throwable shown = fault instanceof ExecutionException && fault.getCause() != null ? fault.getCause() : fault;
        StringBuilder words = new StringBuilder(one(shown));
        Throwable cause = shown.getCause();
        for (int i = 0; cause != null && i < 2; i++) {
            words.append("; ").append(one(cause));
            cause = cause.getCause();
        }
        return words.toString();
    }

    private static String one(Throwable fault) {
        @Nullable String text = fault instanceof KafkaException ? fault.getMessage() : null;
        return fault.getClass().getSimpleName() + (text == null ? "" : " (" + text + ")");
    }
}
