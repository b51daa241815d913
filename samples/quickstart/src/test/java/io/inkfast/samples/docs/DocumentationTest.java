package io.inkfast.samples.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkfast.keys.KeysetException;
import io.inkfast.keys.KeysetFile;
import io.inkfast.keys.KeysetPurpose;
import io.inkfast.testing.LogbackHarness;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Runs what the documentation shows. {@code xml} configures Logback in silence, or names artifacts that this build makes;
 * {@code java} compiles; {@code kotlin} names such artifacts; {@code sh} is what .ci/run runs, {@code shell} is for
 * reading, as {@code text} is. Links within the project lead somewhere.
 */
class DocumentationTest {

    private static final Path ROOT = Path.of(System.getProperty("inkfast.root", "../.."));
    private static final Pattern FENCE = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)(#[^)]*)?\\)");
    private static final Pattern ARTIFACT =
            Pattern.compile("<artifactId>(inkfast[^<]*)</artifactId>|io\\.inkfast:(inkfast[^:\"]*)");
    private static final Pattern VERSION = Pattern.compile("<version>([^<]*)</version>|inkfast:([\\d.]+[^\"]*)\"");

    @TempDir
    Path folder;

    private record Snippet(Path page, int line, String language, String text) {
        @Override
        public String toString() {
            return page.getFileName() + ":" + line + " " + language;
        }
    }

    @TestFactory
    Stream<DynamicTest> everySnippetWorks() throws IOException {
        return snippets().stream().map(snippet -> DynamicTest.dynamicTest(snippet.toString(), () -> run(snippet)));
    }

    @ParameterizedTest
    @CsvSource({
        "xml, <encoder class=\"io.inkfast.mask.RedactingJsonEncoder\"><redactoin/></encoder>",
        "xml, <appender name=\"A\" class=\"io.inkfast.async.AsyncBatchingAppender\"/>",
        "xml, <dependency><artifactId>inkfast-no-such-module</artifactId></dependency>",
        "kotlin, implementation(platform(\"io.inkfast:inkfast:9.9\"))",
        "java, log.inof(\"typo\");",
        "sh, ./mvnw no-such-goal",
        "bash, ls"
    })
    void aWrongSnippetIsNoticed(String language, String text) {
        assertThatThrownBy(() -> run(new Snippet(Path.of("README.md"), 1, language, text)))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void linksLeadSomewhere() throws IOException {
        for (Path page : pages()) {
            Matcher link = LINK.matcher(Files.readString(page));
            while (link.find()) {
                assertThat(page.resolveSibling(link.group(1)))
                        .as("link in %s", page)
                        .exists();
            }
        }
    }

    /* The setters of Logback's own base classes are described there. */
    @ParameterizedTest
    @CsvSource({
        "async-appender, io.inkfast.async.AsyncBatchingAppender",
        "write-ahead-appender, io.inkfast.wal.WriteAheadAppender",
        "flight-recorder, io.inkfast.recorder.FlightRecorderAppender",
        "encrypted-files, io.inkfast.encrypt.EncryptedFileAppender"
    })
    void everySettingIsDescribed(String name, Class<?> bean) throws IOException {
        String page = Files.readString(ROOT.resolve("docs/" + name + ".md"));
        for (Method method : bean.getDeclaredMethods()) {
            if (method.getName().startsWith("set")) {
                String element = method.getName().substring(3);
                assertThat(page)
                        .contains("`<" + Character.toLowerCase(element.charAt(0)) + element.substring(1) + ">` |");
            }
        }
    }

    @Test
    void everyPropertyOfThePresetsIsDescribed() throws IOException {
        String page = Files.readString(ROOT.resolve("docs/presets.md"));
        for (String preset : List.of("json-file", "stdout-json")) {
            String xml = Files.readString(
                    ROOT.resolve("masking-encoder/src/main/resources/META-INF/inkfast/" + preset + ".xml"));
            Matcher property = Pattern.compile("\\$\\{([\\w.]+)").matcher(xml);
            while (property.find()) {
                assertThat(page).contains("`" + property.group(1) + "`");
            }
        }
    }

    private void run(Snippet snippet) throws Exception {
        switch (snippet.language()) {
            case "xml" -> {
                if (snippet.text().contains("<dependenc")) {
                    assertArtifacts(snippet.text());
                } else {
                    assertConfigures(snippet.text());
                }
            }
            case "kotlin" -> assertArtifacts(snippet.text());
            case "java" -> assertCompiles(snippet.text());
            case "sh" -> assertRunByCi(snippet.text());
            case "text", "shell" -> assertThat(snippet.text()).isNotBlank();
            default -> throw new AssertionError("a snippet needs a language that is run: " + snippet);
        }
    }

    private void assertConfigures(String text) throws IOException, KeysetException {
        makeKeys();
        String whole =
                text.contains("<configuration") ? text : "<configuration>\n" + wrap(text) + "\n</configuration>\n";
        // Relative paths in examples must not leave files in the project.
        Path xml = Files.writeString(
                folder.resolve("logback.xml"), whole.replaceAll("([>\":])(logs|keys)/", "$1" + folder + "/$2/"));
        try (LogbackHarness logback = LogbackHarness.configure(
                xml,
                Map.of(
                        "LOG_DIR",
                        folder.toString(),
                        "LOG_FILE",
                        folder.resolve("own.json").toString()))) {
            logback.logger("docs").debug("quiet");
            assertThat(logback.complaints()).isEmpty();
        }
    }

    /* Those that examples name. */
    private void makeKeys() throws IOException, KeysetException {
        String keys = "file:" + Files.createDirectories(folder.resolve("keys")) + "/";
        KeysetFile.of("keyset", keys + "redaction.json").generate(KeysetPurpose.PSEUDONYMS, true);
        KeysetFile.of("keyset", keys + "log.json").generate(KeysetPurpose.ENCRYPTION, true);
        KeysetFile.of("keyset", keys + "reader.json").generate(KeysetPurpose.WRITE_ONLY_HOST, true);
        KeysetFile.of("keyset", keys + "writer.json").publish("keyset", keys + "reader.json");
    }

    /* A fragment may be an encoder by itself, or an appender that nobody refers to: Logback would not even make it. */
    private static String wrap(String fragment) {
        String text = fragment.trim();
        if (text.startsWith("<encoder") || text.startsWith("<redaction")) {
            String encoder = text.startsWith("<encoder")
                    ? text
                    : "<encoder class=\"io.inkfast.mask.RedactingJsonEncoder\">" + text + "</encoder>";
            return "<appender name=\"OUT\" class=\"ch.qos.logback.core.ConsoleAppender\">" + encoder
                    + "</appender><root level=\"INFO\"><appender-ref ref=\"OUT\"/></root>";
        }
        Matcher name = Pattern.compile("<appender name=\"(\\w+)\"").matcher(text);
        List<String> references = new ArrayList<>();
        while (name.find()) {
            references.add("<appender-ref ref=\"" + name.group(1) + "\"/>");
        }
        return text.contains("<root") ? text : text + "<root level=\"INFO\">" + String.join("", references) + "</root>";
    }

    private static void assertArtifacts(String text) throws IOException {
        String parent = Files.readString(ROOT.resolve("pom.xml"));
        Matcher artifact = ARTIFACT.matcher(text);
        assertThat(artifact.find()).isTrue();
        do {
            String name = artifact.group(1) != null ? artifact.group(1) : artifact.group(2);
            assertThat(parent).contains("<artifactId>" + name + "</artifactId>");
        } while (artifact.find());
        Matcher version = VERSION.matcher(text);
        while (version.find()) {
            String value = version.group(1) != null ? version.group(1) : version.group(2);
            assertThat(parent).contains("<version>" + value + "</version>");
        }
    }

    private void assertCompiles(String text) {
        boolean whole = text.contains("class ") || text.contains("record ") || text.contains("interface ");
        String source =
                whole ? text : "class Snippet { void run(org.slf4j.Logger log) throws Exception {\n" + text + "\n} }\n";
        Matcher type = Pattern.compile("public (?:final )?class (\\w+)").matcher(text);
        String name = type.find() ? type.group(1) : "Snippet";
        JavaFileObject file =
                new SimpleJavaFileObject(URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return source;
                    }
                };
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        List<String> options = List.of(
                "-d",
                folder.toString(),
                "-proc:none",
                "-classpath",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        boolean compiled = ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, problems, options, null, List.of(file))
                .call();
        assertThat(compiled)
                .as(problems.getDiagnostics().stream()
                        .filter(each -> each.getKind() == Diagnostic.Kind.ERROR)
                        .toList()
                        .toString())
                .isTrue();
    }

    private static void assertRunByCi(String text) throws IOException {
        List<String> run = Files.readAllLines(ROOT.resolve(".ci/run"));
        for (String command : text.lines().filter(line -> !line.isBlank()).toList()) {
            assertThat(run).anyMatch(line -> line.startsWith("step ") && line.endsWith(" " + command));
        }
    }

    private static List<Snippet> snippets() throws IOException {
        List<Snippet> snippets = new ArrayList<>();
        for (Path page : pages()) {
            String text = Files.readString(page);
            Matcher fence = FENCE.matcher(text);
            int fences = 0;
            while (fence.find()) {
                fences++;
                int line = (int) text.substring(0, fence.start()).lines().count() + 1;
                snippets.add(new Snippet(page, line, fence.group(1), fence.group(2)));
            }
            // An indented or unclosed fence would escape.
            long marks = Arrays.stream(text.split("\n"))
                    .filter(line -> line.strip().startsWith("```"))
                    .count();
            assertThat(marks).as("fences of %s", page).isEqualTo(2L * fences);
        }
        return snippets;
    }

    private static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>();
        for (Path where : List.of(ROOT, ROOT.resolve("docs"))) {
            try (Stream<Path> all = Files.list(where)) {
                all.filter(each -> each.toString().endsWith(".md")).sorted().forEach(pages::add);
            }
        }
        return pages;
    }
}
