package io.inkfast.net.elastic;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkfast.testing.LogbackHarness;
import io.inkfast.testing.TestEncoders;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;

@Timeout(120)
class ConcurrentRequestsTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private ScriptedServer server;

    @BeforeEach
    void serve() throws Exception {
        server = new ScriptedServer();
    }

    @AfterEach
    void end() {
        server.close();
    }

    private LogbackHarness configure(String more) {
        return LogbackHarness.configure(
                folder,
                "<appender name=\"ELK\" class=\"io.inkfast.net.elastic.ElasticsearchAppender\"><url>" + server.url()
                        + "</url><index>app</index><encoder class=\"" + TestEncoders.Lines.class.getName()
                        + "\"/><retryDelay>10 ms</retryDelay><maxRetryDelay>20 ms</maxRetryDelay>" + more
                        + "</appender><root level=\"TRACE\"><appender-ref ref=\"ELK\"/></root>");
    }

    private static ElasticsearchAppender appender(LogbackHarness harness) {
        return harness.appender("ELK", ElasticsearchAppender.class);
    }

    private static List<String> log(LogbackHarness harness, int count) {
        Logger logger = harness.logger("a");
        List<String> messages =
                IntStream.range(0, count).mapToObj(i -> "event " + i).toList();
        messages.forEach(logger::info);
        return messages;
    }

    @Test
    void asManyAreUnderWayAsAllowedAndNoEventIsMissingOrTwice() {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch logging = new CountDownLatch(1);
        CountDownLatch together = new CountDownLatch(3);
        server.behave((headers, documents) -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            // The first request is alone; the two of the next batch wait for each other.
            together.countDown();
            hold(together.getCount() == 2 ? logging : together);
            now.decrementAndGet();
            return 200;
        });
        try (LogbackHarness harness = configure("<concurrency>4</concurrency><maxBatchSize>50</maxBatchSize>")) {
            List<String> logged = log(harness, 20_000);
            logging.countDown();
            assertThat(appender(harness).flush(LIMIT)).isTrue();
            assertThat(server.documents()).containsExactlyInAnyOrderElementsOf(logged);
            assertThat(most.get()).isBetween(2, 4);
        }
    }

    private static void hold(CountDownLatch latch) throws IOException {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new InterruptedIOException();
        }
    }

    @Test
    void byDefaultThereIsOneAtATime() {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        server.behave((headers, documents) -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            now.decrementAndGet();
            return 200;
        });
        try (LogbackHarness harness = configure("<maxBatchSize>50</maxBatchSize>")) {
            List<String> logged = log(harness, 5_000);
            assertThat(appender(harness).flush(LIMIT)).isTrue();
            assertThat(server.documents()).containsExactlyElementsOf(logged);
            assertThat(most.get()).isEqualTo(1);
        }
    }

    @Test
    void booksAreExactWithAPeerThatRefusesNowAndThen() {
        AtomicInteger requests = new AtomicInteger();
        int[] answers = {200, 429, 200, 200, 200, 503, 200};
        server.behave((headers, documents) ->
                documents.size() > 120 ? 413 : answers[requests.getAndIncrement() % answers.length]);
        try (LogbackHarness harness = configure("<concurrency>8</concurrency><maxBatchSize>200</maxBatchSize>")) {
            List<String> logged = log(harness, 10_000);
            assertThat(appender(harness).flush(LIMIT)).isTrue();
            assertThat(server.documents()).containsExactlyInAnyOrderElementsOf(logged);
            assertThat(appender(harness).accounting().balance()).isEqualTo("received 10000 = written 10000");
        }
    }

    @Test
    void poisonIsFoundAndNothingElseIsADeadLetter() throws Exception {
        Path letters = folder.resolve("dead.jsonl");
        server.behave((headers, documents) -> documents.contains("event 3333") ? 400 : 200);
        try (LogbackHarness harness =
                configure("<concurrency>8</concurrency><maxBatchSize>100</maxBatchSize><deadLetter>" + letters
                        + "</deadLetter>")) {
            log(harness, 5_000);
            assertThat(appender(harness).flush(LIMIT)).isTrue();
            assertThat(server.documents()).hasSize(4_999).doesNotContain("event 3333");
            assertThat(Files.readAllLines(letters)).hasSize(1).allMatch(line -> line.contains("event 3333"));
            assertThat(appender(harness).accounting().balance())
                    .isEqualTo("received 5000 = written 4999 + dead-lettered 1");
        }
    }

    @Test
    void aWrongNumberIsAnError() {
        try (LogbackHarness harness = configure("<concurrency>33</concurrency>")) {
            assertThat(harness.complaints())
                    .contains("ERROR appender [ELK]: <concurrency> [33] is not a whole number from 1 to 32");
        }
    }
}
