package io.inkfast.benchmarks.child;

import io.inkfast.benchmarks.pipe.Peer;
import io.inkfast.benchmarks.pipe.Workload;
import java.nio.file.Path;
import java.util.List;

/**
 * What one JVM is to do; travels as the arguments of its command line.
 *
 * @param rate logging calls a second, where the rate is fixed
 */
public record Job(Measure measure, Peer peer, Workload workload, int producers, int rate, boolean quick) {

    /** What can be measured. */
    public enum Measure {
        /** Events a second until all lines are in the file; processor time; allocation. */
        THROUGHPUT,
        /** Only the allocation. */
        ALLOCATION,
        /** How long logging calls take at a fixed rate. */
        LATENCY,
        /** What a front allocates beside Logback's event; the peer is a front. */
        HAND_OFF,
        /** Accepted against delivered; the peer is a front. */
        LOSS,
        /** Prepared events to bytes; the peer is an encoder. */
        ENCODE,
        /** The search of single messages; the peer is a scanner. */
        SCAN,
        /** Prepared bytes to where they outlive the process; the peer is a way to do that. */
        RECORD,
        /** Prepared bytes to the device, or to the kernel; the peer is a way to do that. */
        JOURNAL,
        /** How long logging calls take, and the start, with an appender to the network; the peer is a case. */
        SHIP,
        /** Prepared bytes to frames of an encrypted log, and back; the peer is a way to encrypt. */
        SEAL
    }

    /** The arguments. */
    public List<String> arguments(Path result, Path directory) {
        return List.of(
                result.toString(),
                directory.toString(),
                measure.name(),
                peer.name(),
                peer.kind().name(),
                peer.configuration(),
                workload.name(),
                Integer.toString(producers),
                Integer.toString(rate),
                Boolean.toString(quick));
    }

    static Job of(String[] arguments) {
        Peer peer = new Peer(arguments[3], Peer.Kind.valueOf(arguments[4]), arguments[5], "");
        return new Job(
                Measure.valueOf(arguments[2]),
                peer,
                Workload.of(arguments[6]),
                Integer.parseInt(arguments[7]),
                Integer.parseInt(arguments[8]),
                Boolean.parseBoolean(arguments[9]));
    }

    Scale scale() {
        return quick ? Scale.QUICK : Scale.FULL;
    }
}
