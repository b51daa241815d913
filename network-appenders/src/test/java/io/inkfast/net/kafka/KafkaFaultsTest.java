package io.inkfast.net.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class KafkaFaultsTest {

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of(new RecordTooLargeException("x"), "TOO_LARGE"),
                Arguments.of(new SerializationException("x"), "TOO_LARGE"),
                Arguments.of(new InvalidRecordException("x"), "INVALID"),
                Arguments.of(new InvalidTimestampException("x"), "INVALID"),
                Arguments.of(new TopicAuthorizationException("x"), "DENIED"),
                Arguments.of(new ClusterAuthorizationException("x"), "DENIED"),
                Arguments.of(new SaslAuthenticationException("x"), "DENIED"),
                Arguments.of(new SslAuthenticationException("x"), "DENIED"),
                Arguments.of(new InvalidTopicException("x"), "DENIED"),
                Arguments.of(new UnsatisfiedLinkError("x"), "DENIED"),
                Arguments.of(new KafkaException("in an error state", new SaslAuthenticationException("x")), "DENIED"),
                Arguments.of(new TimeoutException("x"), "AGAIN"),
                Arguments.of(new NotEnoughReplicasException("x"), "AGAIN"),
                Arguments.of(new UnknownTopicOrPartitionException("x"), "AGAIN"),
                Arguments.of(new OutOfOrderSequenceException("x"), "AGAIN"),
                Arguments.of(new InvalidProducerEpochException("x"), "AGAIN"),
                Arguments.of(new ProducerFencedException("x"), "AGAIN"),
                Arguments.of(new IllegalStateException("closed"), "AGAIN"),
                Arguments.of(new KafkaException("x"), "AGAIN"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void theKindOfAFault(Throwable fault, String kind) {
        assertThat(KafkaFaults.kind(fault)).hasToString(kind);
    }

    @Test
    void onlyKafkasOwnTextsAreShown() {
        assertThat(KafkaFaults.words(new ExecutionException(new TimeoutException("no metadata"))))
                .isEqualTo("TimeoutException (no metadata)");
        assertThat(KafkaFaults.words(new KafkaException("no producer", new IllegalArgumentException("password=x"))))
                .isEqualTo("KafkaException (no producer); IllegalArgumentException");
    }
}
