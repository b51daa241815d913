package io.inkfast.net.syslog;

import ch.qos.logback.classic.Level;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * What stands in front of the message.
 *
 * <p>RFC 5424; the time is UTC with microseconds, and {@code -} stands where there is nothing:
 *
 * <pre>
 * &lt;134&gt;1 2026-11-26T16:00:00.123456Z host app 4711 msgid [inkfast@32473 event.id="0mfb2k8x9a1b2c3d-17"] message
 * </pre>
 *
 * <p>RFC 3164; the time is the host's own:
 *
 * <pre>
 * &lt;134&gt;Nov 26 16:00:00 host app[4711]: message
 * </pre>
 *
 * <p>The number in front is eight times the facility and the severity: 3 for {@code ERROR}, 4 for {@code WARN}, 6 for
 * {@code INFO}, 7 below. Names are of printable ASCII, and no longer than the RFC allows; other characters become {@code ?}.
 */
final class SyslogFormat {

    /** Which of the two. */
    enum Standard {
        RFC5424,
        RFC3164
    }

    private static final int MOST_HOST = 255;
    private static final int MOST_APP = 48;
    private static final int MOST_TAG = 32;
    private static final int MOST_PROCESS = 128;
    private static final int MOST_MESSAGE_ID = 32;

    private final Standard standard;
    private final int facility;
    private final String names;
    private final SyslogTime time;

    /** @param appName of a program whose process has the number {@code process} */
    SyslogFormat(Standard standard, int facility, String host, String appName, String process, String messageId) {
        this.standard = standard;
        this.facility = facility;
        if (standard == Standard.RFC5424) {
            names = " " + name(host, MOST_HOST) + " " + name(appName, MOST_APP) + " " + name(process, MOST_PROCESS)
                    + " " + name(messageId, MOST_MESSAGE_ID) + " ";
            time = new SyslogTime(
                    DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT), ZoneOffset.UTC, true);
        } else {
            names = " " + name(host, MOST_HOST) + " " + name(appName, MOST_TAG).replaceAll("[:\\[\\]]", "?") + "["
                    + name(process, MOST_PROCESS) + "]: ";
            time = new SyslogTime(
                    DateTimeFormatter.ofPattern("MMM ppd HH:mm:ss", Locale.ROOT), ZoneId.systemDefault(), false);
        }
    }

    /** Printable ASCII without spaces; {@code -} if there is nothing. */
    static String name(String text, int most) {
        StringBuilder clean = new StringBuilder();
        for (int i = 0; i < Math.min(text.length(), most); i++) {
            char c = text.charAt(i);
            clean.append(c > ' ' && c < 0x7f ? c : '?');
        }
        return clean.isEmpty() ? "-" : clean.toString();
    }

    static int severity(Level level) {
        if (level.isGreaterOrEqual(Level.ERROR)) {
            return 3;
        }
        if (level.isGreaterOrEqual(Level.WARN)) {
            return 4;
        }
        return level.isGreaterOrEqual(Level.INFO) ? 6 : 7;
    }

    /**
     * All of it, with the space behind.
     *
     * @param data structured data, for RFC 5424; empty for none
     */
    byte[] head(Level level, Instant at, String data) {
        StringBuilder out = new StringBuilder(192);
        out.append('<').append(facility * 8 + severity(level)).append('>');
        if (standard == Standard.RFC5424) {
            out.append("1 ");
        }
        time.append(at, out);
        out.append(names);
        if (standard == Standard.RFC5424) {
            out.append(data.isEmpty() ? "-" : data).append(' ');
        }
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }
}
