package io.inkfast.benchmarks.pipe;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * One library in one configuration.
 *
 * @param name          as in the tables
 * @param kind          which library
 * @param configuration a file or a resource; empty for a library that is set up by code
 * @param description   for the table of peers
 */
public record Peer(String name, Kind kind, String configuration, String description) {

    /** The libraries. */
    public enum Kind {
        /** A Logback configuration of somebody else, or of a peer that encodes with LogstashEncoder. */
        LOGBACK,
        /** Inkfast, behind Logback. */
        INKFAST,
        LOG4J2,
        TINYLOG,
        /** tinylog with a pattern in the place of its JSON writer. */
        TINYLOG_PATTERN
    }

    private static final List<Peer> KNOWN = List.of(
            logback("lb-sync", "Logback `FileAppender` as shipped"),
            logback("lb-sync-nf", "Logback `FileAppender`, `immediateFlush=false`"),
            logback("lb-async", "Logback `AsyncAppender`, blocking, over the file appender as shipped"),
            logback("lb-async-nf", "Logback `AsyncAppender`, blocking, over `immediateFlush=false`"),
            logback("lb-disruptor", "the encoder's Disruptor appender, blocking, over the file appender as shipped"),
            logback("lb-disruptor-nf", "the encoder's Disruptor appender, blocking, over `immediateFlush=false`"),
            new Peer(
                    "log4j2-async",
                    Kind.LOG4J2,
                    "peers/log4j2-async.xml",
                    "Log4j, all loggers asynchronous, JSON template"),
            new Peer("tinylog", Kind.TINYLOG, "", "tinylog, writing thread, JSON writer (its queue has no bound)"),
            new Peer(
                    "tinylog-pattern",
                    Kind.TINYLOG_PATTERN,
                    "",
                    "the same with a pattern that looks like JSON and escapes nothing: not for W3"),
            inkfast("inkfast-accelerate", "Inkfast in front of `RollingFileAppender` and `LogstashEncoder`"),
            inkfast("inkfast-file", "Inkfast, its own file appender, `LogstashEncoder`"),
            inkfast("inkfast-json", "Inkfast, its own file appender, redacting encoder"),
            inkfast("inkfast-elog", "the same, encrypted with AES-256-GCM"),
            inkfast("inkfast-wal", "inkfast-json behind the write-ahead appender, at levels for which no call waits"));

    /** The peers that come with this program, in the order of the tables. */
    public static List<Peer> known() {
        return KNOWN;
    }

    /** The known peer of that name. */
    public static Optional<Peer> named(String name) {
        return KNOWN.stream().filter(peer -> peer.name().equals(name)).findFirst();
    }

    /** A peer from outside: any Logback configuration that writes to {@code ${LOG_FILE}}. */
    public static Peer external(String name, Path configuration) {
        if (!Files.isReadable(configuration)) {
            throw new IllegalArgumentException(
                    "cannot read the configuration of peer [" + name + "]: " + configuration);
        }
        return new Peer(name, Kind.LOGBACK, configuration.toAbsolutePath().toString(), "`" + configuration + "`");
    }

    /** Sets the library up to write this file. */
    public Pipe open(Path file, Workload workload) {
        return switch (kind) {
            case LOGBACK, INKFAST -> new LogbackPipe(configuration, file, workload);
            case LOG4J2 -> new Log4j2Pipe(configuration, file, workload);
            case TINYLOG -> new TinylogPipe(file, workload, true);
            case TINYLOG_PATTERN -> new TinylogPipe(file, workload, false);
        };
    }

    /** Whether it can write lines of that content; a stack trace has to be escaped. */
    public boolean writes(Workload workload) {
        return switch (kind) {
            case LOGBACK, INKFAST -> true;
            case LOG4J2, TINYLOG -> workload != Workload.WM;
            case TINYLOG_PATTERN -> workload != Workload.WM && !workload.hasFailure();
        };
    }

    /** Whether it writes JSON whatever the content is. */
    public boolean writesJson() {
        return kind != Kind.TINYLOG_PATTERN;
    }

    /** Whether this is the library whose speed is in question. */
    public boolean ours() {
        return kind == Kind.INKFAST;
    }

    private static Peer logback(String name, String description) {
        return new Peer(name, Kind.LOGBACK, "peers/" + name + ".xml", description);
    }

    private static Peer inkfast(String name, String description) {
        return new Peer(name, Kind.INKFAST, "peers/" + name + ".xml", description);
    }
}
