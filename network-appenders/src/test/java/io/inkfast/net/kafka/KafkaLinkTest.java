package io.inkfast.net.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkfast.net.Answer;
import io.inkfast.net.Batch;
import io.inkfast.net.Batches;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** With the producer that Kafka has for tests: what no real broker does when it is told. Real ones are in samples/elk. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KafkaLinkTest {

    private final List<MockProducer<byte[], byte[]>> made = new ArrayList<>();
    private boolean answers;
    private final KafkaLink link = new KafkaLink(this::make, "logs", Duration.ofMillis(50), "inkfast-net-test");

    private MockProducer<byte[], byte[]> make() {
        MockProducer<byte[], byte[]> next =
                new MockProducer<>(answers, null, new ByteArraySerializer(), new ByteArraySerializer());
        made.add(next);
        return next;
    }

    private static List<String> sent(MockProducer<byte[], byte[]> producer) {
        return producer.history().stream()
                .map(sent -> new String(sent.value(), StandardCharsets.UTF_8))
                .toList();
    }

    private static List<String> fates(Batch batch) {
        return IntStream.range(0, batch.size())
                .mapToObj(i -> Batches.fate(batch, i))
                .toList();
    }

    @Test
    void aRecordHasItsKeyItsTimeAndItsId() throws Exception {
        answers = true;
        assertThat(link.send(Batches.of(List.of("a"), "key"))).isEqualTo(Answer.EACH);
        ProducerRecord<byte[], byte[]> sent = made.get(0).history().get(0);
        assertThat(sent.topic()).isEqualTo("logs");
        assertThat(sent.key()).isEqualTo("key".getBytes(StandardCharsets.UTF_8));
        assertThat(sent.value()).isEqualTo("a".getBytes(StandardCharsets.UTF_8));
        assertThat(sent.timestamp()).isZero();
        assertThat(sent.partition()).isNull();
        assertThat(sent.headers().lastHeader("event.id").value()).isEqualTo("id-0".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void withoutAKeyThereIsNone() throws Exception {
        answers = true;
        link.send(Batches.of(List.of("a"), ""));
        assertThat(made.get(0).history().get(0).key()).isNull();
    }

    @Test
    void aRecordWhoseAcknowledgementIsLateIsNotSentAgain() throws Exception {
        Batch batch = Batches.of(List.of("a", "b"), "");
        assertThat(link.send(batch)).isEqualTo(Answer.EACH);
        assertThat(fates(batch)).containsExactly("AGAIN", "AGAIN");
        assertThat(Batches.reason(batch, 0)).isEqualTo("no acknowledgement within 50 milliseconds");
        MockProducer<byte[], byte[]> producer = made.get(0);
        producer.completeNext();
        producer.completeNext();
        assertThat(link.send(batch)).isEqualTo(Answer.EACH);
        assertThat(fates(batch)).containsExactly("ACCEPTED", "ACCEPTED");
        assertThat(sent(producer)).containsExactly("a", "b");
        assertThat(made).hasSize(1);
    }

    @Test
    void whatIsTooLargeIsRefusedAndTheOthersAreNot() throws Exception {
        Batch batch = Batches.of(List.of("a", "b", "c"), "");
        link.send(batch);
        MockProducer<byte[], byte[]> producer = made.get(0);
        producer.completeNext();
        producer.errorNext(new RecordTooLargeException("too large"));
        producer.completeNext();
        assertThat(link.send(batch)).isEqualTo(Answer.EACH);
        assertThat(fates(batch)).containsExactly("ACCEPTED", "REFUSED", "ACCEPTED");
        assertThat(Batches.reason(batch, 1)).isEqualTo("RecordTooLargeException (too large)");
        assertThat(producer.closed()).isFalse();
    }

    @Test
    void anInvalidRecordIsRefusedWhereOthersAreTaken() throws Exception {
        Batch batch = Batches.of(List.of("a", "b"), "");
        link.send(batch);
        made.get(0).errorNext(new InvalidRecordException("no"));
        made.get(0).completeNext();
        assertThat(link.send(batch)).isEqualTo(Answer.EACH);
        assertThat(fates(batch)).containsExactly("REFUSED", "ACCEPTED");
    }

    @Test
    void aTopicThatTakesNothingMayBeToBlameItself() throws Exception {
        Batch batch = Batches.of(List.of("a", "b"), "");
        link.send(batch);
        made.get(0).errorNext(new InvalidRecordException("no"));
        made.get(0).errorNext(new KafkaException("part of a batch which had one more invalid records"));
        assertThat(link.send(batch)).isEqualTo(Answer.malformed("InvalidRecordException (no)"));
        assertThat(fates(batch)).doesNotContain("REFUSED", "ACCEPTED");
    }

    @Test
    void afterAFailedRecordNothingOvertakesIt() throws Exception {
        Batch batch = Batches.of(List.of("a", "b", "c"), "key");
        link.send(batch);
        MockProducer<byte[], byte[]> first = made.get(0);
        first.completeNext();
        first.errorNext(new OutOfOrderSequenceException("lost"));
        assertThat(link.send(batch)).isEqualTo(Answer.busy("OutOfOrderSequenceException (lost)", Duration.ZERO));
        assertThat(fates(batch)).containsExactly("ACCEPTED", "AGAIN", "AGAIN");
        assertThat(first.closed()).isTrue();
        answers = true;
        Batch rest = Batches.of(List.of("b", "c"), "key");
        assertThat(link.send(rest)).isEqualTo(Answer.EACH);
        assertThat(sent(made.get(1))).containsExactly("b", "c");
    }

    @Test
    void whoIsNotLetInTriesAgainWithANewProducer() throws Exception {
        Batch batch = Batches.of(List.of("a", "b"), "");
        link.send(batch);
        made.get(0).errorNext(new TopicAuthorizationException("not authorized"));
        assertThat(link.send(batch)).isEqualTo(Answer.denied("TopicAuthorizationException (not authorized)"));
        assertThat(fates(batch)).doesNotContain("REFUSED", "ACCEPTED");
        answers = true;
        assertThat(link.send(Batches.of(List.of("a", "b"), ""))).isEqualTo(Answer.EACH);
        assertThat(made).hasSize(2);
    }

    @Test
    void aProducerThatKnowsNoBrokerGetsNoMoreAndIsKept() throws Exception {
        answers = true;
        link.send(Batches.of(List.of("x"), ""));
        MockProducer<byte[], byte[]> producer = made.get(0);
        producer.sendException = new TimeoutException("no metadata");
        // The one for tests throws what the real one answers; either way the rest is not sent.
        Batch batch = Batches.of(List.of("a", "b"), "");
        assertThat(link.send(batch)).isEqualTo(Answer.busy("TimeoutException (no metadata)", Duration.ZERO));
        assertThat(fates(batch)).containsExactly("UNKNOWN", "UNKNOWN");
    }

    @Test
    void aLibraryThatCannotBeLoadedIsNoEndOfTheThread() throws Exception {
        answers = true;
        link.send(Batches.of(List.of("x"), ""));
        made.get(0).close();
        Batch batch = Batches.of(List.of("a"), "");
        assertThat(link.send(batch).kind()).isEqualTo(Answer.Kind.BUSY);
        KafkaLink broken = new KafkaLink(
                () -> {
                    throw new NoClassDefFoundError("com/github/luben/zstd/Zstd");
                },
                "logs",
                Duration.ofSeconds(1),
                "inkfast-net-test");
        assertThat(broken.send(batch)).isEqualTo(Answer.denied("NoClassDefFoundError"));
    }

    @Test
    void afterTheAbortNoProducerIsMade() throws Exception {
        answers = true;
        link.send(Batches.of(List.of("x"), ""));
        link.abort();
        assertThatThrownBy(() -> link.send(Batches.of(List.of("a"), "")))
                .isInstanceOf(IOException.class)
                .hasMessage("the appender has stopped");
        link.close();
        assertThat(made).hasSize(1);
    }
}
