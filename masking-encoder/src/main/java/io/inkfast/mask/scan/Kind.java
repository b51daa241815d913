package io.inkfast.mask.scan;

/** What the value behind a name is, and so how sure one must be of it in prose. Bytes, because they sit in tables. */
final class Kind {

    static final byte NONE = 0;
    /** Always a secret: password, apiKey. */
    static final byte SECRET = 1;
    /** A secret in data, but an everyday word in prose: "token: expected ;". */
    static final byte WEAK = 2;
    /** {@code pass}: a secret, or the number of tests that passed. */
    static final byte PASS = 3;
    /** {@code pwd}: a secret, or a directory. */
    static final byte PWD = 4;
    /** A one-time code. */
    static final byte CODE = 5;
    /** A PIN or a CVV. */
    static final byte CARD_CODE = 6;
    /** A card number, or track data. */
    static final byte CARD = 7;
    /** A header whose value goes on behind a scheme word: Authorization. */
    static final byte HEADER = 8;
    /** A list of name=value pairs: Cookie. */
    static final byte COOKIE = 9;

    static final byte EMAIL = 10;
    static final byte PHONE = 11;
    static final byte IP = 12;
    static final byte IBAN = 13;
    static final byte NAME = 14;
    static final byte BIRTH_DATE = 15;
    static final byte ADDRESS = 16;
    static final byte NATIONAL_ID = 17;
    static final byte GEO = 18;
    static final byte SSN = 19;
    static final byte MEDICAL_ID = 20;
    static final byte DATE = 21;
    static final byte ACCOUNT = 22;

    /** A name that is known to be harmless although it ends in a word that is not. */
    static final byte ALLOWED = 40;
    /** A name whose value is itself a name: {"name":"password","value":"..."}. */
    static final byte NAMING = 41;
    /** The value that belongs to such a name. */
    static final byte NAMED = 42;
    /** A name of many things, secrets among them: tokens. */
    static final byte MANY = 43;
    /** A name that the user declared harmless. */
    static final byte LISTED = 44;
    /** The first of the user's own fields; {@link Types#OWN} is its type. */
    static final byte OWN = 64;

    private static final byte[] TYPES = {
        -1,
        Types.SECRET,
        Types.SECRET,
        Types.SECRET,
        Types.SECRET,
        Types.CODE,
        Types.CARD_CODE,
        Types.PAN,
        Types.SECRET,
        Types.COOKIE,
        Types.EMAIL,
        Types.PHONE,
        Types.IP,
        Types.IBAN,
        Types.NAME,
        Types.BIRTH_DATE,
        Types.ADDRESS,
        Types.NATIONAL_ID,
        Types.GEO,
        Types.SSN,
        Types.MEDICAL_ID,
        Types.DATE,
        Types.ACCOUNT
    };

    private Kind() {}

    static boolean sensitive(byte kind) {
        return (kind > NONE && kind < ALLOWED) || kind >= OWN;
    }

    /** The kind of the user's type. */
    static byte own(int type) {
        return (byte) (OWN + type - Types.OWN);
    }

    /** What a value of this kind is counted and replaced as; -1 if it is not sensitive. */
    static int type(byte kind) {
        return kind >= OWN ? Types.OWN + kind - OWN : kind < TYPES.length ? TYPES[kind] : -1;
    }
}
