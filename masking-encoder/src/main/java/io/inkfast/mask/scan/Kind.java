package io.inkfast.mask.scan;

/** What the value behind a name is, and so how sure one must be of it in prose. Bytes, because they sit in tables. */
final class Kind {

    static final byte NONE = 0;
    /** Always a secret: password, apiKey; and the fields that a user named. */
    static final byte SECRET = 1;
    /** A secret in data, but an everyday word in prose: "token: expected ;". */
    static final byte WEAK = 2;
    /** {@code pass}: a secret, or the number of tests that passed. */
    static final byte PASS = 3;
    /** {@code pwd}: a secret, or a directory. */
    static final byte PWD = 4;
    /** A short number: PIN, CVV, one-time code. */
    static final byte CODE = 5;
    /** A card number, or track data. */
    static final byte CARD = 6;
    /** A header whose value goes on behind a scheme word: Authorization. */
    static final byte HEADER = 7;
    /** A list of name=value pairs: Cookie. */
    static final byte COOKIE = 8;
    /** A name that is known to be harmless although it ends in a word that is not. */
    static final byte ALLOWED = 9;
    /** A name whose value is itself a name: {"name":"password","value":"..."}. */
    static final byte NAMING = 10;
    /** The value that belongs to such a name. */
    static final byte NAMED = 11;

    private Kind() {}

    static boolean sensitive(byte kind) {
        return kind != NONE && kind < ALLOWED;
    }
}
