package io.inkfast.mask;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class RevealerTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String NASTY = "Jürgen \"J\" \\ 👩\n\u001b[2J\u202e";

    @TempDir
    Path folder;

    private TestKeyset keyset;
    private Pseudonyms pseudonyms;
    private Revealer revealer;
    private String token;

    @BeforeEach
    void read() throws Exception {
        keyset = TestKeyset.in(folder);
        pseudonyms = keyset.pseudonyms();
        revealer = Revealer.of(keyset.reference());
        token = pseudonyms.token("email", NASTY);
    }

    private byte[] copied(byte[] in) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        revealer.copy(new ByteArrayInputStream(in), out);
        return out.toByteArray();
    }

    @Nested
    class OfAPlainLine {

        @Test
        void opensTokensAndKeepsHashes() {
            String pan = pseudonyms.token("pan", "4111 1111 1111 1111");
            String hash = pseudonyms.hash("pan", "4111 1111 1111 1111");
            assertThat(revealer.line("paid with " + pan + pan + ", " + hash + " ‹so›"))
                    .isEqualTo("paid with 4111 1111 1111 11114111 1111 1111 1111, " + hash + " ‹so›");
            assertThat(revealer.revealed()).isEqualTo(2);
            assertThat(revealer.unopened()).isZero();
        }

        @Test
        void keepsItOneLineAndTheTerminalSafe() {
            assertThat(revealer.line("[main] " + token)).isEqualTo("[main] Jürgen \"J\" \\ 👩\\n\\u001b[2J\\u202e");
        }

        @Test
        void countsWhatItCannotOpen() throws Exception {
            keyset.file().rotate();
            keyset.file().delete(0x0badcafe);
            Revealer later = Revealer.of(keyset.reference());
            String line = "from " + token + " ‹pan:t1:AQutyv4rLgSx› ‹pan:t1:cut";
            assertThat(later.line(line)).isEqualTo(line);
            assertThat(later.unopened()).isEqualTo(2);
            assertThat(later.revealed()).isZero();
            assertThat(later.keyIds()).hasSize(1).doesNotContain("0badcafe");
        }
    }

    @Nested
    class OfALineOfJson {

        @Test
        void escapesTheValue() {
            String line = "{\"message\":\"by " + token + "!\",\"" + token + "\":1}";
            var tree = JSON.readTree(revealer.line(line));
            assertThat(tree.get("message").stringValue()).isEqualTo("by " + NASTY + "!");
            assertThat(tree.get(NASTY).intValue()).isEqualTo(1);
        }

        @ParameterizedTest
        @ValueSource(strings = {"\\u203a", "\\u203A"})
        void readsEscapedBrackets(String close) {
            String escaped = token.replace("‹", "\\u2039").replace("›", close);
            String line = "{\"a\":\"" + escaped + "\"}";
            assertThat(JSON.readTree(revealer.line(line)).get("a").stringValue())
                    .isEqualTo(NASTY);
            assertThat(new String(copied(line), UTF_8)).isEqualTo(revealer.line(line));
        }

        private byte[] copied(String line) {
            try {
                return RevealerTest.this.copied(line.getBytes(UTF_8));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"\\\\u203a", "\\u203a"})
        void leavesABracketThatIsTextAboutOne(String close) {
            String line = "{\"a\":\"" + token.replace("‹", "\\\\u2039").replace("›", close) + "\"}";
            assertThat(revealer.line(line)).isEqualTo(line);
        }

        @Test
        void thatIsAnArrayIsJsonToo() {
            String line = "[1,\"" + token + "\"]";
            assertThat(JSON.readTree(revealer.line(line)).get(1).stringValue()).isEqualTo(NASTY);
        }

        @Test
        void thatWasCutOffIsStillEscaped() {
            assertThat(revealer.line("{\"message\":\"" + token)).endsWith("\\\"J\\\" \\\\ 👩\\n\\u001b[2J\\u202e");
        }
    }

    @Nested
    class OfAStream {

        @Test
        void isExactToTheByte() throws IOException {
            byte[] noise = new byte[300_000];
            new Random(3).nextBytes(noise);
            String text = new String(noise, ISO_8859_1);
            String bytes = new String(token.getBytes(UTF_8), ISO_8859_1);
            String value = new String("Jürgen \"J\" \\ 👩\\n\\u001b[2J\\u202e".getBytes(UTF_8), ISO_8859_1);
            assertThat(copied(("x" + text + "\nx" + bytes + "\r\n" + text).getBytes(ISO_8859_1)))
                    .isEqualTo(("x" + text + "\nx" + value + "\r\n" + text).getBytes(ISO_8859_1));
        }

        @Test
        void keepsTheLastLineAsItIs() throws IOException {
            assertThat(copied(new byte[0])).isEmpty();
            assertThat(copied("a".getBytes(UTF_8))).isEqualTo("a".getBytes(UTF_8));
            assertThat(copied("\n\na\n".getBytes(UTF_8))).isEqualTo("\n\na\n".getBytes(UTF_8));
        }

        @Test
        void doesNotCareHowTheBytesArrive() throws IOException {
            String lines = "{\"a\":\"" + token + "\"}\nplain " + token + "\n[" + token + "]\n{\"b\":\"" + token + "\"}";
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            InputStream one = new ByteArrayInputStream(lines.getBytes(UTF_8)) {
                @Override
                public synchronized int read(byte[] into, int from, int length) {
                    return super.read(into, from, Math.min(1, length));
                }
            };
            revealer.copy(one, out);
            StringBuilder expected = new StringBuilder();
            for (String line : lines.split("\n")) {
                expected.append(expected.isEmpty() ? "" : "\n").append(revealer.line(line));
            }
            assertThat(out.toString(UTF_8)).isEqualTo(expected.toString());
        }

        @Test
        void opensTokensWhereverALongLineIsCut() throws IOException {
            String value = "\"";
            String quote = pseudonyms.token("x", value);
            int bytes = quote.getBytes(UTF_8).length;
            // Most of what lies between is like its neighbours: the brackets, and one in five.
            for (int before = RevealedLines.MAX_PIECE - bytes - 20;
                    before < RevealedLines.MAX_PIECE + 2;
                    before += (before % 16 < 10 ? 1 : 5)) {
                String line = "{\"a\":\"" + "x".repeat(before) + quote + "y".repeat(20) + "\"}\n" + quote + "\n";
                assertThat(new String(copied(line.getBytes(UTF_8)), UTF_8))
                        .isEqualTo("{\"a\":\"" + "x".repeat(before) + "\\\"" + "y".repeat(20) + "\"}\n\"\n");
            }
        }

        @Test
        @Timeout(60)
        void needsNoMoreMemoryForMoreInput() throws IOException {
            byte[] part = ("x".repeat(1000) + token).getBytes(UTF_8);
            long parts = 200_000;
            InputStream endless = new InputStream() {
                private long at;

                @Override
                public int read() {
                    throw new UnsupportedOperationException();
                }

                @Override
                public int read(byte[] into, int from, int length) {
                    if (at == parts * part.length) {
                        return -1;
                    }
                    int start = (int) (at % part.length);
                    int count = Math.min(length, part.length - start);
                    System.arraycopy(part, start, into, from, count);
                    at += count;
                    return count;
                }
            };
            revealer.copy(endless, OutputStream.nullOutputStream());
            assertThat(revealer.revealed()).isEqualTo(parts);
        }
    }
}
