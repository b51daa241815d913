package io.inkfast.mask;

import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * How pseudonyms are written. All between the brackets is ASCII, so that a pseudonym survives JSON, URLs and logs.
 *
 * <pre>
 *   pseudonym = U+2039 type ":" kind ":" body U+203A          at most 4096 characters
 *   type      = a letter, then up to 63 letters, digits, "_", "." and "-"
 *
 *   kind "h1", a hash:     body = key "." tag check
 *     key     8 hexadecimal digits, lower case: the id of the key of the keyset
 *     tag     16 characters, base32 (a-z, 2-7): the first 80 bits of HMAC-SHA-256(K1, canonical value)
 *     check    8 characters, base32: the first 40 bits of HMAC-SHA-256(K2, type ":" tag)
 *     K1, K2  what the key derives from the labels "hash/" type and "check"
 *   kind "t1", a token:    body = base64url without padding, in its one shortest form
 *     of what AES-SIV makes of the value in UTF-8, with the associated data "inkfast/" type;
 *     it begins with 01 and the id of the key (4 bytes, big-endian)
 * </pre>
 *
 * What is cut off or has another character in it is not a pseudonym. A format is never changed: there would be an h2.
 */
final class PseudonymFormat {

    static final char OPEN = '\u2039';
    static final char CLOSE = '\u203a';
    static final int MAX_LENGTH = 4096;
    static final int TAG = 16;
    static final int CHECK = 8;

    private static final int MAX_TYPE = 64;
    private static final int HASH = 8 + 1 + TAG + CHECK;
    private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";

    /**
     * A pseudonym by its looks; nothing is verified yet.
     *
     * @param token whether it is a token; else it is a hash
     * @param end   index behind its closing bracket
     */
    record Found(String type, boolean token, String body, int end) {

        /** The id of the key in a hash. */
        int keyId() {
            return HexFormat.fromHexDigits(body, 0, 8);
        }

        String tag() {
            return body.substring(9, 9 + TAG);
        }

        String check() {
            return body.substring(9 + TAG);
        }

        /** What a token encrypts to, or null if its base64 is not the one form that we write. */
        byte @Nullable [] ciphertext() {
            try {
                byte[] bytes = Base64.getUrlDecoder().decode(body);
                return encode(bytes).equals(body) ? bytes : null;
            } catch (IllegalArgumentException e) {
                return null;
            }
        }
    }

    private PseudonymFormat() {}

    static boolean isType(String type) {
        return !type.isEmpty() && type.length() <= MAX_TYPE && typeEnd(type, 0, type.length()) == type.length();
    }

    static String hash(String type, int keyId, String tag, String check) {
        return OPEN + type + ":h1:" + HexFormat.of().toHexDigits(keyId) + '.' + tag + check + CLOSE;
    }

    static String token(String type, byte[] ciphertext) {
        return OPEN + type + ":t1:" + encode(ciphertext) + CLOSE;
    }

    /**
     * Reads what stands behind an opening bracket. Looks at no more than {@link #MAX_LENGTH} characters, and at none
     * behind the first that cannot belong to a pseudonym.
     *
     * @param from  index behind the opening bracket
     * @param close the closing bracket as the text has it
     */
    static @Nullable Found read(CharSequence text, int from, int limit, String close) {
        int end = Math.min(limit, from + MAX_LENGTH);
        int typeEnd = typeEnd(text, from, Math.min(end, from + MAX_TYPE));
        int body = typeEnd + 4;
        if (typeEnd == from || body >= end || text.charAt(typeEnd) != ':' || text.charAt(body - 1) != ':') {
            return null;
        }
        char kind = text.charAt(typeEnd + 1);
        if (text.charAt(typeEnd + 2) != '1' || (kind != 'h' && kind != 't')) {
            return null;
        }
        boolean token = kind == 't';
        int bodyEnd = body;
        while (bodyEnd < end && isBody(text.charAt(bodyEnd), token)) {
            bodyEnd++;
        }
        if (bodyEnd == body || bodyEnd + close.length() > limit || !startsWith(text, bodyEnd, close)) {
            return null;
        }
        String content = text.subSequence(body, bodyEnd).toString();
        if (!token && !isHash(content)) {
            return null;
        }
        String type = text.subSequence(from, typeEnd).toString();
        return new Found(type, token, content, bodyEnd + close.length());
    }

    /** The first {@code characters} times five bits. */
    static String base32(byte[] bytes, int characters) {
        StringBuilder text = new StringBuilder(characters);
        long bits = 0;
        int count = 0;
        int at = 0;
        while (text.length() < characters) {
            if (count < 5) {
                bits = (bits << 8 | (bytes[at++] & 0xff)) & 0xffff;
                count += 8;
            }
            count -= 5;
            text.append(BASE32.charAt((int) (bits >> count) & 31));
        }
        return text.toString();
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static int typeEnd(CharSequence text, int from, int limit) {
        int at = from;
        while (at < limit && isType(text.charAt(at), at == from)) {
            at++;
        }
        return at;
    }

    private static boolean isType(char c, boolean first) {
        return isLetter(c) || (!first && (isDigit(c) || c == '_' || c == '.' || c == '-'));
    }

    private static boolean isBody(char c, boolean token) {
        return isLetter(c) || isDigit(c) || (token ? c == '-' || c == '_' : c == '.');
    }

    private static boolean isHash(String body) {
        if (body.length() != HASH || body.charAt(8) != '.') {
            return false;
        }
        for (int i = 0; i < HASH; i++) {
            char c = body.charAt(i);
            boolean fits = i < 8 ? isDigit(c) || (c >= 'a' && c <= 'f') : i == 8 || BASE32.indexOf(c) >= 0;
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    private static boolean startsWith(CharSequence text, int at, String part) {
        for (int i = 0; i < part.length(); i++) {
            if (text.charAt(at + i) != part.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
