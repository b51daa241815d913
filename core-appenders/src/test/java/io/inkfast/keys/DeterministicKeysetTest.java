package io.inkfast.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeterministicKeysetTest {

    private static final byte[] CARD = "4111111111111111".getBytes(UTF_8);
    private static final byte[] PAN = "inkfast/pan".getBytes(UTF_8);

    private DeterministicKeyset keyset;

    @BeforeEach
    void read() throws KeysetException {
        keyset = read(KeysetFolder.fixed());
    }

    private static DeterministicKeyset read(String json) throws KeysetException {
        KeysetReference reference = KeysetReference.parse("<keyset>", "env:KEYS");
        return DeterministicKeyset.of(reference, Keysets.read(reference, Map.of("KEYS", json)::get, KeyUse.PSEUDONYMS));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    /* Computed a second time by another implementation of RFC 5297 and RFC 5869. */
    @Test
    void encryptsTheSameToTheSame() {
        assertThat(hex(keyset.encrypt(CARD, PAN)))
                .isEqualTo("010badcafe3a90ae73c05cfc07564ecb925f472b2a5dd5961bf6db2a0c97015564a237e5e0")
                .isEqualTo(hex(keyset.encrypt(CARD, PAN)));
    }

    @Test
    void decryptsOnlyWithTheSameAssociatedData() {
        byte[] encrypted = keyset.encrypt(CARD, PAN);
        assertThat(keyset.decrypt(encrypted, PAN)).isEqualTo(CARD);
        assertThat(keyset.decrypt(encrypted, "inkfast/email".getBytes(UTF_8))).isNull();
    }

    @Test
    void decryptsNothingElse() {
        byte[] encrypted = keyset.encrypt(CARD, PAN);
        for (int at = 0; at < encrypted.length; at++) {
            byte[] flipped = encrypted.clone();
            flipped[at] ^= 1;
            assertThat(keyset.decrypt(flipped, PAN)).isNull();
            assertThat(keyset.decrypt(java.util.Arrays.copyOf(encrypted, at), PAN))
                    .isNull();
        }
    }

    @Test
    void derivesKeysThatStayTheSame() {
        assertThat(hex(keyset.derive("hash/email")))
                .isEqualTo("bcc83493bdfe06e79e099db1522f750bc8ffc5b5ebb0c80c51574d6da8ef753d");
        assertThat(hex(keyset.derive("hash/pan")))
                .isEqualTo("d54bf2f4922eee46ec3138e1694a808451b81bd09734710cd8b579127c33a830");
        assertThat(keyset.derive("hash/email", 0x0badcafe)).isEqualTo(keyset.derive("hash/email"));
        assertThat(keyset.derive("hash/email", 7)).isNull();
    }

    @Test
    void refusesToEncryptWhatKeysAreDerivedFrom() {
        assertThatThrownBy(() -> keyset.encrypt(new byte[32], "inkfast/derive/v1/hash/email".getBytes(UTF_8)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("associated data that begins with inkfast/derive/ is for derived keys");
    }

    @Test
    void saysOfItsKeysWhatMayBeSaid() {
        assertThat(keyset.keys()).containsExactly(new KeysetKey(0x0badcafe, true, "ENABLED", "AES256_SIV"));
        assertThat(keyset.keys().get(0).name()).isEqualTo("0badcafe");
        assertThat(keyset.keyIds()).containsExactly(0x0badcafe);
    }
}
