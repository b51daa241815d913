package io.inkfast.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import io.inkfast.internal.FileStorage;
import io.inkfast.internal.Storage;
import io.inkfast.keys.EncryptionKeyset;
import io.inkfast.keys.KeysetFile;
import io.inkfast.keys.KeysetPurpose;
import io.inkfast.keys.RecordOpener;
import io.inkfast.keys.RecordSeal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeadLetterFileTest {

    private static final long AT = 1_772_359_200_123L;
    private static final String LINE =
            "{\"at\":\"2026-03-01T10:00:00.123Z\",\"appender\":\"ELK\",\"endpoint\":\"http://a:9200\","
                    + "\"reason\":\"400 mapper_parsing_exception: \\\"x\\\"\",\"attempts\":2,\"id\":\"run-1\","
                    + "\"time\":\"2026-03-01T09:59:59Z\",\"level\":\"ERROR\",\"head\":\"{\\\"create\\\":{}}\","
                    + "\"event\":\"{\\\"a\\\":\\\"\u00fc\\\"}\"}";

    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("letters/dead.jsonl");
    }

    private static Message message(byte[] head, byte[] body) {
        Message message = new Message("run-1", AT - 1123, Level.ERROR, head, body, 0, 0);
        message.attempted();
        message.attempted();
        return message;
    }

    private static Message message() {
        return message(utf8("{\"create\":{}}"), utf8("{\"a\":\"\u00fc\"}"));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private DeadLetterFile letters(Storage storage, @Nullable RecordSeal seal) {
        return new DeadLetterFile(storage, file(), "ELK", seal, () -> AT);
    }

    private static void add(DeadLetterFile letters, Message message) throws IOException {
        assertThat(letters.add(message, "http://a:9200", "400 mapper_parsing_exception: \"x\""))
                .isTrue();
    }

    @Test
    void aLetterIsALineOfJson() throws IOException {
        DeadLetterFile letters = letters(new FileStorage(), null);
        add(letters, message());
        letters.close();
        assertThat(Files.readString(file())).isEqualTo(LINE + "\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .endsWith("---");
    }

    @Test
    void itIsReadAsItWasWritten() {
        DeadLetter letter = DeadLetter.of(LINE);
        assertThat(letter).isNotNull();
        assertThat(letter.at()).isEqualTo(AT);
        assertThat(letter.millis()).isEqualTo(AT - 1123);
        assertThat(letter.attempts()).isEqualTo(2);
        assertThat(letter.id()).isEqualTo("run-1");
        assertThat(letter.level()).isEqualTo("ERROR");
        assertThat(letter.why()).isEqualTo("400 mapper_parsing_exception: \"x\"");
        assertThat(letter.head()).isEqualTo(utf8("{\"create\":{}}"));
        assertThat(letter.body()).isEqualTo(utf8("{\"a\":\"\u00fc\"}"));
        assertThat(DeadLetterFormat.line(letter)).isEqualTo(LINE);
    }

    @Test
    void bytesThatAreNoTextStayWhatTheyWere() {
        byte[] bytes = {1, (byte) 0xff, 0, '\n'};
        DeadLetter letter = new DeadLetter(0, "a", "b", "c", 1, "i", 0, "INFO", new byte[0], bytes);
        String line = DeadLetterFormat.line(letter);
        assertThat(line).contains("\"eventBase64\":\"Af8ACg==\"").doesNotContain("\n");
        DeadLetter read = DeadLetter.of(line);
        assertThat(read).isNotNull();
        assertThat(read.body()).isEqualTo(bytes);
        assertThat(read.head()).isEmpty();
    }

    @Test
    void noBeginningOfALineIsALetter() {
        for (int end = 0; end < LINE.length(); end++) {
            assertThat(DeadLetter.of(LINE.substring(0, end)))
                    .as("first %d characters", end)
                    .isNull();
        }
    }

    @Test
    void noChangedLineIsAFault() {
        for (int i = 0; i < LINE.length(); i++) {
            for (char c : new char[] {'"', '{', '}', '\\', ':', ',', '0', '\u0000', '\ud800'}) {
                // Either it is none, or it is one; nothing is thrown.
                DeadLetter.of(LINE.substring(0, i) + c + LINE.substring(i + 1));
            }
        }
        assertThat(DeadLetter.of("[]")).isNull();
        assertThat(DeadLetter.of("{}")).isNull();
        assertThat(DeadLetter.of(LINE.replace("\"attempts\":2", "\"attempts\":{\"a\":2}")))
                .isNull();
        assertThat(DeadLetter.of(LINE + LINE)).isNull();
    }

    @Test
    void aFileThatIsMovedAwayIsBegunAnew() throws IOException {
        DeadLetterFile letters = letters(new FileStorage(), null);
        add(letters, message());
        Files.move(file(), folder.resolve("taken"));
        add(letters, message());
        assertThat(Files.readAllLines(file())).containsExactly(LINE);
        assertThat(Files.readAllLines(folder.resolve("taken"))).containsExactly(LINE);
        letters.close();
    }

    @Test
    void whatACrashHasCutOffIsNotTheBeginningOfTheNext() throws IOException {
        Files.createDirectories(file().getParent());
        Files.writeString(file(), LINE + "\n" + LINE.substring(0, 40));
        DeadLetterFile letters = letters(new FileStorage(), null);
        add(letters, message());
        letters.close();
        assertThat(Files.readAllLines(file())).containsExactly(LINE, LINE.substring(0, 40), LINE);
    }

    @Nested
    class WhenTheDiskIsFull {

        /** Writes so many bytes, and no more until there is room. */
        private final class Small implements Storage {
            private final FileStorage real = new FileStorage();
            private int room;

            @Override
            public Output open(Path path, boolean truncate) throws IOException {
                Output output = real.open(path, truncate);
                return new Output() {
                    @Override
                    public int write(ByteBuffer bytes) throws IOException {
                        if (room == 0) {
                            throw new IOException("No space left on device");
                        }
                        ByteBuffer some = bytes.slice().limit(Math.min(room, bytes.remaining()));
                        int written = output.write(some);
                        bytes.position(bytes.position() + written);
                        room -= written;
                        return written;
                    }

                    @Override
                    public void force() throws IOException {
                        output.force();
                    }

                    @Override
                    public void close() throws IOException {
                        output.close();
                    }
                };
            }

            @Override
            public @Nullable Stat stat(Path path) throws IOException {
                return real.stat(path);
            }

            @Override
            public int lastByte(Path path) throws IOException {
                return real.lastByte(path);
            }
        }

        @Test
        void theLetterIsWrittenWholeLaterWhereverItWasCutOff() throws IOException {
            int length = utf8(LINE).length + 1;
            for (int room = 0; room < length; room += 7) {
                Files.deleteIfExists(file());
                Small storage = new Small();
                storage.room = room;
                DeadLetterFile letters = letters(storage, null);
                assertThatThrownBy(() -> add(letters, message())).isInstanceOf(IOException.class);
                storage.room = 10_000;
                add(letters, message());
                letters.close();
                List<String> whole = Files.readAllLines(file()).stream()
                        .filter(line -> DeadLetter.of(line) != null)
                        .toList();
                assertThat(whole).as("%d bytes", room).containsExactly(LINE);
            }
        }
    }

    @Nested
    class WithAKeyset {

        private EncryptionKeyset keyset() throws Exception {
            String keys = "file:" + folder.resolve("keys.json");
            KeysetFile.of("keyset", keys).generate(KeysetPurpose.ENCRYPTION, true);
            return EncryptionKeyset.read("<keyset>", keys);
        }

        @Test
        void nothingIsReadableWithoutItAndEverythingWithIt() throws Exception {
            EncryptionKeyset keyset = keyset();
            DeadLetterFile letters =
                    letters(new FileStorage(), RecordSeal.create(keyset, RecordSeal.Purpose.DEAD_LETTER));
            add(letters, message());
            letters.close();
            DeadLetterFile later =
                    letters(new FileStorage(), RecordSeal.create(keyset, RecordSeal.Purpose.DEAD_LETTER));
            add(later, message());
            later.close();
            List<String> lines = Files.readAllLines(file());
            assertThat(lines).hasSize(4).noneMatch(line -> line.contains("ELK") || line.contains("create"));
            RecordOpener opener = RecordOpener.of(keyset, lines, RecordSeal.Purpose.DEAD_LETTER);
            assertThat(DeadLetterLines.of(lines, opener).letters().stream().map(DeadLetterFormat::line))
                    .containsExactly(LINE, LINE);
            assertThat(DeadLetterLines.of(lines, RecordOpener.NONE).locked()).isEqualTo(2);
        }
    }
}
