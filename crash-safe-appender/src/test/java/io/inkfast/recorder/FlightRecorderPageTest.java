package io.inkfast.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page says what the code says. */
class FlightRecorderPageTest {

    private static final Path PAGE = Path.of("../docs/flight-recorder.md");
    private static final Path FORMAT = Path.of("src/main/java/io/inkfast/recorder/RingFormat.java");

    @Test
    void describesEverySetting() throws IOException {
        String page = Files.readString(PAGE);
        for (Method method : FlightRecorderAppender.class.getDeclaredMethods()) {
            if (method.getName().startsWith("set")) {
                String name = method.getName().substring(3);
                assertThat(page).contains("| `<" + Character.toLowerCase(name.charAt(0)) + name.substring(1) + ">` |");
            }
        }
    }

    @Test
    void hasTheBytesOfTheFormat() throws IOException {
        Matcher comment = Pattern.compile("(?s) \\* <pre>\\n(.*?) \\* </pre>").matcher(Files.readString(FORMAT));
        assertThat(comment.find()).isTrue();
        String table = comment.group(1)
                .lines()
                .map(line -> line.equals(" *") ? "" : line.substring(3))
                .collect(Collectors.joining("\n"));
        assertThat(Files.readString(PAGE)).contains("```text\n" + table + "\n```");
    }

    @Test
    void saysWhatIsEncrypted() throws IOException {
        assertThat(Files.readString(PAGE))
                .contains("in clear text unless there is a `<keyset>`", "`.sealed` if events are encrypted")
                .contains("that is sealed, and begins with F1");
    }
}
