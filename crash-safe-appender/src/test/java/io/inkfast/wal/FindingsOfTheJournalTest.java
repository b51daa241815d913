package io.inkfast.wal;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkfast.testing.LogbackHarness;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FindingsOfTheJournalTest {

    private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();

    @TempDir
    Path folder;

    @BeforeEach
    void reset() {
        SwitchedAppender.reset();
    }

    private LogbackHarness configure(String sink, String settings) {
        return LogbackHarness.configure(
                folder,
                sink + "<appender name='WAL' class='io.inkfast.wal.WriteAheadAppender'><directory>"
                        + folder.resolve("wal") + "</directory><reserve>0</reserve>" + settings
                        + "<appender-ref ref='SINK'/></appender><root level='TRACE'><appender-ref ref='WAL'/></root>");
    }

    private static ObjectName name(String appender) throws Exception {
        return new ObjectName("io.inkfast:type=Redaction,context=\"test\",name=\"" + appender + "\"");
    }

    private static Map<String, Long> findings(String appender) throws Exception {
        Map<String, Long> findings = new TreeMap<>();
        for (Object row : ((TabularData) SERVER.getAttribute(name(appender), "Findings")).values()) {
            CompositeData pair = (CompositeData) row;
            findings.put((String) pair.get("key"), (Long) pair.get("value"));
        }
        return findings;
    }

    private static void log(LogbackHarness harness) {
        for (int i = 0; i < 3; i++) {
            harness.logger("a").info("card 4111 1111 1111 1111 password={}", "hunter2hunter2");
        }
        harness.logger("a").info("nothing");
        assertThat(harness.appender("WAL", WriteAheadAppender.class).flush(Duration.ofSeconds(20)))
                .isTrue();
        assertThat(harness.complaints()).isEmpty();
    }

    @Test
    void areThoseOfTheEncoderWhoseRulesHoldEachOnce() throws Exception {
        String file = "<appender name='SINK' class='io.inkfast.file.BatchingFileAppender'><file>"
                + folder.resolve("log") + "</file><encoder class='io.inkfast.mask.RedactingJsonEncoder'/></appender>";
        try (LogbackHarness harness = configure(file, "")) {
            log(harness);
            assertThat(findings("SINK")).isEqualTo(Map.of("pan", 3L, "secret", 3L));
            assertThat(SERVER.isRegistered(name("WAL"))).isFalse();
        }
    }

    @Test
    void areShownUnderTheAppendersNameIfItHasRulesOfItsOwn() throws Exception {
        String sink = "<appender name='SINK' class='io.inkfast.wal.SwitchedAppender'/>";
        String redaction = "<redaction><profile>pci</profile></redaction>";
        try (LogbackHarness harness = configure(sink, redaction)) {
            log(harness);
            assertThat(findings("WAL")).isEqualTo(Map.of("pan", 3L));
            WriteAheadAppender appender = harness.appender("WAL", WriteAheadAppender.class);
            appender.stop();
            assertThat(SERVER.isRegistered(name("WAL"))).isFalse();
            appender.getAppender("SINK").start();
            appender.start();
            assertThat(findings("WAL")).isEmpty();
        }
        assertThat(SERVER.isRegistered(name("WAL"))).isFalse();
    }

    @Test
    void areNotShownWhenTheAppenderDoesNotStart() throws Exception {
        String sink = "<appender name='SINK' class='io.inkfast.wal.SwitchedAppender'/>";
        try (LogbackHarness harness = configure(sink, "<diskLevel>loud</diskLevel>")) {
            assertThat(harness.appender("WAL", WriteAheadAppender.class).isStarted())
                    .isFalse();
            assertThat(SERVER.isRegistered(name("WAL"))).isFalse();
        }
    }
}
