package io.inkfast.benchmarks.loss;

import io.inkfast.benchmarks.pipe.Peer;
import io.inkfast.benchmarks.pipe.Pipe;
import java.util.List;
import java.util.OptionalLong;

/** An asynchronous front, started, with a {@link Sink} behind it. */
public interface Front {

    /** The fronts that come with this program, in the order of the table. */
    List<Peer> KNOWN = List.of(
            new Peer("lb-async", Peer.Kind.LOGBACK, "fronts/lb-async.xml", "Logback `AsyncAppender`, blocking"),
            new Peer(
                    "lb-disruptor",
                    Peer.Kind.LOGBACK,
                    "fronts/lb-disruptor.xml",
                    "the encoder's Disruptor appender, blocking"),
            new Peer("log4j2-async", Peer.Kind.LOG4J2, "", "Log4j, all loggers asynchronous"),
            new Peer("inkfast", Peer.Kind.INKFAST, "fronts/inkfast.xml", "Inkfast, `BLOCK`"));

    /** Starts a front. */
    static Front open(Peer peer, int queueSize, Sink sink) {
        return peer.kind() == Peer.Kind.LOG4J2
                ? new Log4j2Front(queueSize, sink)
                : new LogbackFront(peer.configuration(), queueSize, sink);
    }

    /** A source of events; called on the thread that will use it. */
    Pipe.Source source(int producer);

    /** How many events the front has taken, where there is a way to know; after stop. */
    OptionalLong accepted();

    /** Stops the front, which has to deliver what it has taken. */
    void stop();
}
