package io.inkfast.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs the program with few events; no time is ever looked at. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class BenchmarksTest {

    private static final PrintStream SILENT =
            new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);

    @TempDir
    Path directory;

    @Test
    void printsOneRowForEachPeerAndCountsEveryLine() throws Exception {
        String report = report("throughput", "--peers", "lb-async,tinylog", "--workloads", "w1", "--producers", "2");

        assertThat(report)
                .contains("#### W1: events/s until all lines are in the file")
                .contains("| peer | 2 producers |")
                .containsPattern("\\| lb-async \\| [\\d,.]+ x[\\d.]+ \\|")
                .containsPattern("\\| tinylog \\| [\\d,.]+ x[\\d.]+ \\|")
                .containsPattern("\\| lb-async \\| 0 \\| 0 \\| 0 \\| [\\d,]+ \\|")
                .containsPattern("\\| tinylog \\| 0 \\| 0 \\| 0 \\| [\\d,]+ \\|")
                .contains("Every peer that ran wrote every line, in order.");
    }

    @Test
    void takesAPeerFromOutside() throws Exception {
        Path mine = configuration("net.logstash.logback.encoder.LogstashEncoder");

        String report =
                report("throughput", "--peers", "lb-sync", "--peer-config", "mine=" + mine, "--workloads", "w3");

        assertThat(report)
                .containsPattern("\\| mine \\| 0 \\| 0 \\| 0 \\| [\\d,]+ \\|")
                .contains("Every peer that ran wrote every line, in order.");
    }

    @Test
    void reportsAPeerWhoseClassIsMissingAsAbsent() throws Exception {
        Path mine = configuration("com.example.NoSuchEncoder");

        String report = report("latency", "--peers", "lb-async-nf", "--peer-config", "mine=" + mine);

        assertThat(report)
                .contains("| mine | - | - | - | - |")
                .contains("**mine**: absent: no class com.example.NoSuchEncoder")
                .containsPattern("\\| lb-async-nf \\| 0 \\| 0 \\| 0 \\| [\\d,]+ \\|");
    }

    @Test
    void saysWhichPeerLosesLines() throws Exception {
        Path mine = Files.writeString(directory.resolve("lossy.xml"), """
                <configuration>
                  <appender name="FILE" class="ch.qos.logback.core.FileAppender">
                    <file>${LOG_FILE}</file>
                    <encoder class="net.logstash.logback.encoder.LogstashEncoder"/>
                  </appender>
                  <appender name="ASYNC" class="ch.qos.logback.classic.AsyncAppender">
                    <queueSize>16</queueSize>
                    <neverBlock>true</neverBlock>
                    <appender-ref ref="FILE"/>
                  </appender>
                  <root level="INFO"><appender-ref ref="ASYNC"/></root>
                </configuration>
                """);

        String report =
                report("throughput", "--peers", "lb-sync", "--peer-config", "lossy=" + mine, "--workloads", "w2");

        assertThat(report).contains("Not lossless: lossy.").containsPattern("\\| lossy \\| [1-9][\\d,]* \\|");
    }

    @Test
    void setsTheRedactingEncoderBesideTheOthersAndSaysWhatCanStillBeRead() throws Exception {
        String report = report("redaction", "--workloads", "wm");

        assertThat(report)
                .containsPattern("\\| redacting \\| [\\d,.]+ \\| [\\d.,]+ \\| [\\d.,]+; goal >= 50: (not )?met \\|")
                .containsPattern("\\| logstash \\| [\\d,.]+ \\| 1 \\|")
                .containsPattern("\\| logstash \\|.*\\| e-mail, card, token, password, ssn \\|")
                .containsPattern("\\| redacting \\|.*\\| e-mail, ssn \\|")
                .containsPattern("\\| redacting-gdpr \\|.*\\| nothing \\|")
                .containsPattern("\\| logstash-masking \\|.*\\| nothing \\|")
                .containsPattern("\\| scanner \\| [\\d.,]+ x[\\d.]+ \\|.* x[\\d.]+, redacted \\|")
                .contains("Every peer that ran wrote every line, in order.");
    }

    @Test
    void journalComparesWithAWriteForEachRecord() throws Exception {
        String report = report("journal");
        for (String way : List.of("journal-disk", "write-fdatasync", "journal-os", "write")) {
            String calls = way.equals("journal-disk") ? "; goal >= x[\\d.]+: (not )?met" : "";
            String median = way.equals("journal-os") ? "; goal <= x[\\d.]+: (not )?met" : "";
            assertThat(report)
                    .containsPattern("\\| " + way + " \\| [\\d,.]+ x[\\d.]+" + calls + " \\| [\\d,.]+ x[\\d.]+" + median
                            + " \\|");
        }
        assertThat(report).contains("1 thread\n").contains("16 threads\n");
    }

    @Test
    void setsEncryptedFramesBesideTheBareCiphers() throws Exception {
        assertThat(report("elog"))
                .containsPattern("\\| frame-gcm \\| [\\d,.]+ x[\\d.]+; goal >= x0.85: (not )?met \\|"
                        + " [\\d,.]+ x[\\d.]+; goal >= 300: (not )?met \\|")
                .containsPattern("\\| jca-gcm \\| [\\d,.]+ x1.00 \\| [\\d,.]+ x1.00 \\|")
                .containsPattern("\\| tink-xchacha \\| [\\d,.]+ x[\\d.]+ \\| [\\d,.]+ x[\\d.]+ \\|");
    }

    @Test
    void setsTheFlightRecorderBesideWritesToAFile() throws Exception {
        assertThat(report("flight"))
                .containsPattern("\\| flight-recorder \\| [\\d,.]+ x[\\d.]+; goal <= 300: (not )?met \\|"
                        + " [\\d,.]+; goal <= 0: (not )?met \\|")
                .containsPattern("\\| channel-write \\| [\\d,.]+ x1.00 \\| [\\d,.]+ \\|")
                .containsPattern("\\| file-write \\| [\\d,.]+ x[\\d.]+ \\| [\\d,.]+ \\|");
    }

    @Test
    @Timeout(value = 300, unit = TimeUnit.SECONDS) // Twelve JVMs.
    void setsTheNetworkAppendersBesideOthersWithPeersThatAreAbsentAndSlow() throws Exception {
        String report = report("net");

        for (String each : List.of("inkfast-tcp", "logstash-tcp")) {
            for (String peer : List.of("absent", "healthy", "slow")) {
                assertThat(report).containsPattern("\\| " + each + " \\| " + peer + " \\|( [\\d,.]+ \\|){3}\n");
            }
            assertThat(report)
                    .containsPattern("\\| " + each + " \\| absent \\|( [\\d,.]+ \\|){5} [\\d,]+ \\| 0 \\|\n")
                    .containsPattern(
                            "\\| " + each + " \\| healthy \\|( [\\d,.]+ \\|){5} [\\d,]+ \\| [1-9][\\d,]* \\|\n");
        }
        for (String each : List.of("inkfast-kafka", "danielwegener-kafka", "inkfast-elastic", "agido-elastic")) {
            assertThat(report).containsPattern("\\| " + each + " \\| absent \\|( [\\d,.]+ \\|){3}\n");
        }
        assertThat(report)
                .contains("| no-appender | Logback")
                .doesNotContain("wrote every line")
                .doesNotContain("**: ");
    }

    @Test
    void theUsualPipeIsMeasuredInTheConfigurationThatUsersHave() throws Exception {
        String users = Files.readString(Path.of("../quickstart/src/main/resources/logback.xml"));
        String measured = Files.readString(Path.of("src/main/resources/peers/inkfast-json.xml"));

        assertThat(measured.substring(measured.indexOf("<configuration>")))
                .isEqualTo(users.substring(users.indexOf("<configuration>")).replace("-200MB", "-100GB"));
    }

    @Test
    void namesWhatIsWrongOnTheCommandLine() {
        assertThatThrownBy(() -> Options.of("speed"))
                .hasMessageContaining("[speed]")
                .hasMessageContaining("throughput");
        assertThatThrownBy(() -> Options.of("--peers", "log5j")).hasMessageContaining("[log5j]");
        assertThatThrownBy(() -> Options.of("--rounds", "none"))
                .hasMessageContaining("--rounds")
                .hasMessageContaining("[none]");
        assertThatThrownBy(() -> Options.of("--fast", "1")).hasMessageContaining("[--fast]");
        assertThatThrownBy(() -> Options.of("--peer-config", "mine")).hasMessageContaining("name=file");
    }

    private Path configuration(String encoder) throws Exception {
        return Files.writeString(directory.resolve("mine.xml"), """
                <configuration>
                  <appender name="FILE" class="ch.qos.logback.core.FileAppender">
                    <file>${LOG_FILE}</file>
                    <encoder class="%s"/>
                  </appender>
                  <root level="INFO"><appender-ref ref="FILE"/></root>
                </configuration>
                """.formatted(encoder));
    }

    private String report(String... arguments) throws Exception {
        String[] all = new String[arguments.length + 3];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        all[arguments.length] = "--quick";
        all[arguments.length + 1] = "--directory";
        all[arguments.length + 2] = directory.toString();
        return Benchmarks.report(Options.of(all), String.join(" ", all), SILENT);
    }
}
