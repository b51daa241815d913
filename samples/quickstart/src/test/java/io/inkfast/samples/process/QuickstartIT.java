package io.inkfast.samples.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkfast.samples.quickstart.Quickstart;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program proves its own log; here it is run on the class path, on the module path, and with real logs. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class QuickstartIT {

    private static final String MAIN = "io.inkfast.quickstart/" + Quickstart.class.getName();

    @TempDir
    Path folder;

    private Path output;
    private String logFile;

    @BeforeEach
    void places() {
        output = folder.resolve("output");
        logFile = "-DLOG_FILE=" + folder.resolve("app.json");
    }

    @Test
    void theShopLosesNothingAndLeaksNothing() throws Exception {
        Jvm.End end = Jvm.run(output, logFile, "-Dorders=2000", Quickstart.class.getName());
        assertThat(end.exit()).as(end.output()).isZero();
        assertThat(end.output()).contains("proven     6,000 lines");
    }

    @Test
    void thatHoldsAcrossRolledFiles() throws Exception {
        Jvm.End end = Jvm.run(output, logFile, "-DMAX_FILE_SIZE=200KB", "-Dorders=2000", Quickstart.class.getName());
        assertThat(end.exit()).as(end.output()).isZero();
        assertThat(end.output()).contains("proven     6,000 lines");
        try (var files = Files.list(folder)) {
            assertThat(files.filter(file -> file.toString().endsWith(".gz"))).hasSizeGreaterThan(2);
        }
    }

    @Test
    void realLogsArriveLineByLine() throws Exception {
        replay(Jvm.root().resolve("samples/quickstart/src/test/resources/replay"));
        String real = System.getProperty("inkfast.realLogs");
        if (real == null) {
            System.out.println("NOT RUN: logs of real systems, which -Dinkfast.realLogs=directory names;"
                    + " only the sample's lines were replayed");
        } else {
            replay(Path.of(real));
        }
    }

    @Test
    void thePackagedPresetWorksOnTheModulePath() throws Exception {
        Path preset = Jvm.root().resolve("samples/quickstart/src/test/resources/examples/preset.xml");
        Jvm.End end =
                Jvm.runModule(output, logFile, "-Dorders=500", "-Dlogback.configurationFile=" + preset, "-m", MAIN);
        assertThat(end.exit()).as(end.output()).isZero();
        assertThat(end.output()).contains("proven     1,500 lines").doesNotContainIgnoringCase("warn");
    }

    private void replay(Path path) throws Exception {
        Jvm.End end = Jvm.run(output, logFile, Quickstart.class.getName(), path.toString());
        assertThat(end.exit()).as(end.output()).isZero();
        assertThat(end.output()).contains("proven     ");
        System.out.println(end.output());
    }
}
