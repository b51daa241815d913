package io.inkfast.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.Parameters;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig2026;
import com.google.crypto.tink.hybrid.HybridConfig2026;
import io.inkfast.keys.EncryptionKeyset.Mode;
import java.util.Arrays;
import java.util.Map;

/** Reads keysets for encryption, and looks whether they do their work. */
final class EncryptionKeysets {

    static final byte[] SECRET = "0123456789abcdef0123456789ABCDEF".getBytes(UTF_8);
    static final byte[] CONTEXT = "file 1, session 2".getBytes(UTF_8);
    static final byte[] OTHER = "file 1, session 3".getBytes(UTF_8);

    private EncryptionKeysets() {}

    static EncryptionKeyset read(String reference, Map<String, String> environment) throws KeysetException {
        return EncryptionKeyset.read(KeysetReference.parseWithKmsKey("<keyset>", reference), environment::get);
    }

    static EncryptionKeyset json(String json) throws KeysetException {
        return read("env:KEYS", Map.of("KEYS", json));
    }

    static void assertProblem(String reference, Map<String, String> environment, String message) {
        assertThatThrownBy(() -> read(reference, environment))
                .isInstanceOf(KeysetException.class)
                .hasNoCause()
                .hasMessage(message);
    }

    static String aead(Parameters parameters) throws Exception {
        return TinkJsonProtoKeysetFormat.serializeKeyset(
                KeysetHandle.generateNew(parameters, AeadConfig2026.get()),
                AeadConfig2026.get(),
                InsecureSecretKeyAccess.get());
    }

    static String hybrid(Parameters parameters) throws Exception {
        return TinkJsonProtoKeysetFormat.serializeKeyset(
                KeysetHandle.generateNew(parameters, HybridConfig2026.get()),
                HybridConfig2026.get(),
                InsecureSecretKeyAccess.get());
    }

    static void assertWrapsAndOpens(EncryptionKeyset keyset) throws KeysetException {
        byte[] wrapped = keyset.wrap(SECRET, CONTEXT);
        assertThat(keyset.wrap(SECRET, CONTEXT)).isNotEqualTo(wrapped);
        assertThat(keyset.unwrap(keyset.mode(), wrapped, CONTEXT)).isEqualTo(SECRET);
        assertThat(keyset.unwrap(keyset.mode(), wrapped, OTHER)).isNull();
        for (Mode mode : Mode.values()) {
            if (mode != keyset.mode()) {
                assertThat(keyset.unwrap(mode, wrapped, CONTEXT)).isNull();
            }
        }
        for (int at = 0; at < wrapped.length; at++) {
            byte[] flipped = wrapped.clone();
            flipped[at] ^= 1;
            assertThat(keyset.unwrap(keyset.mode(), flipped, CONTEXT)).isNull();
            assertThat(keyset.unwrap(keyset.mode(), Arrays.copyOf(wrapped, at), CONTEXT))
                    .isNull();
        }
    }
}
