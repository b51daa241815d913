package io.inkfast.testing;

import static org.assertj.core.api.Assertions.fail;

import java.util.Locale;
import org.junit.jupiter.api.Assumptions;

/**
 * How hard the torture tests are, which carry the tag {@value #TAG}: a little in every build, more with {@code
 * -Dinkfast.torture=ci}, as long as it takes with {@code -Dinkfast.torture=long}.
 */
public final class Torture {

    public static final String TAG = "torture";

    private static final String HOW = System.getProperty("inkfast.torture", "build");

    /** What some tests need, and not every machine has. */
    public enum Need {
        /** Mounting file systems. */
        ROOT,
        /** Loop devices, e2fsprogs and perl. */
        LOOP,
        /** The program of that name, and leave to trace. */
        STRACE,
        /** The program {@code python3}, with its standard library. */
        PYTHON,
        /** The program {@code haproxy}. */
        HAPROXY,
        /** The program {@code rsyslogd}, with its modules for RELP, OpenSSL and Elasticsearch. */
        RSYSLOG,
        /** The program {@code redis-server}. */
        REDIS
    }

    private Torture() {}

    /** The number for this run. */
    public static int times(int build, int ci, int longest) {
        return switch (HOW) {
            case "build" -> build;
            case "ci" -> ci;
            case "long" -> longest;
            default -> throw new IllegalArgumentException("inkfast.torture [" + HOW + "] is neither ci nor long");
        };
    }

    /**
     * A test lacks what it needs. It says so and is left out; it fails where that is said to be there, as by {@code
     * -Dinkfast.requireLoop=true}, and where torture was asked for.
     */
    public static void cannotRun(Need need, String message) {
        System.err.println("NOT RUN: " + message);
        String name = need.name().charAt(0) + need.name().substring(1).toLowerCase(Locale.ROOT);
        if (Boolean.getBoolean("inkfast.require" + name) || !HOW.equals("build")) {
            fail(message);
        }
        Assumptions.abort(message);
    }
}
