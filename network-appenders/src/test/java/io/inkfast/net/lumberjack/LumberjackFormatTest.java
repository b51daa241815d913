package io.inkfast.net.lumberjack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkfast.net.Batch;
import io.inkfast.net.Batches;
import io.inkfast.net.Outgoing;
import io.inkfast.net.Replies;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LumberjackFormatTest {

    private static final String PLAIN =
            "32 57 00000002 32 4a 00000001 00000007 7b2261223a317d 32 4a 00000002 00000002 7b7d";

    private final Batch batch = Batches.of(List.of("{}", "{\"a\":1}", "{}", "{}"), "");

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }

    private byte[] window(int level) {
        Outgoing out = new Outgoing();
        LumberjackFormat.window(batch, 1, 3, level, new Outgoing(), out);
        return out.toBytes();
    }

    @Test
    void aWindowIsItsCountAndItsEventsNumberedFromOne() {
        assertThat(window(0)).isEqualTo(hex(PLAIN));
    }

    @Test
    void aCompressedWindowHasTheSameFramesInside() throws IOException {
        byte[] bytes = window(3);
        assertThat(Arrays.copyOf(bytes, 8)).isEqualTo(hex("32 57 00000002 32 43"));
        int length = HexFormat.fromHexDigits(HexFormat.of().formatHex(bytes, 8, 12));
        assertThat(length).isEqualTo(bytes.length - 12);
        byte[] inside = new InflaterInputStream(new ByteArrayInputStream(bytes, 12, length)).readAllBytes();
        assertThat(inside).isEqualTo(Arrays.copyOfRange(hex(PLAIN), 6, hex(PLAIN).length));
    }

    @Test
    void largeEventsCompressToMoreThanOneChunk() throws IOException {
        StringBuilder large = new StringBuilder();
        for (int i = 0; i < 50_000; i++) {
            large.append(Integer.toHexString(i * 31 + (i << 7)));
        }
        Batch one = Batches.of(List.of(large.toString()), "");
        Outgoing out = new Outgoing();
        LumberjackFormat.window(one, 0, 1, 1, new Outgoing(), out);
        byte[] bytes = out.toBytes();
        byte[] inside = new InflaterInputStream(new ByteArrayInputStream(bytes, 12, bytes.length - 12)).readAllBytes();
        assertThat(new String(inside, 10, inside.length - 10)).isEqualTo(large.toString());
    }

    @Test
    void numbersOfAcknowledgementsHaveNoSign() throws IOException {
        assertThat(LumberjackFormat.ack(hex("32 41 00000000"))).isZero();
        assertThat(LumberjackFormat.ack(hex("32 41 00000102"))).isEqualTo(258);
        assertThat(LumberjackFormat.ack(hex("32 41 ffffffff"))).isEqualTo(4_294_967_295L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"31 41 00000001", "32 57 00000001", "48 54 54502f31"})
    void anythingElseIsAnotherProtocol(String bytes) {
        assertThatThrownBy(() -> LumberjackFormat.ack(hex(bytes)))
                .isInstanceOf(IOException.class)
                .hasMessage("the peer does not speak Lumberjack 2");
    }

    @Test
    void acknowledgementsMayComeInAnyPieces() throws IOException {
        byte[] three = hex("32 41 00000000 32 41 00000005 32 41 0000000a");
        for (int size = 1; size <= three.length; size++) {
            Replies<Long> replies = new Replies<>();
            Acknowledgements reader = new Acknowledgements(replies);
            for (int at = 0; at < three.length; at += size) {
                byte[] piece = Arrays.copyOfRange(three, at, Math.min(three.length, at + size));
                reader.read(piece, piece.length);
            }
            List<Long> found = new ArrayList<>();
            for (Long next = replies.poll(); next != null; next = replies.poll()) {
                found.add(next);
            }
            assertThat(found).containsExactly(0L, 5L, 10L);
        }
    }
}
