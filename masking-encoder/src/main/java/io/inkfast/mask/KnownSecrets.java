package io.inkfast.mask;

import ch.qos.logback.core.Context;
import ch.qos.logback.core.status.ErrorStatus;
import io.inkfast.mask.search.KnownValues;
import io.inkfast.mask.search.SharedValues;
import java.util.Collection;
import java.util.List;
import org.slf4j.LoggerFactory;

/**
 * Secrets that a program learns while it runs, from a vault for example: once added, a value is replaced by {@code ****}
 * wherever Inkfast redacts, in plain text, escaped for JSON or XML, percent-encoded, in base64 and in hexadecimal. Values of
 * environment variables, properties and files are declared by {@code <knownSecrets>} instead.
 *
 * <p>The values hold for every redactor whose classes came from the same class loader, at once, until they are removed, in
 * whatever logger context. Case counts. Values of 6 to 16,384 characters, at most 1,000 of them, and as many as fit into a
 * table of 4 MB; beyond that the oldest stay, an ERROR status says so, and the result is false. No value appears in a status,
 * an exception or a {@code toString()}.
 *
 * <p>Any thread. Adding takes time in proportion to all values: use {@link #addAll} for many.
 *
 * @since 0.1.0
 */
public final class KnownSecrets {

    static final SharedValues SHARED = new SharedValues();

    private KnownSecrets() {}

    /** Hides this value from now on; false if it could not be, and a status says why. */
    public static boolean add(CharSequence value) {
        return addAll(List.of(value));
    }

    /** Hides these values from now on; false if one could not be. */
    public static boolean addAll(Collection<? extends CharSequence> values) {
        SharedValues.Outcome outcome =
                SHARED.add(values.stream().map(CharSequence::toString).toList());
        switch (outcome) {
            case ADDED -> {}
            case FULL ->
                error("There are more known secrets than the table holds [at most " + SharedValues.MOST
                        + "]; those that were added last are not hidden");
            case TOO_SHORT ->
                error("A known secret of fewer than " + KnownValues.SHORTEST
                        + " characters was added; it is not hidden");
            case TOO_LONG ->
                error("A known secret of more than " + KnownValues.LONGEST + " characters was added; it is not hidden");
        }
        return outcome == SharedValues.Outcome.ADDED;
    }

    /** Forgets this value; whether it was one. */
    public static boolean remove(CharSequence value) {
        return SHARED.remove(value.toString());
    }

    private static void error(String message) {
        if (LoggerFactory.getILoggerFactory() instanceof Context context) {
            context.getStatusManager().add(new ErrorStatus(message, KnownSecrets.class.getName()));
        }
    }
}
