package io.inkfast.keys;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the text of a keyset tells without Tink. Stateless. */
final class KeysetText {

    private static final Pattern TYPE =
            Pattern.compile("\"typeUrl\"\\s*:\\s*\"type\\.googleapis\\.com/google\\.crypto\\.tink\\.(\\w{1,64})\"");
    private static final Pattern JSON = Pattern.compile("\\{[\\p{Print}\\s]*");
    private static final int BARE_KEY_BYTES = 32;
    private static final int BARE_KEY_CHARS = 44;

    private KeysetText() {}

    static boolean isEncrypted(String json) {
        return json.contains("\"encryptedKeyset\"");
    }

    /** Whether it speaks of public keys only. */
    static boolean isPublic(String json) {
        List<String> types = types(json);
        return !types.isEmpty() && types.stream().allMatch(type -> KeyKind.of(type) == KeyKind.HPKE_PUBLIC);
    }

    /**
     * The kind of its keys, or all kinds allowed if it does not tell. Asked of the text, because Tink's answer to a key it
     * does not expect is the same as to a broken one.
     */
    static List<KeyKind> kinds(KeysetReference reference, String json, KeyUse use) throws KeysetException {
        KeyKind found = null;
        for (String type : types(json)) {
            KeyKind kind = KeyKind.of(type);
            if (kind == null || !use.kinds().contains(kind)) {
                throw reference.problem("holds a key of type " + type + "; " + use.need());
            }
            if (found != null && found != kind) {
                throw reference.problem("holds keys of kinds that do not go together, one of type " + type);
            }
            found = kind;
        }
        return found == null ? use.kinds() : List.of(found);
    }

    private static List<String> types(String json) {
        List<String> types = new ArrayList<>();
        Matcher type = TYPE.matcher(json);
        while (type.find()) {
            types.add(type.group(1));
        }
        return types;
    }

    /** The 32 bytes behind 44 characters of base64; null if it is anything else. */
    static byte @Nullable [] bareKey(String text) {
        if (text.length() != BARE_KEY_CHARS) {
            return null;
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            boolean json =
                    JSON.matcher(new String(bytes, StandardCharsets.ISO_8859_1)).matches();
            return bytes.length == BARE_KEY_BYTES && !json ? bytes : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
