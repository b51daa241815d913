package io.inkfast.net.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.inkfast.net.DatagramServer;
import io.inkfast.net.PeerServer;
import io.inkfast.testing.LogbackHarness;
import io.inkfast.testing.TestEncoders;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class UdpAppenderTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String QUICK = "<retryDelay>10 ms</retryDelay><maxRetryDelay>50 ms</maxRetryDelay>";

    @TempDir
    Path folder;

    private LogbackHarness configure(int port, String more) {
        return LogbackHarness.configure(
                folder,
                "<appender name=\"UDP\" class=\"io.inkfast.net.udp.UdpAppender\"><destination>localhost:" + port
                        + "</destination><encoder class=\"" + TestEncoders.Lines.class.getName() + "\"/>" + QUICK + more
                        + "</appender><root level=\"TRACE\"><appender-ref ref=\"UDP\"/></root>");
    }

    private static UdpAppender appender(LogbackHarness harness) {
        return harness.appender("UDP", UdpAppender.class);
    }

    @Test
    void eachEventIsADatagramAndCountsAsSentOnly() throws Exception {
        try (DatagramServer server = new DatagramServer(0);
                LogbackHarness harness = configure(server.port(), "")) {
            Logger logger = harness.logger("a");
            List<String> logged =
                    IntStream.range(0, 200).mapToObj(i -> "event " + i).toList();
            logged.forEach(logger::info);
            await().atMost(LIMIT).until(() -> server.datagrams().size() == 200);
            assertThat(server.texts()).containsExactlyElementsOf(logged);
            assertThat(appender(harness).flush(LIMIT)).isTrue();
            assertThat(appender(harness).counts().sent()).isEqualTo(200);
            assertThat(appender(harness).counts().acknowledged()).isZero();
            assertThat(harness.complaints()).isEmpty();
        }
    }

    @Test
    void whereNobodyListensEventsWaitForSomebody() throws Exception {
        int port = PeerServer.unusedPort();
        try (LogbackHarness harness = configure(port, "")) {
            harness.logger("a").info("one");
            harness.logger("a").info("two");
            await().atMost(LIMIT).until(() -> !appender(harness).health().healthy());
            assertThat(harness.complaints()).hasSize(1).allMatch(line -> line.startsWith("WARN cannot send to [udp:"));
            try (DatagramServer server = new DatagramServer(port)) {
                await().atMost(LIMIT).until(() -> server.datagrams().size() >= 2);
                assertThat(server.texts()).containsExactly("one", "two");
                assertThat(appender(harness).flush(LIMIT)).isTrue();
                assertThat(appender(harness).accounting().balance()).isEqualTo("received 2 = written 2");
            }
        }
    }

    @Test
    void nothingIsLostWhenTheListenerIsStartedAnew() throws Exception {
        DatagramServer first = new DatagramServer(0);
        int port = first.port();
        try (LogbackHarness harness = configure(port, "")) {
            harness.logger("a").info("one");
            await().atMost(LIMIT).until(() -> first.datagrams().size() == 1);
            first.close();
            harness.logger("a").info("two");
            await().atMost(LIMIT).until(() -> !appender(harness).health().healthy());
            try (DatagramServer second = new DatagramServer(port)) {
                await().atMost(LIMIT).until(() -> !second.datagrams().isEmpty());
                assertThat(second.texts()).containsExactly("two");
            }
        }
    }

    @Nested
    class WhenAnEventIsLargerThanADatagram {

        @Test
        void itsEndIsCutOffBetweenTwoCharacters() throws Exception {
            try (DatagramServer server = new DatagramServer(0);
                    LogbackHarness harness = configure(server.port(), "<maxSize>64</maxSize>")) {
                harness.logger("a").info("x".repeat(62) + "\ud83d\ude00\ud83d\ude00");
                harness.logger("a").info("y".repeat(60) + "\ud83d\ude00");
                await().atMost(LIMIT).until(() -> server.datagrams().size() == 2);
                assertThat(server.texts()).containsExactly("x".repeat(62), "y".repeat(60) + "\ud83d\ude00");
                assertThat(harness.complaints())
                        .containsExactly(
                                "WARN an event of [70] bytes is larger than <maxSize> [64]; the end of it is cut off");
            }
        }

        @Test
        void theLargestThatUdpCanCarryArrives() throws Exception {
            try (DatagramServer server = new DatagramServer(0);
                    LogbackHarness harness = configure(server.port(), "")) {
                harness.logger("a").info("x".repeat(100_000));
                await().atMost(LIMIT).until(() -> server.datagrams().size() == 1);
                assertThat(server.datagrams().get(0)).hasSize(65_507);
            }
        }

        @Test
        void itIsADeadLetterIfThatIsWanted() throws Exception {
            Path letters = folder.resolve("dead.jsonl");
            try (DatagramServer server = new DatagramServer(0);
                    LogbackHarness harness = configure(
                            server.port(),
                            "<maxSize>64</maxSize><oversize>REFUSE</oversize><deadLetter>" + letters
                                    + "</deadLetter>")) {
                harness.logger("a").info("x".repeat(65));
                harness.logger("a").info("y");
                await().atMost(LIMIT).until(() -> server.datagrams().size() == 1);
                assertThat(server.texts()).containsExactly("y");
                assertThat(appender(harness).flush(LIMIT)).isTrue();
                assertThat(Files.readString(letters)).contains("65 bytes are too large for datagrams");
                assertThat(appender(harness).accounting().balance())
                        .isEqualTo("received 2 = written 1 + dead-lettered 1");
            }
        }

        @Test
        void graylogGetsItInChunks() throws Exception {
            String large = "0123456789".repeat(100);
            try (DatagramServer server = new DatagramServer(0);
                    LogbackHarness harness =
                            configure(server.port(), "<oversize>GELF_CHUNKS</oversize><maxSize>112</maxSize>")) {
                harness.logger("a").info(large);
                harness.logger("a").info(large);
                harness.logger("a").info("small");
                await().atMost(LIMIT).until(() -> server.datagrams().size() == 21);
                List<byte[]> datagrams = server.datagrams();
                assertThat(joined(datagrams.subList(0, 10))).isEqualTo(large);
                assertThat(joined(datagrams.subList(10, 20))).isEqualTo(large);
                assertThat(number(datagrams.get(0))).isNotEqualTo(number(datagrams.get(10)));
                assertThat(server.texts().get(20)).isEqualTo("small");
            }
        }

        private String joined(List<byte[]> chunks) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            for (int i = 0; i < chunks.size(); i++) {
                byte[] chunk = chunks.get(i);
                assertThat(chunk).startsWith(0x1e, 0x0f);
                assertThat(number(chunk)).isEqualTo(number(chunks.get(0)));
                assertThat(chunk[10]).isEqualTo((byte) i);
                assertThat(chunk[11]).isEqualTo((byte) chunks.size());
                all.write(chunk, 12, chunk.length - 12);
            }
            return all.toString(StandardCharsets.UTF_8);
        }

        private long number(byte[] chunk) {
            return ByteBuffer.wrap(chunk).getLong(2);
        }

        @Test
        void whatNeedsMoreThan128ChunksIsADeadLetter() throws Exception {
            Path letters = folder.resolve("dead.jsonl");
            try (DatagramServer server = new DatagramServer(0);
                    LogbackHarness harness = configure(
                            server.port(),
                            "<oversize>GELF_CHUNKS</oversize><maxSize>112</maxSize><deadLetter>" + letters
                                    + "</deadLetter>")) {
                harness.logger("a").info("x".repeat(12_801));
                harness.logger("a").info("y".repeat(12_800));
                await().atMost(LIMIT).until(() -> server.datagrams().size() == 128);
                assertThat(Files.readAllLines(letters)).hasSize(1);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "oversize | SPLIT | <oversize> [SPLIT] is not one of TRUNCATE, GELF_CHUNKS, REFUSE",
                "maxSize | 65508 | <maxSize> [65508] is not",
                "maxSize | 63 | <maxSize> [63] is not"
            })
    void aWrongSettingIsAnErrorThatNamesIt(String element, String value, String words) {
        try (LogbackHarness harness = configure(1, "<" + element + ">" + value + "</" + element + ">")) {
            assertThat(appender(harness).isStarted()).isFalse();
            assertThat(harness.complaints()).anyMatch(line -> line.startsWith("ERROR appender [UDP]: " + words));
        }
    }
}
