package io.inkfast.mask.scan;

import java.util.Set;

/** What a user asks for by one word: the types to look for, by shape and by name. */
public enum Profile {
    /** Passwords, keys, tokens, cookies, one-time codes. */
    SECRETS(Types.SECRET, Types.TOKEN, Types.PRIVATE_KEY, Types.CREDENTIALS, Types.COOKIE, Types.CODE),
    /** Card numbers, track data, verification codes, PINs. */
    PCI(Types.PAN, Types.CARD_CODE),
    /** Personal data: addresses of all sorts, names by key, numbers of states and banks. */
    GDPR(
            Types.EMAIL,
            Types.PHONE,
            Types.IP,
            Types.IBAN,
            Types.NAME,
            Types.BIRTH_DATE,
            Types.ADDRESS,
            Types.NATIONAL_ID,
            Types.SSN,
            Types.GEO),
    /** What identifies a patient. */
    HIPAA(
            Types.EMAIL,
            Types.PHONE,
            Types.IP,
            Types.NAME,
            Types.BIRTH_DATE,
            Types.ADDRESS,
            Types.SSN,
            Types.MEDICAL_ID,
            Types.DATE,
            Types.ACCOUNT);

    private final long types;

    Profile(int... types) {
        long bits = 0;
        for (int type : types) {
            bits |= 1L << type;
        }
        this.types = bits;
    }

    static long types(Set<Profile> profiles) {
        long bits = 0;
        for (Profile profile : profiles) {
            bits |= profile.types;
        }
        return bits;
    }
}
