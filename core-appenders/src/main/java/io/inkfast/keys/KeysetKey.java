package io.inkfast.keys;

import java.util.HexFormat;

/**
 * What may be said of one key of a keyset: never its bytes. Immutable.
 *
 * @param id      number of the key, as Tink has it
 * @param primary whether new values are made with it
 * @param status  {@code ENABLED}, {@code DISABLED} or {@code DESTROYED}
 * @param type    kind of key, such as {@code AES256_SIV} or {@code HPKE_X25519_AES256_GCM (public)}
 * @since 0.1.0
 */
public record KeysetKey(int id, boolean primary, String status, String type) {

    /** The id as hashes and the command line show it: eight hexadecimal digits. */
    public String name() {
        return name(id);
    }

    /** As {@link #name()}, of any id. */
    public static String name(int id) {
        return HexFormat.of().toHexDigits(id);
    }
}
