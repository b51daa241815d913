package io.inkfast.mask;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.inkfast.keys.KeysetException;
import io.inkfast.mask.scan.FuzzText;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** What looks like a pseudonym is read without error, only genuine ones are taken for such, and nothing else is changed. */
class PseudonymFuzzTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    Path directory;

    private Pseudonyms pseudonyms;
    private Revealer revealer;

    @BeforeEach
    void readKeyset() throws IOException, KeysetException {
        TestKeyset keyset = TestKeyset.in(directory);
        pseudonyms = keyset.pseudonyms();
        revealer = Revealer.of(keyset.reference());
    }

    @DictionaryFile(resourcePath = "fuzz.dict")
    @FuzzTest
    void anyTextAsPseudonym(byte[] data) throws IOException {
        String text = FuzzText.of(data);
        char[] chars = text.toCharArray();
        for (int i = 0; i < chars.length; i++) {
            int end = pseudonyms.genuineEnd(chars, i, chars.length);
            assertThat(end < 0 || chars[end - 1] == PseudonymFormat.CLOSE).isTrue();
        }
        assertThat(pseudonyms.reveal(text)).isNull();
        assertThat(revealer.line(text)).isSameAs(text);
        assertThat(copied(data)).isEqualTo(data);
    }

    @DictionaryFile(resourcePath = "fuzz.dict")
    @FuzzTest
    void tokensInAnyText(byte[] data) throws IOException {
        String text = FuzzText.of(data);
        int middle = text.length() / 2;
        String value = text.substring(0, middle);
        String token = pseudonyms.token("pan", value);
        String hash = pseudonyms.hash("pan", value);
        assertThat(pseudonyms.genuineEnd(hash.toCharArray(), 0, hash.length())).isEqualTo(hash.length());
        if (token.equals(Pseudonyms.MASK)) {
            return;
        }
        assertThat(pseudonyms.reveal(token)).isEqualTo(value);
        assertThat(pseudonyms.reveal(token.substring(0, token.length() - 1))).isNull();
        String json = JSON.writeValueAsString(JSON.createObjectNode().put("a", token + hash));
        assertThat(JSON.readTree(revealer.line(json)).get("a").stringValue()).isEqualTo(value + hash);
        assertThat(JSON.readTree(copied(json.getBytes(StandardCharsets.UTF_8)))
                        .get("a")
                        .stringValue())
                .isEqualTo(value + hash);
        String line = text.substring(middle).replaceAll("[\n\r]", " ") + token;
        if (!FuzzText.broken(line)) {
            assertThat(new String(copied(line.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8))
                    .isEqualTo(revealer.line(line))
                    .doesNotContain("\n", "\r");
        }
    }

    private byte[] copied(byte[] data) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        revealer.copy(new ByteArrayInputStream(data), out);
        return out.toByteArray();
    }
}
