package io.inkfast.samples.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The configurations that users copy: right they start in silence, wrong they are refused aloud and nothing leaks. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ExampleConfigurationTest {

    /* What tells the user how to mend it. */
    private static final Pattern REMEDY = Pattern.compile(
            "did you mean|allowed is|is not (one of|a size|a time|a whole number)|give a default|write (it|the value) as"
                    + "|its settings are|is required|add <|must be");

    @TempDir
    Path folder;

    /* Where Logback's own file appender writes to if its file is a variable that nobody has set. */
    @AfterAll
    static void removeWhatLogbackMakes() throws IOException {
        Files.deleteIfExists(Path.of("UNSET_IS_UNDEFINED"));
    }

    /* The first is the program's own. */
    private static Path example(String name) {
        Path module = Path.of(System.getProperty("inkfast.root", "../.."), "samples/quickstart");
        return name.equals("json-file")
                ? module.resolve("src/main/resources/logback.xml")
                : module.resolve("src/test/resources/examples/" + name + ".xml");
    }

    @ParameterizedTest
    @ValueSource(strings = {"json-file", "accelerate-existing", "preset", "stdout-json"})
    void startsInSilenceAndWritesEveryEvent(String name) throws Exception {
        Trial trial = Trial.of(example(name), folder, Map.of());
        assertThat(trial.complaints()).isEmpty();
        assertThat(trial.err()).isEmpty();
        assertThat(trial.lines()).hasSize(3).allMatch(line -> line.contains(Trial.WORD));
    }

    @ParameterizedTest
    @ValueSource(strings = {"json-file", "preset", "stdout-json"})
    void redacts(String name) throws Exception {
        Trial trial = Trial.of(example(name), folder, Map.of());
        assertThat(trial.lines()).noneMatch(line -> line.contains(Trial.CARD));
    }

    @TestFactory
    Stream<DynamicTest> everyMistakeIsRefusedAloud() throws Exception {
        return Stream.of("json-file", "accelerate-existing", "stdout-json")
                .flatMap(name -> mutations(name).stream()
                        .map(mutation ->
                                DynamicTest.dynamicTest(name + " " + mutation.name(), () -> refuses(mutation))));
    }

    private static List<Mutation> mutations(String name) {
        try {
            return Mutation.of(example(name));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private void refuses(Mutation mutation) throws Exception {
        Path place = Files.createTempDirectory(folder, "mutation");
        Path xml = place.resolve("logback.xml");
        mutation.write(xml);
        Trial trial = Trial.of(xml, place, Map.of());
        assertThat(trial.errors())
                .as("an error that names [%s] and the remedy", mutation.element())
                .anyMatch(error -> error.contains(mutation.element())
                        && REMEDY.matcher(error).find());
        assertNothingRaw(trial);
    }

    /* Rejected in sight, or written without a word of the event. */
    private static void assertNothingRaw(Trial trial) {
        assertThat(trial.lines()).noneMatch(line -> line.contains(Trial.WORD) || line.contains(Trial.CARD));
        assertThat(trial.err()).doesNotContain(Trial.WORD).doesNotContain(Trial.CARD);
        if (trial.lines().size() != 3) {
            assertThat(trial.err().lines().filter(line -> line.contains(Trial.LOGGER)))
                    .as("rejected events on standard error; there: [%s]; in the log: %s", trial.err(), trial.lines())
                    .hasSize(3);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "inkfast.overflow, BLOKC, overflow",
        "inkfast.queueSize, eight, queueSize",
        "inkfast.maxQueuedBytes, 64 mib, maxQueuedBytes",
        "inkfast.stopTimeout, 5 secnds, stopTimeout",
        "inkfast.reserveLevel, WARNING, reserveLevel",
        "inkfast.reservePercent, 100, reservePercent",
        "inkfast.blockTimeout, soon, blockTimeout",
        "inkfast.includeCallerData, maybe, includeCallerData",
        "inkfast.shutdownHook, maybe, shutdownHook",
        "inkfast.maxFileSize, 200 mib, maxFileSize",
        "MAX_FILE_SIZE, 200 mib, maxFileSize",
        "inkfast.maxHistory, twenty, maxHistory",
        "BACKUP_COUNT, twenty, maxHistory",
        "inkfast.totalSizeCap, 2 gig, totalSizeCap"
    })
    void aWrongPropertyOfThePresetIsRefusedAloud(String property, String value, String element) throws Exception {
        Trial trial = Trial.of(example("preset"), folder, Map.of(property, value));
        assertThat(trial.errors())
                .anyMatch(error -> error.contains("<" + element + ">") && error.contains("[" + value + "]"));
        assertNothingRaw(trial);
    }

    /* The one mistake that Logback answers with an exception, whatever the appender: its message names the setting. */
    @Test
    void aMissingFileNamePatternIsSaidByLogbackItself() throws Exception {
        String wrong = Files.readString(example("json-file")).replace("fileNamePattern", "fileNamePatern");
        Path xml = Files.writeString(folder.resolve("logback.xml"), wrong);
        assertThatThrownBy(() -> Trial.of(xml, folder, Map.of()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("FileNamePattern");
    }

    @Test
    void customFieldsThatAreNoJsonAreAnErrorAndTheLogGoesOn() throws Exception {
        String wrong = Files.readString(example("json-file"))
                .replace(
                        "<encoder class=\"RedactingJsonEncoder\"/>",
                        "<encoder class=\"RedactingJsonEncoder\"><customFields>{\"service\":</customFields></encoder>");
        Trial trial = Trial.of(Files.writeString(folder.resolve("logback.xml"), wrong), folder, Map.of());
        assertThat(trial.errors()).anyMatch(error -> error.contains("customFields"));
        assertThat(trial.lines()).hasSize(3).noneMatch(line -> line.contains(Trial.CARD));
    }

    @Test
    void thePresetWritesWhereItsPropertiesSay() throws Exception {
        Path dir = folder.resolve("dir");
        Path xml = Files.writeString(folder.resolve("logback.xml"), """
                <configuration>
                  <include resource="META-INF/inkfast/json-file.xml"/>
                  <root level="INFO"><appender-ref ref="INKFAST"/></root>
                </configuration>
                """);
        Trial trial = Trial.of(xml, folder, Map.of("SERVICE_NAME", "shop"));
        assertThat(trial.complaints()).isEmpty();
        assertThat(trial.lines()).hasSize(3).allMatch(line -> line.contains("\"service\":\"shop\""));
        Trial inDirectory = Trial.of(
                xml, dir, Map.of("inkfast.file", dir.resolve("own.json").toString()));
        assertThat(inDirectory.complaints()).isEmpty();
        assertThat(Files.readAllLines(dir.resolve("own.json"))).hasSize(3).noneMatch(l -> l.contains("\"service\""));
    }
}
