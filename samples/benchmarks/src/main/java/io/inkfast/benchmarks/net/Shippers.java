package io.inkfast.benchmarks.net;

import io.inkfast.benchmarks.pipe.Peer;
import java.util.List;

/** The cases that are compared: an appender to the network, and how the peer is to which it sends. */
public final class Shippers {

    /** How the peer is to which an appender sends. */
    public enum Receiving {
        /** Nobody listens at the port. */
        ABSENT,
        /** Reads as fast as it can. */
        HEALTHY,
        /** Reads a tenth of what is logged. */
        SLOW,
        /** There is none. */
        NOBODY
    }

    /** Appenders in the order of the table, and their descriptions. */
    private static final List<Peer> APPENDERS = List.of(
            new Peer(
                    "no-appender",
                    Peer.Kind.LOGBACK,
                    "net/no-appender.xml",
                    "Logback and an appender that does nothing"),
            inkfast("inkfast-tcp", "`TcpAppender`, 1 MB of events at most, DROP_OLDEST, `RedactingJsonEncoder`"),
            other(
                    "logstash-tcp",
                    "`LogstashTcpSocketAppender`, 4096 events at most, `LogstashEncoder`; what is too much it drops"),
            inkfast("inkfast-kafka", "`KafkaAppender`, 1 MB of events at most, DROP_OLDEST, `RedactingJsonEncoder`"),
            other("danielwegener-kafka", "logback-kafka-appender as shipped, so `max.block.ms` is Kafka's: 60 seconds"),
            other(
                    "danielwegener-kafka-no-block",
                    "the same with `max.block.ms=0`: what the producer does not take at once is dropped"),
            inkfast(
                    "inkfast-elastic",
                    "`ElasticsearchAppender`, 1 MB of events at most, DROP_OLDEST, `RedactingJsonEncoder`"),
            other("agido-elastic", "logback-elasticsearch-appender as shipped"));

    /** What is measured, in the order of the table. */
    public static final List<Peer> KNOWN = APPENDERS.stream()
            .flatMap(appender -> receiving(appender).stream().map(how -> caseOf(appender, how)))
            .toList();

    private Shippers() {}

    /** How the peer is in that case. */
    public static Receiving receiving(String caseName) {
        return Receiving.valueOf(caseName.substring(caseName.lastIndexOf(' ') + 1));
    }

    /** The appender of that case. */
    public static String appender(Peer known) {
        return known.name().substring(0, known.name().lastIndexOf(' '));
    }

    private static List<Receiving> receiving(Peer appender) {
        if (appender.name().equals("no-appender")) {
            return List.of(Receiving.NOBODY);
        }
        // The others need a server that speaks more than lines.
        return appender.name().endsWith("-tcp")
                ? List.of(Receiving.ABSENT, Receiving.HEALTHY, Receiving.SLOW)
                : List.of(Receiving.ABSENT);
    }

    private static Peer caseOf(Peer appender, Receiving how) {
        return new Peer(appender.name() + " " + how, appender.kind(), appender.configuration(), appender.description());
    }

    private static Peer inkfast(String name, String description) {
        return new Peer(name, Peer.Kind.INKFAST, "net/" + name + ".xml", description);
    }

    private static Peer other(String name, String description) {
        return new Peer(name, Peer.Kind.LOGBACK, "net/" + name + ".xml", description);
    }
}
