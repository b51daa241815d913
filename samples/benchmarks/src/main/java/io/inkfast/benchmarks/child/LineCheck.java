package io.inkfast.benchmarks.child;

import io.inkfast.benchmarks.pipe.Encryption;
import io.inkfast.benchmarks.pipe.Workload;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads back what a peer has written: every line is counted and has the next sequence of its producer. Lines are parsed
 * as JSON: all of a short file, every 16th of a long one.
 */
final class LineCheck {

    private static final byte[] BEFORE_SEQUENCE = Workload.BEFORE_SEQUENCE.getBytes(StandardCharsets.US_ASCII);
    private static final byte[] BEFORE_PRODUCER = Workload.BEFORE_PRODUCER.getBytes(StandardCharsets.US_ASCII);
    private static final int ALL_PARSED_BELOW = 50_000;
    private static final int PARSED_EVERY = 16;

    private final JsonFactory json = new JsonFactory();
    private final long[] next;
    private final long expected;
    private final int parsedEvery;
    private long lines;
    private long bytes;
    private long good;
    private long malformed;
    private long disordered;

    private LineCheck(long[] logged) {
        next = new long[logged.length];
        expected = Arrays.stream(logged).sum();
        parsedEvery = expected < ALL_PARSED_BELOW ? 1 : PARSED_EVERY;
    }

    /** Checks the file, and the files rolled from it, against the number of events each producer has logged. */
    static LineCheck of(Path file, long[] logged) throws IOException {
        LineCheck check = new LineCheck(logged);
        List<Path> files = new ArrayList<>();
        String name = String.valueOf(file.getFileName());
        try (Stream<Path> beside = Files.list(file.toAbsolutePath().resolveSibling("."))) {
            beside.filter(Files::isRegularFile)
                    .filter(path -> String.valueOf(path.getFileName()).startsWith(name + "."))
                    .sorted()
                    .forEach(files::add);
        }
        files.add(file);
        for (Path each : files) {
            check.read(each);
        }
        return check;
    }

    void report(Map<String, Double> figures) {
        figures.put("line_bytes", lines == 0 ? 0 : (double) bytes / lines);
        figures.put("lost", (double) (expected - good));
        figures.put("disordered", (double) disordered);
        figures.put("malformed", (double) malformed);
    }

    private void read(Path file) throws IOException {
        byte[] block = new byte[1 << 20];
        byte[] line = new byte[1 << 12];
        int length = 0;
        try (InputStream in = open(file)) {
            for (int read = in.read(block); read >= 0; read = in.read(block)) {
                bytes += read;
                int from = 0;
                for (int i = 0; i < read; i++) {
                    if (block[i] == '\n') {
                        line = append(line, length, block, from, i);
                        check(line, length + i - from);
                        length = 0;
                        from = i + 1;
                    }
                }
                line = append(line, length, block, from, read);
                length += read - from;
            }
        }
        if (length > 0) {
            malformed++;
        }
    }

    private static InputStream open(Path file) throws IOException {
        if (Encryption.isEncrypted(file)) {
            return Encryption.decrypted(file);
        }
        InputStream in = Files.newInputStream(file);
        return file.toString().endsWith(".gz") ? new GZIPInputStream(new BufferedInputStream(in)) : in;
    }

    private static byte[] append(byte[] line, int length, byte[] block, int from, int to) {
        byte[] grown = line.length < length + to - from ? Arrays.copyOf(line, (length + to - from) * 2) : line;
        System.arraycopy(block, from, grown, length, to - from);
        return grown;
    }

    private void check(byte[] line, int length) {
        lines++;
        int sequenceAt = after(line, length, 0, BEFORE_SEQUENCE);
        int producerAt = sequenceAt < 0 ? -1 : after(line, length, sequenceAt, BEFORE_PRODUCER);
        if (producerAt < 0 || (lines % parsedEvery == 0 && !parses(line, length))) {
            malformed++;
            return;
        }
        long sequence = number(line, sequenceAt);
        int producer = (int) number(line, producerAt);
        good++;
        if (sequence < next[producer]) {
            disordered++;
        } else {
            next[producer] = sequence + 1;
        }
    }

    private static int after(byte[] line, int length, int from, byte[] words) {
        for (int i = from; i <= length - words.length; i++) {
            if (line[i] == words[0] && Arrays.equals(line, i, i + words.length, words, 0, words.length)) {
                return i + words.length;
            }
        }
        return -1;
    }

    private static long number(byte[] line, int from) {
        long number = 0;
        for (int i = from; line[i] >= '0' && line[i] <= '9'; i++) {
            number = number * 10 + line[i] - '0';
        }
        return number;
    }

    private boolean parses(byte[] line, int length) {
        try (JsonParser parser = json.createParser(ObjectReadContext.empty(), line, 0, length)) {
            while (parser.nextToken() != null) {
                // Only the syntax is of interest.
            }
            return true;
        } catch (JacksonException e) {
            return false;
        }
    }
}
