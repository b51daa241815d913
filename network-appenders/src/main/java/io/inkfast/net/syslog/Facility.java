package io.inkfast.net.syslog;

import java.util.LinkedHashMap;
import java.util.Map;

/** The facilities of RFC 5424, section 6.2.1, by the names of {@code syslog.conf}. */
final class Facility {

    private static final String[] NAMES = {
        "kern",
        "user",
        "mail",
        "daemon",
        "auth",
        "syslog",
        "lpr",
        "news",
        "uucp",
        "cron",
        "authpriv",
        "ftp",
        "ntp",
        "audit",
        "alert",
        "clock",
        "local0",
        "local1",
        "local2",
        "local3",
        "local4",
        "local5",
        "local6",
        "local7"
    };

    private Facility() {}

    /** From the name to the number. */
    static Map<String, Integer> byName() {
        Map<String, Integer> found = new LinkedHashMap<>();
        for (int i = 0; i < NAMES.length; i++) {
            found.put(NAMES[i], i);
        }
        return found;
    }
}
