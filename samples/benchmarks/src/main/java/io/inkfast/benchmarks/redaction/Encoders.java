package io.inkfast.benchmarks.redaction;

import io.inkfast.benchmarks.pipe.Peer;
import java.util.List;

/** The encoders that are compared; the configuration of each has one {@link RecordingAppender}. */
public final class Encoders {

    /** Inkfast, as it comes: profiles secrets and pci. */
    public static final Peer REDACTING =
            inkfast("redacting", "`RedactingJsonEncoder` as it comes, profiles secrets and pci");

    /** What it is compared with where nothing is hidden. */
    public static final Peer PLAIN = logback("logstash", "`LogstashEncoder`, hides nothing");

    /** What it is compared with where values are hidden. */
    public static final Peer MASKING = logback(
            "logstash-masking", "`LogstashEncoder` with its masking: 3 paths, 3 value patterns (see `UsualMasks`)");

    /** All of them, in the order of the tables. */
    public static final List<Peer> KNOWN = List.of(
            logback("logback-json", "Logback's own `JsonEncoder`, formatted message, hides nothing"),
            PLAIN,
            MASKING,
            REDACTING,
            inkfast("redacting-gdpr", "`RedactingJsonEncoder`, profiles secrets, pci and gdpr"));

    private Encoders() {}

    private static Peer logback(String name, String description) {
        return new Peer(name, Peer.Kind.LOGBACK, "encoders/" + name + ".xml", description);
    }

    private static Peer inkfast(String name, String description) {
        return new Peer(name, Peer.Kind.INKFAST, "encoders/" + name + ".xml", description);
    }
}
