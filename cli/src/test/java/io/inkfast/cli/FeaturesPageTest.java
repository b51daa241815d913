package io.inkfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** docs/features.md says of itself how much is done. */
class FeaturesPageTest {

    private static final Path PAGE = Path.of("../docs/features.md");

    @Test
    void countsItsRows() throws IOException {
        List<String> states = Files.readAllLines(PAGE).stream()
                .filter(line -> line.matches("\\| [A-Z]\\d+ \\|.*"))
                .map(line -> line.split(" \\| ", 4)[2])
                .toList();
        assertThat(states).isNotEmpty().allMatch(List.of("done", "partly", "planned", "declined")::contains);
        assertThat(Files.readString(PAGE))
                .contains("\n" + states.size() + " rows: " + count(states, "done") + " done, "
                        + count(states, "partly") + " partly, " + count(states, "planned") + " planned, "
                        + count(states, "declined") + " declined.\n");
    }

    private static long count(List<String> states, String state) {
        return states.stream().filter(state::equals).count();
    }
}
