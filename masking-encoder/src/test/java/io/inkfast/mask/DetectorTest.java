package io.inkfast.mask;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DetectorTest {

    @TempDir
    Path directory;

    /** MRN and six digits. */
    public static class MrnDetector implements Detector {

        @Override
        public String type() {
            return "mrn";
        }

        @Override
        public String anchors() {
            return "M";
        }

        @Override
        public int maxLookBehind() {
            return 0;
        }

        @Override
        public int maxLookAhead() {
            return 8;
        }

        @Override
        public boolean match(char[] text, int at, int from, int to, Span found) {
            if (to - at < 9 || text[at + 1] != 'R' || text[at + 2] != 'N') {
                return false;
            }
            for (int i = at + 3; i < at + 9; i++) {
                if (text[i] < '0' || text[i] > '9') {
                    return false;
                }
            }
            found.set(at, at + 9);
            return true;
        }
    }

    /** Throws, or reports nonsense. */
    public static final class BrokenDetector extends MrnDetector {

        static final AtomicInteger ASKED = new AtomicInteger();

        @Override
        public boolean match(char[] text, int at, int from, int to, Span found) {
            if (ASKED.getAndIncrement() % 2 == 0) {
                throw new IllegalStateException(new String(text, from, to - from));
            }
            found.set(from, to + 1);
            return true;
        }
    }

    /** Wants more than it may. */
    public static final class GreedyDetector extends MrnDetector {

        @Override
        public int maxLookAhead() {
            return 5_000;
        }
    }

    private Encoding with(Class<?> detector) {
        return Encoding.with(directory, "<redaction><detector class=\"" + detector.getName() + "\"/></redaction>");
    }

    @Test
    void findsWhatTheDetectorFinds() {
        try (Encoding encoding = with(MrnDetector.class)) {
            encoding.logger().info("MRN123456 {} Monday", "xMRN654321MRN111111");
            assertThat(encoding.last()).contains("\"message\":\"**** x******** Monday\"");
            assertThat(encoding.complaints()).isEmpty();
        }
    }

    @Test
    void withholdsWhatAFailingDetectorWasAskedAboutAndThenEverythingWithItsAnchor() {
        BrokenDetector.ASKED.set(0);
        try (Encoding encoding = with(BrokenDetector.class)) {
            for (int i = 0; i < 5; i++) {
                encoding.logger().info("My secret {}", i);
                assertThat(encoding.last()).contains("\"message\":\"[withheld]\"");
            }
            encoding.logger().info("nothing for it");
            assertThat(encoding.last()).contains("\"message\":\"nothing for it\"");
            assertThat(BrokenDetector.ASKED).hasValue(3);
            assertThat(encoding.complaints())
                    .containsExactly("ERROR <detector> [" + BrokenDetector.class.getName()
                            + "] failed [java.lang.IllegalStateException]; the text was withheld. From its third failure"
                            + " on, every text with one of its anchors is");
        }
    }

    @Test
    void isRefusedWithWhatItMayNotWant() {
        try (Encoding encoding = with(GreedyDetector.class)) {
            encoding.logger().info("hello");
            assertThat(encoding.last()).contains("the redaction is misconfigured");
            assertThat(encoding.complaints())
                    .contains("ERROR <detector> [" + GreedyDetector.class.getName()
                            + "] looks at 0 characters before and 5000 behind; allowed are 0 to 4096");
        }
    }

    @Test
    void theExampleOfTheDocumentationWorks() throws Exception {
        String page = Files.readString(Path.of("../docs/redaction-rules.md"));
        int from = page.indexOf("import io.inkfast.mask.Detector;");
        Path source = Files.writeString(
                directory.resolve("MrnDetector.java"), page.substring(from, page.indexOf("```", from)));
        int failed = javax.tools.ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-proc:none",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                                + java.io.File.pathSeparator
                                + Path.of(Detector.class
                                        .getProtectionDomain()
                                        .getCodeSource()
                                        .getLocation()
                                        .toURI()),
                        source.toString());
        assertThat(failed).isZero();
        try (var loader = new java.net.URLClassLoader(
                new java.net.URL[] {directory.toUri().toURL()}, Detector.class.getClassLoader())) {
            Redaction redaction = new Redaction();
            redaction.addDetector((Detector)
                    loader.loadClass("MrnDetector").getDeclaredConstructor().newInstance());
            assertThat(redaction.forOutput().apply("patient MRN123456 arrived")).isEqualTo("patient **** arrived");
        }
    }

    @Test
    void isFoundAsAService() throws Exception {
        Path services = Files.createDirectories(directory.resolve("META-INF/services"));
        Files.writeString(services.resolve(Detector.class.getName()), MrnDetector.class.getName());
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (var loader = new java.net.URLClassLoader(
                new java.net.URL[] {directory.toUri().toURL()}, before)) {
            thread.setContextClassLoader(loader);
            try (Encoding encoding = Encoding.with(directory, "")) {
                encoding.logger().info("MRN123456");
                assertThat(encoding.last()).contains("\"message\":\"****\"");
            }
            Files.writeString(services.resolve(Detector.class.getName()), "com.acme.Gone");
            try (Encoding encoding = Encoding.with(directory, "")) {
                assertThat(encoding.complaints())
                        .contains("ERROR a service of [io.inkfast.mask.Detector] cannot be loaded"
                                + " [java.util.ServiceConfigurationError]; see META-INF/services of the class path");
            }
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
