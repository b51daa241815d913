package io.inkfast.wal.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkfast.journal.JournalSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The tables in docs/journal-format.md. */
class JournalFormatPageTest {

    private static final String PAGE = "docs/journal-format.md";

    private static List<String> page() throws IOException {
        Path here = Path.of(PAGE).toAbsolutePath();
        while (!Files.exists(here)) {
            here = here.getParent().getParent().getParent().resolve(PAGE);
        }
        return Files.readAllLines(here);
    }

    private static List<String[]> table(String header) throws IOException {
        List<String> lines = page();
        int start = lines.indexOf(header);
        assertThat(start).as(header).isNotNegative();
        return lines.stream()
                .skip(start + 2L)
                .takeWhile(line -> line.startsWith("| "))
                .map(line -> line.substring(2).split(" ?\\| ?", -1))
                .toList();
    }

    private static int constant(String name) throws ReflectiveOperationException {
        return EventRecord.class
                .getDeclaredField(name.toUpperCase(Locale.ROOT).replace(' ', '_'))
                .getInt(null);
    }

    private static void agree(List<String[]> rows, int first) throws ReflectiveOperationException {
        for (int i = 0; i < rows.size(); i++) {
            assertThat(rows.get(i)[0]).isEqualTo(String.valueOf(first + i));
            assertThat(constant(rows.get(i)[1])).as(rows.get(i)[1]).isEqualTo(first + i);
        }
    }

    @Test
    void hasTheFieldsOfTheHeader() throws Exception {
        List<String[]> rows = table("| offset | bytes | field |");
        assertThat(rows.stream().map(row -> Integer.parseInt(row[0])))
                .containsExactly(
                        0,
                        1,
                        EventRecord.FLAGS,
                        EventRecord.LEVEL,
                        EventRecord.SECONDS,
                        EventRecord.NANOS,
                        EventRecord.RUN_ID,
                        EventRecord.SEQUENCE,
                        EventRecord.SECTIONS);
        for (int i = 0; i + 1 < rows.size(); i++) {
            int next = Integer.parseInt(rows.get(i)[0]) + Integer.parseInt(rows.get(i)[1]);
            assertThat(rows.get(i + 1)[0]).isEqualTo(String.valueOf(next));
        }
        assertThat(rows.get(0)[2]).startsWith("major version, " + EventRecord.MAJOR + ".");
        assertThat(rows.get(1)[2]).startsWith("minor version, " + EventRecord.MINOR + ".");
    }

    @Test
    void hasTheSections() throws Exception {
        List<String[]> rows = table("| tag | section | content |");
        agree(rows, 1);
        assertThat(rows).hasSize(EventRecord.CONTEXT);
    }

    @Test
    void hasTheValuesAndTokens() throws Exception {
        List<String[]> rows = table("| tag | value or token | content |");
        agree(rows, 0);
        assertThat(rows).hasSize(EventRecord.NUMERAL + 1);
    }

    @Test
    void hasTheLimitOfARecord() throws IOException {
        assertThat(String.join(" ", page()))
                .contains("longer than the journal takes (" + (JournalSettings.LARGEST_RECORD >> 20) + " MB)");
    }
}
