package io.inkfast.mask;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.spi.ILoggingEvent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.logstash.logback.encoder.LogstashEncoder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Scores the encoder on the corpus, prints the table, and demands what docs/corpus.md promises. */
class CorpusScoreTest {

    static final Map<String, String> ENCODERS = Map.of(
            "secrets", "",
            "gdpr", "<redaction><profile>secrets, pci, gdpr</profile></redaction>",
            "hipaa", "<redaction><profile>secrets, pci, hipaa</profile></redaction>");

    /** Percent of the cases of a class that must pass; both kinds of look-alikes together. */
    private static final Map<String, Integer> BAR =
            Map.of("plain", 100, "awkward", 95, "exotic", 60, "lookalike", 99, "injection", 100);

    private record Failure(CorpusCase one, List<String> problems, String line) {
        @Override
        public String toString() {
            return one.id() + " " + one.kind() + " " + problems + "\n    " + line.stripTrailing();
        }
    }

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"corpus", "heldout"})
    void reachesTheBar(String folder) throws Exception {
        CorpusScore score = new CorpusScore();
        List<Failure> failures = new ArrayList<>();
        for (Map.Entry<String, List<CorpusCase>> group : byProfile(folder).entrySet()) {
            failures.addAll(scored(group.getKey(), group.getValue(), score));
        }
        failures.forEach(System.out::println);
        System.out.println(folder + "\n" + score);
        assertThat(BAR.keySet())
                .as("classes below the bar")
                .filteredOn(kind -> score.percent(kind) < BAR.get(kind))
                .isEmpty();
        assertThat(failures).noneMatch(failure -> failure.problems().contains("withheld"));
    }

    private List<Failure> scored(String profile, List<CorpusCase> cases, CorpusScore score) throws Exception {
        List<Failure> failures = new ArrayList<>();
        try (Encoding encoding = Encoding.with(directory, ENCODERS.get(profile))) {
            if (encoding.complaints().stream().anyMatch(text -> text.contains("is not available in this version"))) {
                score.unavailable(profile);
                return failures;
            }
            LogstashEncoder logbacks = new LogstashEncoder();
            logbacks.setContext(encoding.context());
            logbacks.start();
            Encoding.Sink sink = encoding.sink();
            for (CorpusCase one : cases) {
                CorpusLogging.log(encoding.context(), one);
                ILoggingEvent event = sink.events.remove(0);
                byte[] reference = one.untouched() ? logbacks.encode(event) : new byte[0];
                byte[] bytes = sink.encoded.remove(0);
                List<String> problems = CorpusCheck.problems(
                        one, bytes, reference, Thread.currentThread().getName());
                score.add(one, problems.isEmpty());
                if (!problems.isEmpty()) {
                    failures.add(new Failure(one, problems, new String(bytes, StandardCharsets.UTF_8)));
                }
            }
        }
        return failures;
    }

    private static Map<String, List<CorpusCase>> byProfile(String folder) {
        Map<String, List<CorpusCase>> groups = new LinkedHashMap<>();
        Corpus.cases(folder)
                .forEach(one -> groups.computeIfAbsent(one.profile(), name -> new ArrayList<>())
                        .add(one));
        return groups;
    }

    /** As large as docs/corpus.md says; ids are told apart by the reader of the files. */
    @ParameterizedTest
    @CsvSource({
        "corpus, plain, 200",
        "corpus, awkward, 170",
        "corpus, exotic, 70",
        "corpus, lookalike, 130",
        "corpus, injection, 40",
        "heldout, plain, 100",
        "heldout, awkward, 70",
        "heldout, exotic, 25",
        "heldout, lookalike, 55",
        "heldout, injection, 20"
    })
    void isLargeEnough(String folder, String kind, int least) {
        assertThat(Corpus.cases(folder))
                .filteredOn(one -> one.kind().startsWith(kind))
                .hasSizeGreaterThanOrEqualTo(least);
    }

    /* A case says something only if all that it wants hidden is there to be seen, and all that it wants kept. */
    @ParameterizedTest
    @ValueSource(strings = {"corpus", "heldout"})
    void everyExpectationCanFail(String folder) throws Exception {
        List<String> pointless = new ArrayList<>();
        try (Encoding encoding = Encoding.with(directory, "<redaction><profile>none</profile></redaction>")) {
            for (CorpusCase one : Corpus.cases(folder)) {
                CorpusLogging.log(encoding.context(), one);
                byte[] bytes = encoding.sink().encoded.remove(0);
                List<String> problems = CorpusCheck.problems(
                        one, bytes, bytes, Thread.currentThread().getName());
                if (problems.stream().anyMatch(text -> text.startsWith("no valid JSON"))) {
                    continue; // raw JSON that is none breaks the line of an encoder that does not look at it
                }
                Stream<String> hidden = Stream.concat(
                        one.hidden().stream().map(text -> "seen: " + text),
                        one.hiddenBare().stream().map(text -> "seen, bare: " + text));
                hidden.filter(text -> !problems.contains(text))
                        .forEach(text -> pointless.add(one.id() + " not " + text));
                problems.stream()
                        .filter(text -> text.startsWith("gone"))
                        .forEach(text -> pointless.add(one.id() + text));
            }
        }
        assertThat(pointless).isEmpty();
    }
}
