package io.inkfast.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import io.inkfast.recorder.FlightRecorderAppender;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgressTest {

    private static final long MILLIS = 1_000_000;

    private final StringWriter terminal = new StringWriter();
    private long now;

    private Progress progress(boolean shown) {
        return new Progress(new PrintWriter(terminal), shown, () -> now);
    }

    private String taken() {
        String text = terminal.toString();
        terminal.getBuffer().setLength(0);
        return text;
    }

    @Test
    void isShownFourTimesASecondAtMost() {
        Progress progress = progress(true);
        int shown = 0;
        for (int i = 0; i <= 1000; i++) {
            now = i * MILLIS;
            progress.at(i, "events");
            shown += taken().isEmpty() ? 0 : 1;
        }
        assertThat(shown).isEqualTo(4);
    }

    @Test
    void leavesNothingBehind() {
        Progress progress = progress(true);
        now = 250 * MILLIS;
        progress.at(100000, "events");
        now = 500 * MILLIS;
        progress.at(7, "events");
        progress.clear();
        assertThat(taken()).isEqualTo("\rinkfast: 100000 events\rinkfast: 7 events     \r" + " ".repeat(17) + "\r");
        progress.clear();
        assertThat(taken()).isEmpty();
    }

    @Test
    void isNotShownWithoutATerminal() {
        Progress progress = progress(false);
        now = 1000 * MILLIS;
        progress.at(1, "events");
        progress.clear();
        assertThat(taken()).isEmpty();
    }

    @Nested
    class InCommands {

        @TempDir
        Path folder;

        private final ByteArrayOutputStream out = new ByteArrayOutputStream();
        private final ByteArrayOutputStream err = new ByteArrayOutputStream();

        private String dump(boolean outShown, boolean errShown) {
            LoggerContext context = new LoggerContext();
            context.setMDCAdapter(new LogbackMDCAdapter());
            FlightRecorderAppender recorder = new FlightRecorderAppender();
            recorder.setContext(context);
            recorder.setName("RECORDER");
            recorder.setDirectory(folder.toString());
            recorder.setSize("256KB");
            recorder.start();
            context.getLogger("ROOT").addAppender(recorder);
            context.getLogger("a").info("event");
            Streams streams = Streams.of(
                    new ByteArrayInputStream(new byte[0]), out, err, outShown, errShown, () -> now += 300 * MILLIS);
            assertThat(Inkfast.run(streams, "flight", "dump", recorder.ring().toString()))
                    .isZero();
            context.stop();
            assertThat(out.toString(UTF_8).lines()).hasSize(1).allMatch(line -> line.startsWith("{"));
            return err.toString(UTF_8);
        }

        @Test
        void goesToStandardErrorIfThatIsATerminal() {
            assertThat(dump(false, true))
                    .startsWith("\rinkfast: 1 events\r" + " ".repeat(17) + "\rinkfast: 1 events of process ");
        }

        @Test
        void doesNotMixWithOutputOnTheSameTerminal() {
            assertThat(dump(true, true)).startsWith("inkfast: 1 events of process ");
        }

        @Test
        void isNotInAFile() {
            assertThat(dump(false, false)).startsWith("inkfast: 1 events of process ");
        }
    }
}
