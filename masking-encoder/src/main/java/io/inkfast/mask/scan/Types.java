package io.inkfast.mask.scan;

import java.util.List;
import java.util.Locale;

/**
 * What findings are. A type decides what happens to a value; its name is what users write in {@code <type>} and what
 * stands in tokens and counters. Numbers from {@link #OWN} on are the user's: fields, patterns, detectors.
 */
public final class Types {

    /** A password, key or other secret, known by its name. */
    public static final int SECRET = 0;
    /** A token, known by its shape. */
    public static final int TOKEN = 1;
    /** A private key. */
    public static final int PRIVATE_KEY = 2;
    /** A password in a URL or a connection string. */
    public static final int CREDENTIALS = 3;
    /** Cookies. */
    public static final int COOKIE = 4;
    /** A one-time code. */
    public static final int CODE = 5;
    /** A card number, with or without track data. */
    public static final int PAN = 6;
    /** A PIN or a card verification code. */
    public static final int CARD_CODE = 7;
    /** An e-mail address. */
    public static final int EMAIL = 8;
    /** A telephone number. */
    public static final int PHONE = 9;
    /** An IP address. */
    public static final int IP = 10;
    /** An international bank account number. */
    public static final int IBAN = 11;
    /** A person's name. */
    public static final int NAME = 12;
    /** A date of birth. */
    public static final int BIRTH_DATE = 13;
    /** A postal address, or a part of one. */
    public static final int ADDRESS = 14;
    /** A number that a state gave a person. */
    public static final int NATIONAL_ID = 15;
    /** Coordinates. */
    public static final int GEO = 16;
    /** A social security number of the United States. */
    public static final int SSN = 17;
    /** A number of a patient, a health plan or a medical record. */
    public static final int MEDICAL_ID = 18;
    /** A date of a treatment or another event of a patient. */
    public static final int DATE = 19;
    /** A number of a driving licence, a passport, a vehicle, a device, a bank account. */
    public static final int ACCOUNT = 20;
    /** A value that was declared a secret. */
    public static final int KNOWN = 21;
    /** Anything that was not declared harmless, under profile strict. */
    public static final int UNLISTED = 22;
    /** The first number of the user's own types. */
    public static final int OWN = 32;
    /** One more than the largest number. */
    public static final int MOST = 128;

    private static final List<String> NAMES = List.of(
            "secret",
            "token",
            "privateKey",
            "credentials",
            "cookie",
            "code",
            "pan",
            "cardCode",
            "email",
            "phone",
            "ip",
            "iban",
            "name",
            "birthDate",
            "address",
            "nationalId",
            "geo",
            "ssn",
            "medicalId",
            "date",
            "account",
            "known",
            "unlisted");

    private Types() {}

    /** The names of the types that profiles know. */
    public static List<String> names() {
        return NAMES;
    }

    /** The number of a type, by its name in any case; -1 if there is none. */
    public static int named(String name) {
        for (int i = 0; i < NAMES.size(); i++) {
            if (NAMES.get(i).toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT))) {
                return i;
            }
        }
        return -1;
    }
}
