package io.inkfast.keys;

import io.inkfast.internal.Settings;
import org.jspecify.annotations.Nullable;

/**
 * Reads the setting {@code <keyset>} of what keeps records, and makes their seal. What is wrong is a problem of the settings.
 * Stateless.
 *
 * @since 0.1.0
 */
public final class KeysetSetting {

    private KeysetSetting() {}

    /** The keyset, see {@link EncryptionKeyset#read}; null if there is none, or it cannot be used. */
    public static @Nullable EncryptionKeyset read(Settings settings, @Nullable String text) {
        String reference = settings.text("keyset", text);
        try {
            return reference == null ? null : EncryptionKeyset.read("<keyset>", reference);
        } catch (KeysetException e) {
            settings.problem(String.valueOf(e.getMessage()));
            return null;
        }
    }

    /** A new seal; null without a keyset, or if something is wrong already. */
    public static @Nullable RecordSeal seal(
            Settings settings, @Nullable EncryptionKeyset keyset, RecordSeal.Purpose purpose) {
        try {
            return keyset == null || !settings.problems().isEmpty() ? null : RecordSeal.create(keyset, purpose);
        } catch (KeysetException e) {
            settings.problem(String.valueOf(e.getMessage()));
            return null;
        }
    }
}
