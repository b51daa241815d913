package io.inkfast.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.read.ListAppender;
import io.inkfast.internal.Directory;
import io.inkfast.internal.Owner;
import io.inkfast.internal.SystemDirectory;
import io.inkfast.testing.LogbackHarness;
import io.inkfast.testing.TestEncoders;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a start does with what earlier processes have left. */
@Timeout(60)
class DeadRingsTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private Path directory() {
        return folder.resolve("flight");
    }

    /* LOG comes behind RECORDER, so that it is attached when the recorder has long been started. */
    private LogbackHarness start(String settings) {
        return LogbackHarness.configure(
                folder,
                "<appender name=\"RECORDER\" class=\"io.inkfast.recorder.FlightRecorderAppender\"><directory>"
                        + directory() + "</directory><size>256KB</size>" + settings + "<encoder class=\""
                        + TestEncoders.Lines.class.getName() + "\"/></appender>"
                        + "<appender name=\"LOG\" class=\"ch.qos.logback.core.read.ListAppender\"/>"
                        + "<root level=\"TRACE\"><appender-ref ref=\"RECORDER\"/><appender-ref ref=\"LOG\"/></root>");
    }

    private static List<String> logged(LogbackHarness harness) {
        assertThat(harness.appender("RECORDER", FlightRecorderAppender.class).flush(LIMIT))
                .isTrue();
        List<String> logged = new ArrayList<>();
        for (Object event : harness.appender("LOG", ListAppender.class).list) {
            logged.add(((ILoggingEvent) event).getFormattedMessage());
        }
        return logged;
    }

    @Test
    void namesTheDeadProcessAndSavesItsEvents() throws IOException {
        Path ring = FlightDirectory.leave(
                directory(), 1, FlightDirectory.NOBODY, RingHeader.ACTIVE, "{\"n\":1}", "{\"n\":2}");
        try (LogbackHarness harness = start("")) {
            List<String> logged = logged(harness);
            Path dump = FlightDirectory.dumps(directory()).get(0);
            assertThat(dump.getFileName()).hasToString("flight-dump-99999999-20231114T221322.001Z.jsonl");
            assertThat(Files.readString(dump)).isEqualTo("{\"n\":1}\n{\"n\":2}\n");
            String sentence = "process 99999999 ended without shutdown at about 2023-11-14T22:13:22.001Z; its last 2"
                    + " events are in [" + dump + "]";
            assertThat(logged).containsExactly(sentence);
            assertThat(harness.complaints()).containsExactly("WARN " + sentence);
            assertThat(FlightDirectory.state(ring)).isEqualTo(FlightRing.State.DUMPED);
        }
        try (LogbackHarness harness = start("")) {
            assertThat(logged(harness)).isEmpty();
            assertThat(FlightDirectory.dumps(directory())).hasSize(1);
        }
    }

    @Test
    void saysSoIfItHadRecordedNothing() throws IOException {
        FlightDirectory.leave(directory(), 1, FlightDirectory.NOBODY, RingHeader.ACTIVE);
        try (LogbackHarness harness = start("")) {
            assertThat(logged(harness))
                    .containsExactly("process 99999999 ended without shutdown at about 2023-11-14T22:13:21Z; it had"
                            + " recorded no event");
            assertThat(FlightDirectory.dumps(directory())).isEmpty();
        }
    }

    @Test
    void itsOwnWarningAsksForNoDump() throws IOException {
        FlightDirectory.leave(directory(), 1, FlightDirectory.NOBODY, RingHeader.ACTIVE, "x");
        try (LogbackHarness harness = start("<dumpOn>WARN</dumpOn>")) {
            assertThat(logged(harness)).hasSize(1);
            assertThat(FlightDirectory.dumps(directory())).hasSize(1);
        }
    }

    @Test
    void leavesAloneWhatEndedInOrder() throws IOException {
        FlightDirectory.leave(directory(), 1, FlightDirectory.NOBODY, RingHeader.CLEAN, "x");
        FlightDirectory.leave(directory(), 2, FlightDirectory.NOBODY, RingHeader.DUMPED, "x");
        try (LogbackHarness harness = start("")) {
            assertThat(logged(harness)).isEmpty();
            assertThat(FlightDirectory.dumps(directory())).isEmpty();
            assertThat(FlightDirectory.rings(directory())).hasSize(3);
        }
    }

    @Test
    void leavesAloneWhatALivingProcessOwns() throws IOException {
        ProcessHandle parent = ProcessHandle.current().parent().orElseThrow();
        long start = parent.info().startInstant().orElseThrow().toEpochMilli();
        UUID boot = Owner.current().bootId();
        Path live = FlightDirectory.leave(directory(), 1, new Owner(parent.pid(), start, boot), RingHeader.ACTIVE, "x");
        Path recycled = FlightDirectory.leave(
                directory(), 2, new Owner(parent.pid(), start - 5000, boot), RingHeader.ACTIVE, "recycled id");
        Path rebooted = FlightDirectory.leave(
                directory(), 3, new Owner(parent.pid(), start, new UUID(1, 1)), RingHeader.ACTIVE, "other boot");
        try (LogbackHarness harness = start("")) {
            assertThat(logged(harness)).hasSize(2);
            assertThat(FlightDirectory.state(live)).isEqualTo(FlightRing.State.LIVE);
            assertThat(FlightDirectory.state(recycled)).isEqualTo(FlightRing.State.DUMPED);
            assertThat(FlightDirectory.state(rebooted)).isEqualTo(FlightRing.State.DUMPED);
        }
    }

    @Test
    void aRingWithOurOwnProcessIdIsAnEarlierProcesss() throws IOException {
        // In a container every process has the same id.
        Owner own = Owner.current();
        FlightDirectory.leave(directory(), 1, own, RingHeader.ACTIVE, "x");
        try (LogbackHarness harness = start("")) {
            assertThat(logged(harness)).hasSize(1);
        }
    }

    @Test
    void keepsTheNewestRingsAndDumps() throws IOException {
        for (int i = 1; i <= 6; i++) {
            FlightDirectory.leave(directory(), i, FlightDirectory.NOBODY, RingHeader.ACTIVE, "of " + i);
        }
        try (LogbackHarness harness = start("<keep>2</keep>")) {
            assertThat(logged(harness)).hasSize(6);
            assertThat(FlightDirectory.rings(directory())).hasSize(3);
            List<Path> dumps = FlightDirectory.dumps(directory());
            assertThat(dumps).hasSize(2);
            assertThat(Files.readString(dumps.get(0))).isEqualTo("of 5\n");
            assertThat(Files.readString(dumps.get(1))).isEqualTo("of 6\n");
        }
    }

    /* The oldest was saved before, the next two cannot be. */
    @Test
    void deletesNoRingWhoseEventsCouldNotBeSaved() throws IOException {
        Path saved = FlightDirectory.leave(directory(), 1, FlightDirectory.NOBODY, RingHeader.DUMPED, "of 1");
        Path second = FlightDirectory.leave(directory(), 2, FlightDirectory.NOBODY, RingHeader.ACTIVE, "of 2");
        Path third = FlightDirectory.leave(directory(), 3, FlightDirectory.NOBODY, RingHeader.ACTIVE, "of 3");
        Path clean = FlightDirectory.leave(directory(), 4, FlightDirectory.NOBODY, RingHeader.CLEAN, "of 4");
        List<String> problems = new ArrayList<>();
        assertThat(clear(new FullDirectory(new SystemDirectory(directory())), problems))
                .isEmpty();
        assertThat(problems)
                .containsExactly(
                        second.getFileName() + ": No space left on device",
                        third.getFileName() + ": No space left on device");
        assertThat(FlightDirectory.rings(directory())).containsExactlyInAnyOrder(second, third, clean);
        assertThat(FlightDirectory.dumps(directory())).isEmpty();

        problems.clear();
        assertThat(clear(new SystemDirectory(directory()), problems)).hasSize(2);
        assertThat(problems).isEmpty();
        assertThat(saved).doesNotExist();
        assertThat(FlightDirectory.rings(directory())).containsExactly(clean);
        assertThat(FlightDirectory.dumps(directory()))
                .singleElement()
                .satisfies(dump -> assertThat(Files.readString(dump)).isEqualTo("of 3\n"));
    }

    /* Keeps one dump and one ring. */
    private List<Death> clear(Directory dumps, List<String> problems) throws IOException {
        return new DeadRings(
                        directory().toRealPath(),
                        1,
                        new DumpWriter(dumps),
                        (ring, e) -> problems.add(ring.getFileName() + ": " + e.getMessage()))
                .clear();
    }

    @Test
    void leavesForeignFilesAlone() throws IOException {
        Files.createDirectories(directory());
        Path foreign = Files.writeString(directory().resolve("flight-00000001-1.ring"), "not a ring");
        Path other = Files.writeString(directory().resolve("flight-dump-notes.txt"), "notes");
        try (LogbackHarness harness = start("<keep>1</keep>")) {
            assertThat(logged(harness)).isEmpty();
            assertThat(foreign).exists();
            assertThat(other).exists();
            assertThat(harness.complaints()).isEmpty();
        }
    }

    @Test
    void clearsAwayWhatWasBrokenOffLongAgo() throws IOException {
        Files.createDirectories(directory());
        Path old = Files.writeString(directory().resolve("flight-00000001-1.ring.new"), "");
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
        Path young = Files.writeString(directory().resolve("flight-00000002-1.ring.new"), "");
        try (LogbackHarness harness = start("")) {
            assertThat(logged(harness)).isEmpty();
            assertThat(old).doesNotExist();
            assertThat(young).exists();
        }
    }

    @Test
    void savesWhatIsLeftOfARingThatWasCutOff() throws IOException {
        Path ring = FlightDirectory.leave(directory(), 1, FlightDirectory.NOBODY, RingHeader.ACTIVE, "1", "2", "3");
        try (RandomAccessFile file = new RandomAccessFile(ring.toFile(), "rw")) {
            file.setLength(RingFormat.HEADER + 130);
        }
        try (LogbackHarness harness = start("")) {
            assertThat(logged(harness)).hasSize(1);
            assertThat(Files.readString(FlightDirectory.dumps(directory()).get(0)))
                    .isEqualTo("1\n2\n");
        }
    }

    @Test
    void waitsForTheConfigurationToEndOrForTheFirstEvent() throws IOException {
        FlightDirectory.leave(directory(), 1, FlightDirectory.NOBODY, RingHeader.ACTIVE, "x");
        LoggerContext context = new LoggerContext();
        context.setMDCAdapter(new LogbackMDCAdapter());
        FlightRecorderAppender recorder = new FlightRecorderAppender();
        recorder.setContext(context);
        recorder.setName("RECORDER");
        recorder.setDirectory(directory().toString());
        recorder.start();
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        try {
            assertThat(recorder.flush(LIMIT)).isTrue();
            log.start();
            context.getLogger("ROOT").addAppender(log);
            context.getLogger("ROOT").addAppender(recorder);
            context.getLogger("a").info("first");
            assertThat(recorder.flush(LIMIT)).isTrue();
            assertThat(log.list).hasSize(2);
            assertThat(log.list.get(1).getLevel()).hasToString("WARN");
            assertThat(log.list.get(1).getLoggerName()).isEqualTo(FlightRecorderAppender.class.getName());
            assertThat(log.list.get(1).getFormattedMessage()).startsWith("process 99999999 ended without shutdown");
        } finally {
            recorder.stop();
        }
    }
}
