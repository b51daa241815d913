package io.inkfast.keys;

import static io.inkfast.keys.EncryptionKeysets.CONTEXT;
import static io.inkfast.keys.EncryptionKeysets.SECRET;
import static io.inkfast.keys.EncryptionKeysets.aead;
import static io.inkfast.keys.EncryptionKeysets.assertProblem;
import static io.inkfast.keys.EncryptionKeysets.assertWrapsAndOpens;
import static io.inkfast.keys.EncryptionKeysets.read;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.crypto.tink.aead.PredefinedAeadParameters;
import com.google.crypto.tink.subtle.AesGcmJce;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The one key of an older system, in an environment variable. */
class BareKeyTest {

    private final String bare = Base64.getEncoder().encodeToString(SECRET);
    private final Map<String, String> environment = Map.of("LOG_ENCRYPTION_KEY", " " + bare + "\n", "KEYS", bare);

    @Test
    void isTakenFromTheVariableOfTheOlderSystemWithAWarning() throws Exception {
        EncryptionKeyset keyset = read("env:LOG_ENCRYPTION_KEY", environment);
        assertWrapsAndOpens(keyset);
        assertThat(keyset.keys()).containsExactly(new KeysetKey(1, true, "ENABLED", "AES256_GCM"));
        assertThat(keyset.warnings())
                .containsExactly("<keyset> [env:LOG_ENCRYPTION_KEY] holds a bare key, which is deprecated because it"
                        + " cannot be rotated; inkfast keys generate --for encryption makes a keyset. What this key has"
                        + " encrypted only it can open: keep it");
    }

    @Test
    void isPlainAesGcm() throws Exception {
        byte[] wrapped = read("env:LOG_ENCRYPTION_KEY", environment).wrap(SECRET, CONTEXT);
        assertThat(wrapped).hasSize(12 + 32 + 16);
        assertThat(new AesGcmJce(SECRET).decrypt(wrapped, CONTEXT)).isEqualTo(SECRET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"env:KEYS", "env:LOG_ENCRYPTION_KEY?kms=test-kms://a"})
    void isRefusedElsewhere(String reference) {
        assertProblem(
                reference,
                environment,
                "<keyset> [" + reference
                        + "] holds 32 bytes in base64 and no keyset; make one: inkfast keys generate"
                        + " --for encryption");
    }

    @Test
    void isRefusedForPseudonyms() throws KeysetException {
        KeysetReference reference = KeysetReference.parse("<keyset>", "env:LOG_ENCRYPTION_KEY");
        assertThatThrownBy(() -> Keysets.read(reference, environment::get, KeyUse.PSEUDONYMS))
                .isInstanceOf(KeysetException.class)
                .hasMessage("<keyset> [env:LOG_ENCRYPTION_KEY] holds 32 bytes in base64 and no keyset; make one:"
                        + " inkfast keys generate");
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 31, 33, 48})
    void isRefusedInAnotherLength(int length) {
        byte[] key = new byte[length];
        Arrays.fill(key, (byte) 200);
        assertProblem(
                "env:LOG_ENCRYPTION_KEY",
                Map.of("LOG_ENCRYPTION_KEY", Base64.getEncoder().encodeToString(key)),
                "<keyset> [env:LOG_ENCRYPTION_KEY] is not a keyset in Tink's JSON format, of AEAD or HPKE keys with"
                        + " one of them primary (GeneralSecurityException)");
    }

    @Test
    void isNotJsonOf32Bytes() {
        String json = Base64.getEncoder().encodeToString("{\"primaryKeyId\":1,\"key\":[],\"a\":1}".getBytes(UTF_8));
        assertThat(json).hasSize(44);
        assertProblem(
                "env:LOG_ENCRYPTION_KEY",
                Map.of("LOG_ENCRYPTION_KEY", json),
                "<keyset> [env:LOG_ENCRYPTION_KEY] is not a keyset in Tink's JSON format, of AEAD or HPKE keys with"
                        + " one of them primary (GeneralSecurityException)");
    }

    @Test
    void isNotNeededWhereTheVariableHoldsAKeyset() throws Exception {
        EncryptionKeyset keyset =
                read("env:LOG_ENCRYPTION_KEY", Map.of("LOG_ENCRYPTION_KEY", aead(PredefinedAeadParameters.AES256_GCM)));
        assertThat(keyset.warnings()).isEmpty();
        assertWrapsAndOpens(keyset);
    }
}
