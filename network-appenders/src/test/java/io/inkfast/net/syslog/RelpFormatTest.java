package io.inkfast.net.syslog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkfast.net.Batches;
import io.inkfast.net.Outgoing;
import io.inkfast.net.Replies;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RelpFormatTest {

    private static String text(Outgoing out) {
        return new String(out.toBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void framesAreAsTheProtocolHasThem() {
        Outgoing out = new Outgoing();
        RelpFormat.open(1, out);
        RelpFormat.syslog(
                2, Batches.of(List.of("gr\u00fc\u00dfe\n2"), "<134>1 ").message(0), out);
        RelpFormat.close(999_999_999, out);
        assertThat(text(out))
                .isEqualTo("1 open 52 relp_version=0\nrelp_software=inkfast\ncommands=syslog\n"
                        + "2 syslog 16 <134>1 gr\u00fc\u00dfe\n2\n999999999 close 0\n");
    }

    @Test
    void numbersBeginAgainAtOne() {
        assertThat(RelpFormat.after(999_999_998)).isEqualTo(999_999_999);
        assertThat(RelpFormat.after(999_999_999)).isEqualTo(1);
    }

    @Nested
    class Reading {

        private static final String ANSWERS = "1 rsp 31 200 OK\nrelp_version=0\ncommands=\n2 rsp 6 200 OK\n"
                + "3 rsp 13 500 bad thing\n4 rsp 0\n5 rsp 3 200\n";

        private static List<RelpFormat.Frame> read(String text, int size) throws IOException {
            Replies<RelpFormat.Frame> replies = new Replies<>();
            RelpReader reader = new RelpReader(replies);
            byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
            for (int at = 0; at < bytes.length; at += size) {
                byte[] piece = Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + size));
                reader.read(piece, piece.length);
            }
            List<RelpFormat.Frame> found = new ArrayList<>();
            for (RelpFormat.Frame next = replies.poll(); next != null; next = replies.poll()) {
                found.add(next);
            }
            return found;
        }

        @Test
        void answersMayComeInAnyPieces() throws IOException {
            for (int size = 1; size <= ANSWERS.length(); size++) {
                List<RelpFormat.Frame> frames = read(ANSWERS, size);
                assertThat(frames).extracting(RelpFormat.Frame::number).containsExactly(1, 2, 3, 4, 5);
                assertThat(frames).extracting(RelpFormat.Frame::status).containsExactly(200, 200, 500, 0, 200);
                assertThat(frames.get(0).data()).isEqualTo("200 OK\nrelp_version=0\ncommands=");
            }
        }

        @Test
        void theEndOfASessionIsTheEndOfTheConnection() {
            assertThatThrownBy(() -> read("0 serverclose 0\n", 100))
                    .isInstanceOf(EOFException.class)
                    .hasMessage("the peer ends the session");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "HTTP/1.1 400 Bad Request\r\n",
                    "1 rsp 99999999 x",
                    "1 rsp -1 x",
                    "x rsp 1 x\n",
                    "1 rsp 1 xy",
                    "1 rsp 5\n",
                    "1 rsp 0 \n",
                    "1 rsp\n",
                    "\n",
                    "11111111111111111111111111111111111111111111111111111111"
                })
        void anythingElseIsAnotherProtocol(String text) {
            for (int size : new int[] {1, 7, 100}) {
                assertThatThrownBy(() -> read(text, size))
                        .isInstanceOf(IOException.class)
                        .hasMessage("the peer does not speak RELP");
            }
        }
    }
}
