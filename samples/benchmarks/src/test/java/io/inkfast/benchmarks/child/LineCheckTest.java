package io.inkfast.benchmarks.child;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineCheckTest {

    @TempDir
    Path directory;

    @Test
    void isContentWithEveryLineInItsOrder() throws IOException {
        assertThat(check(line(0, 0) + line(0, 1) + line(1, 0) + line(1, 1), 2, 2))
                .containsEntry("lost", 0.0)
                .containsEntry("disordered", 0.0)
                .containsEntry("malformed", 0.0);
    }

    @Test
    void countsALineThatIsMissing() throws IOException {
        assertThat(check(line(0, 0) + line(2, 0), 3)).containsEntry("lost", 1.0).containsEntry("disordered", 0.0);
    }

    @Test
    void countsTheLastLinesThatAreMissing() throws IOException {
        assertThat(check(line(0, 0), 1, 5)).containsEntry("lost", 5.0);
    }

    @Test
    void countsALineOutOfOrderAndATwin() throws IOException {
        assertThat(check(line(1, 0) + line(0, 0), 2)).containsEntry("disordered", 1.0);
        assertThat(check(line(0, 0) + line(0, 0), 1)).containsEntry("disordered", 1.0);
    }

    @Test
    void countsALineThatIsNoJsonAsMalformedAndLost() throws IOException {
        String torn = line(0, 0).replace("\"}", "");

        assertThat(check(torn + line(1, 0), 2)).containsEntry("malformed", 1.0).containsEntry("lost", 1.0);
    }

    @Test
    void countsALastLineWithoutAnEnd() throws IOException {
        assertThat(check(line(0, 0) + line(1, 0).stripTrailing(), 2))
                .containsEntry("malformed", 1.0)
                .containsEntry("lost", 1.0);
    }

    @Test
    void readsRolledFilesFirst() throws IOException {
        try (var out = new GZIPOutputStream(Files.newOutputStream(directory.resolve("lines.json.2026-01-01.gz")))) {
            out.write(line(0, 0).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }

        assertThat(check(line(1, 0), 2)).containsEntry("lost", 0.0).containsEntry("disordered", 0.0);
    }

    private Map<String, Double> check(String lines, long... logged) throws IOException {
        Path file = Files.writeString(directory.resolve("lines.json"), lines);
        Map<String, Double> figures = new LinkedHashMap<>();
        LineCheck.of(file, logged).report(figures);
        return figures;
    }

    private static String line(long sequence, int producer) {
        return "{\"message\":\"Handled order " + sequence + " of producer " + producer + " and more\"}\n";
    }
}
