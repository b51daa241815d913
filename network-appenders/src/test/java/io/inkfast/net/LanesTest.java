package io.inkfast.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LanesTest {

    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final Lanes lanes = new Lanes(4, () -> 1);
    private final List<List<String>> requests = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void end() {
        executor.shutdownNow();
    }

    private static Batch batch(int size) {
        return Batches.of(
                IntStream.range(0, size).mapToObj(i -> "event " + (100 + i)).toList(), "");
    }

    private Answer taking(Batch batch) {
        requests.add(bodies(batch));
        batch.acceptedUpTo(batch.size());
        return Answer.EACH;
    }

    private static List<String> bodies(Batch batch) {
        return IntStream.range(0, batch.size())
                .mapToObj(i -> new String(batch.message(i).body(), StandardCharsets.UTF_8))
                .toList();
    }

    private void widen() throws IOException {
        while (lanes.width() < 4) {
            lanes.send(batch(8 * lanes.width()), executor, this::taking);
        }
        requests.clear();
    }

    private static List<String> fates(Batch batch) {
        return IntStream.range(0, batch.size())
                .mapToObj(i -> Batches.fate(batch, i))
                .toList();
    }

    @Test
    void theFirstBatchIsOneRequest() throws IOException {
        lanes.send(batch(8), executor, LanesTest.this::taking);
        assertThat(requests).hasSize(1);
        assertThat(lanes.width()).isEqualTo(2);
    }

    @Nested
    class WhenWide {

        @Test
        void requestsAreUnderWayTogetherAndHaveEveryMessageOnce() throws IOException {
            widen();
            CyclicBarrier all = new CyclicBarrier(4);
            Batch batch = batch(8);
            Answer answer = lanes.send(batch, executor, part -> {
                try {
                    all.await();
                } catch (Exception e) {
                    throw new IOException(e);
                }
                return taking(part);
            });
            assertThat(answer).isEqualTo(Answer.EACH);
            assertThat(requests).hasSize(4).allMatch(request -> request.size() == 2);
            assertThat(requests.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(bodies(batch));
            assertThat(fates(batch)).containsOnly("ACCEPTED");
        }

        @Test
        void whatEachAnswerSaysIsSaidOfItsOwnMessages() throws IOException {
            widen();
            Batch batch = batch(8);
            Answer answer = lanes.send(batch, executor, part -> {
                String first = bodies(part).get(0);
                if (first.equals("event 102")) {
                    return Answer.busy("HTTP 429", Duration.ofSeconds(3));
                }
                if (first.equals("event 104")) {
                    part.refused(0, "poison");
                    part.duplicate(1);
                    return Answer.EACH;
                }
                return taking(part);
            });
            assertThat(answer).isEqualTo(Answer.busy("HTTP 429", Duration.ofSeconds(3)));
            assertThat(fates(batch))
                    .containsExactly(
                            "ACCEPTED",
                            "ACCEPTED",
                            "UNKNOWN",
                            "UNKNOWN",
                            "REFUSED",
                            "DUPLICATE",
                            "ACCEPTED",
                            "ACCEPTED");
            assertThat(Batches.reason(batch, 4)).isEqualTo("poison");
            assertThat(lanes.width()).isEqualTo(3);
        }

        @Test
        void aConnectionThatBreaksTakesNothingFromTheOthers() throws IOException {
            widen();
            Batch batch = batch(8);
            assertThatThrownBy(() -> lanes.send(batch, executor, part -> {
                        if (bodies(part).get(0).equals("event 100")) {
                            throw new IOException("Connection reset");
                        }
                        return taking(part);
                    }))
                    .isInstanceOf(IOException.class)
                    .hasMessage("Connection reset");
            assertThat(fates(batch).subList(0, 2)).containsOnly("UNKNOWN");
            assertThat(fates(batch).subList(2, 8)).containsOnly("ACCEPTED");
        }

        @Test
        void whatIsTooLargeOrCannotBeReadIsSentAgainWithoutOthersBesideIt() throws IOException {
            for (Answer refusal : List.of(Answer.tooLarge("HTTP 413"), Answer.malformed("HTTP 400"))) {
                for (int i = 0; i < 30; i++) {
                    lanes.send(batch(8), executor, LanesTest.this::taking);
                }
                widen();
                Batch batch = batch(8);
                Answer answer = lanes.send(
                        batch, executor, part -> bodies(part).contains("event 101") ? refusal : taking(part));
                assertThat(answer).isEqualTo(Answer.EACH);
                assertThat(fates(batch).subList(0, 2)).containsOnly("UNKNOWN");
                assertThat(lanes.width()).isEqualTo(1);
                assertThat(lanes.send(batch(2), executor, part -> refusal)).isEqualTo(refusal);
            }
        }

        @Test
        void partsHaveAboutAsManyBytesEach() throws IOException {
            widen();
            List<String> bodies = new ArrayList<>();
            bodies.add("x".repeat(1000));
            IntStream.range(0, 30).forEach(i -> bodies.add("y".repeat(100)));
            lanes.send(Batches.of(bodies, ""), executor, LanesTest.this::taking);
            assertThat(requests).hasSize(4);
            assertThat(requests)
                    .allSatisfy(request -> assertThat(
                                    request.stream().mapToInt(String::length).sum())
                            .isBetween(700, 1100));
        }
    }
}
