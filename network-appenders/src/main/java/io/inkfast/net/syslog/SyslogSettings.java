package io.inkfast.net.syslog;

import ch.qos.logback.core.Context;
import ch.qos.logback.core.CoreConstants;
import io.inkfast.internal.Settings;
import io.inkfast.net.Datagram;
import io.inkfast.net.HostPort;
import io.inkfast.net.Tail;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a {@link SyslogAppender}, read.
 *
 * @param data      null by RFC 3164, which has none
 * @param maxSize   of a datagram
 * @param tail      of all connections that acknowledge nothing
 * @param window    of RELP
 * @param ackLimit  of RELP
 * @param fallbacks in the order of preference
 */
record SyslogSettings(
        Way transport,
        SyslogFormat head,
        @Nullable StructuredData data,
        boolean countsOctets,
        int maxSize,
        Tail tail,
        int window,
        Duration ackLimit,
        List<Fallback> fallbacks) {

    /** How messages travel. */
    enum Way {
        UDP,
        TCP,
        TLS,
        RELP;

        boolean takesTls() {
            return this == TLS || this == RELP;
        }

        String shown() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private enum Framing {
        OCTET_COUNTED,
        LF
    }

    /** Where to send when the destinations fail. */
    record Fallback(Way way, HostPort peer) {}

    private static final int DEFAULT_WINDOW = 128;
    private static final int LEAST_DATAGRAM = 480;
    private static final int USER = 1;

    /** The texts of the elements. */
    static final class Texts {
        final List<String> parameters = new ArrayList<>();

        @Nullable
        String transport;

        @Nullable
        String fallback;

        @Nullable
        String format;

        @Nullable
        String facility;

        @Nullable
        String appName;

        @Nullable
        String hostName;

        @Nullable
        String messageId;

        @Nullable
        String structuredDataId;

        @Nullable
        String framing;

        @Nullable
        String maxSize;

        @Nullable
        String replayTail;

        @Nullable
        String windowSize;

        @Nullable
        String ackTimeout;
    }

    /** Reads them; problems are added to {@code settings}. */
    static SyslogSettings read(Texts texts, @Nullable Context context, Settings settings) {
        SyslogFormat.Standard standard = settings.choice("format", texts.format, SyslogFormat.Standard.RFC5424);
        String id = settings.text("structuredDataId", texts.structuredDataId);
        StructuredData data =
                StructuredData.read(id == null ? "inkfast@32473" : id, texts.parameters, context, settings);
        if (standard == SyslogFormat.Standard.RFC3164 && (id != null || data.readsEvents())) {
            settings.problem(
                    "<structuredDataId> and <parameter> need <format> [RFC5424]; [RFC3164] has no structured data");
        }
        Map<String, Integer> facilities = Facility.byName();
        SyslogFormat head = new SyslogFormat(
                standard,
                settings.choice("facility", texts.facility, facilities, USER, facilities.keySet()),
                or(settings.text("hostName", texts.hostName), hostName(context)),
                or(settings.text("appName", texts.appName), "java"),
                Long.toString(ProcessHandle.current().pid()),
                or(settings.text("messageId", texts.messageId), ""));
        return new SyslogSettings(
                settings.choice("transport", texts.transport, Way.UDP),
                head,
                standard == SyslogFormat.Standard.RFC5424 ? data : null,
                settings.choice("framing", texts.framing, Framing.OCTET_COUNTED) == Framing.OCTET_COUNTED,
                (int) settings.bytes("maxSize", texts.maxSize, Datagram.LARGEST, LEAST_DATAGRAM, Datagram.LARGEST),
                Tail.read(texts.replayTail, settings),
                settings.count("windowSize", texts.windowSize, DEFAULT_WINDOW, 1, 1 << 16),
                settings.time(
                        "ackTimeout",
                        texts.ackTimeout,
                        Duration.ofSeconds(30),
                        Duration.ofMillis(10),
                        Duration.ofHours(1)),
                fallbacks(texts.fallback, settings));
    }

    private static String or(@Nullable String text, String otherwise) {
        return text == null ? otherwise : text;
    }

    private static String hostName(@Nullable Context context) {
        String name = context == null ? null : context.getProperty(CoreConstants.HOSTNAME_KEY);
        return name == null ? "" : name;
    }

    private static List<Fallback> fallbacks(@Nullable String text, Settings settings) {
        List<Fallback> found = new ArrayList<>();
        String all = settings.text("fallback", text);
        for (String each : all == null ? new String[0] : all.split(",")) {
            String[] parts = each.trim().split(":", 2);
            Way way = null;
            for (Way known : Way.values()) {
                if (known.shown().equalsIgnoreCase(parts[0])) {
                    way = known;
                }
            }
            if (way == null || parts.length < 2) {
                settings.problem("<fallback> [" + each.trim() + "] is not a transport, a host and a port, such as"
                        + " udp:localhost:514; transports are udp, tcp, tls, relp");
                continue;
            }
            for (HostPort peer : HostPort.read("fallback", parts[1], settings)) {
                found.add(new Fallback(way, peer));
            }
        }
        return found;
    }
}
