package io.inkfast.benchmarks.redaction;

import io.inkfast.benchmarks.pipe.Peer;
import io.inkfast.mask.Redaction;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import net.logstash.logback.mask.RegexValueMasker;
import tools.jackson.core.json.JsonWriteContext;

/** What redacts a single text; the configuration of Inkfast's is a list of profiles. */
public final class Scanners {

    /** What the others are compared with. */
    public static final Peer PATTERNS = new Peer(
            "patterns",
            Peer.Kind.LOGBACK,
            "",
            "the value masks of `logstash-masking`: three patterns, one after the other");

    /** All of them, in the order of the table. */
    public static final List<Peer> KNOWN = List.of(
            PATTERNS,
            new Peer("scanner", Peer.Kind.INKFAST, "secrets, pci", "Inkfast on a text, profiles secrets and pci"),
            new Peer(
                    "scanner-gdpr",
                    Peer.Kind.INKFAST,
                    "secrets, pci, gdpr",
                    "Inkfast on a text, profiles secrets, pci and gdpr"));

    private Scanners() {}

    /** From a text to what may be seen of it; one thread at a time. */
    public static UnaryOperator<String> open(Peer peer) {
        if (peer.kind() == Peer.Kind.INKFAST) {
            Redaction redaction = new Redaction();
            redaction.addProfile(peer.configuration());
            return redaction.forOutput();
        }
        JsonWriteContext nowhere = JsonWriteContext.createRootContext(null);
        RegexValueMasker[] masks = UsualMasks.VALUES.stream()
                .map(pattern -> new RegexValueMasker(pattern, UsualMasks.MASK))
                .toArray(RegexValueMasker[]::new);
        return text -> {
            Object masked = text;
            for (RegexValueMasker mask : masks) {
                masked = Objects.requireNonNullElse(mask.mask(nowhere, masked), masked);
            }
            return masked.toString();
        };
    }
}
