package io.inkfast.net.redis;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an error means that Redis answers. It begins with a word in capitals; of the rest nothing is shown, since it may quote
 * the command.
 *
 * <pre>
 * OOM, LOADING, BUSY, READONLY, MASTERDOWN,        again: it cannot now
 * CLUSTERDOWN, TRYAGAIN, MISCONF, NOREPLICAS
 * anything else                                    somebody has to mend that: it does not let us in, the key is of another
 *                                                  type, another node has it, it knows no streams
 * </pre>
 */
record RedisFaults(boolean denied, String words) {

    private static final Pattern CODE = Pattern.compile("[A-Z][A-Z0-9]{1,31}(?= |$)");

    private static final Map<String, String> NOT_NOW = Map.of(
            "OOM", "it has no memory left",
            "LOADING", "it is loading its data",
            "BUSY", "a script keeps it busy",
            "READONLY", "it is a replica, or read only",
            "MASTERDOWN", "it is a replica without its master",
            "CLUSTERDOWN", "its cluster is down",
            "TRYAGAIN", "its cluster is being changed",
            "MISCONF", "it cannot write its data to its disk",
            "NOREPLICAS", "it has too few replicas");

    private static final Map<String, String> NEVER = Map.of(
            "NOAUTH", "it wants a password",
            "WRONGPASS", "it does not know this user name and password",
            "NOPERM", "the user may not do that",
            "WRONGTYPE", "the key of <stream> is not a stream",
            "MOVED", "another node of its cluster has the stream",
            "ASK", "another node of its cluster has the stream",
            "ERR", "it does not take the command");

    /** Reads it. */
    static RedisFaults of(String error) {
        Matcher matcher = CODE.matcher(error);
        String code = matcher.lookingAt() ? matcher.group() : "";
        String later = NOT_NOW.get(code);
        if (later != null) {
            return new RedisFaults(false, code + ", " + later);
        }
        return new RedisFaults(true, code.isEmpty() ? "an error" : code + ", " + NEVER.getOrDefault(code, "an error"));
    }
}
