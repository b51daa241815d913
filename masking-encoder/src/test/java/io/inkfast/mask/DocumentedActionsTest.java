package io.inkfast.mask;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkfast.internal.Settings;
import io.inkfast.mask.scan.Replacement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The table of actions in docs/masking-encoder.md. */
class DocumentedActionsTest {

    @TempDir
    Path folder;

    private static Path page() {
        Path here = Path.of("docs/masking-encoder.md").toAbsolutePath();
        while (!Files.exists(here)) {
            here = here.getParent().getParent().getParent().resolve("docs/masking-encoder.md");
        }
        return here;
    }

    private static List<String[]> rows() throws IOException {
        String page = Files.readString(page());
        return page.substring(page.indexOf("## Actions"), page.indexOf("## Paths"))
                .lines()
                .filter(line -> line.startsWith("| "))
                .skip(1)
                .map(line -> line.replace("`", "").replaceAll("^\\| | \\|$", "").split(" ?\\| ?", -1))
                .toList();
    }

    @Test
    void everyExampleIsTrue() throws Exception {
        Settings settings = new Settings();
        Actions actions =
                new Actions(settings, new Keyset(settings, TestKeyset.in(folder).reference()));
        List<String[]> rows = rows();
        String example = "";
        for (String[] row : rows) {
            example = row[1].isEmpty() ? example : row[1];
            String[] setting = example.split(" = ", 2);
            Replacement replacement = actions.read(example, setting[0], setting[1]);
            String shown = replacement.of(row[2]);
            assertThat(shown.isEmpty() ? "nothing" : shown).as(example).isEqualTo(row[3]);
            assertThat(replacement.removes()).isEqualTo(row[3].equals("nothing"));
        }
        assertThat(settings.problems()).isEmpty();
        assertThat(rows).hasSizeGreaterThan(10);
    }

    @Test
    void everyActionIsThere() throws Exception {
        assertThat(rows().stream().map(row -> row[0]).filter(name -> !name.isEmpty()))
                .containsExactlyInAnyOrderElementsOf(Actions.FORMS);
    }
}
