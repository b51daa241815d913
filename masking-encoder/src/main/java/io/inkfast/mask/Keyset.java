package io.inkfast.mask;

import io.inkfast.internal.Settings;
import io.inkfast.keys.KeysetException;
import io.inkfast.mask.scan.Issued;
import io.inkfast.mask.scan.Replacement;
import io.inkfast.mask.scan.Types;
import org.jspecify.annotations.Nullable;

/** The element {@code <keyset>}, read once for each policy. Configuring thread only. */
final class Keyset {

    private final boolean given;
    private final @Nullable Pseudonyms pseudonyms;

    Keyset(Settings settings, @Nullable String text) {
        String reference = settings.text("keyset", text);
        given = text != null && !text.isBlank();
        pseudonyms = reference == null ? null : read(settings, reference);
    }

    private static @Nullable Pseudonyms read(Settings settings, String reference) {
        try {
            return Pseudonyms.of("<keyset>", reference);
        } catch (KeysetException e) {
            settings.problem(String.valueOf(e.getMessage()));
        } catch (LinkageError e) {
            settings.problem("<keyset> needs com.google.crypto.tink:tink on the class path ["
                    + e.getClass().getName() + "]");
        }
        return null;
    }

    /** Whether there is such an element, be it right or wrong. */
    boolean given() {
        return given;
    }

    Issued issued() {
        Pseudonyms known = pseudonyms;
        return known == null ? Issued.NONE : known::genuineEnd;
    }

    Replacement replacement(Settings settings, String setting, String type, boolean token) {
        int known = Types.named(type);
        String name = known >= 0 ? Types.names().get(known) : type;
        if (!Pseudonyms.isType(name)) {
            settings.problem(setting + ": [" + name + "] cannot stand in a " + (token ? "token" : "hash")
                    + "; it must be a letter, and then letters, digits, _, . and -");
            return Replacement.MASK;
        }
        return pseudonyms == null ? Replacement.MASK : new Pseudonym(pseudonyms, name, token);
    }
}
