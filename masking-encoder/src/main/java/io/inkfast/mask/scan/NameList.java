package io.inkfast.mask.scan;

import io.inkfast.mask.scan.FieldNames.Entry;
import io.inkfast.mask.scan.FieldNames.Where;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The names that profiles know. Written in lower case and without separators; see {@link FieldNames} for matching. */
final class NameList {

    /* Also inside a word: dbpassword, PGPASSWORD. */
    static final String[] SECRET_ANYWHERE = words("password passwd passphrase passcode passwort kennwort contrasena"
            + " motdepasse wachtwoord losenord apikey apisecret clientsecret secretkey accesskey privatekey accountkey"
            + " sharedaccesssignature signingkey signingsecret encryptionkey masterkey authkey storagekey subscriptionkey"
            + " storepass keypass jsessionid phpsessid aspnetsessionid passwords passwds apikeys privatekeys secretkeys"
            + " amzsignature samlresponse samlassertion codeverifier clientassertion recoverycode backupcode"
            + " webhooksecret secretkeybase \u043f\u0430\u0440\u043e\u043b\u044c \u5bc6\u7801 \u5bc6\u78bc"
            + " \u30d1\u30b9\u30ef\u30fc\u30c9 \ube44\ubc00\ubc88\ud638");

    /* Only from the start of a word: db_pw, but not throughput_mbpw. */
    static final String[] SECRET_WORD =
            words("pswd psw pw passkey senha haslo heslo jelszo salasana parola sifre mdp creds hmackey aeskey rsakey"
                    + " sshkey deploykey sessionkey sharedkey appkey consumerkey consumersecret connectsid userpass"
                    + " dbpass pgpass proxypass authcode authorizationcode");

    static final String[] WEAK_ANYWHERE = words("secret token credential credentials");

    static final String[] WEAK_WORD = words("secrets auth jwt bearer accesstokens refreshtokens authtokens apitokens");

    static final String[] CODE_SECRETS =
            words("otp totp otpcode mfacode onetimecode onetimepin verificationcode twofactorcode 2facode smscode");

    static final String[] HEADERS = words("authorization proxyauthorization");

    static final String[] COOKIES = words("cookie setcookie cookies");

    static final String[] CODE_PCI = words("pin pincode pinnumber pinblock cvv cvv2 cvc cvc2 csc cvvcode cvccode cvn"
            + " cid2 securitycode cardverificationvalue cardverificationcode cardverificationnumber verificationvalue");

    static final String[] CARD_PCI = words("cardnumber cardno cardnum ccnumber ccnum ccno creditcard creditcardno"
            + " creditcardnumber debitcard debitcardnumber primaryaccountnumber pan fullpan cardpan track1 track2 track3"
            + " trackdata track1data track2data magstripe");

    static final String[] ALLOWED = words("pagetoken nextpagetoken nexttoken continuationtoken cancellationtoken"
            + " synctoken cursortoken idempotencytoken unexpectedtoken starttoken endtoken lasttoken maxtoken mintoken"
            + " haspassword nopassword needspassword requirespassword ispassword passwordless passwordpolicy hastoken"
            + " hassecret hascredentials hascookie samesitecookie japan");

    static final String[] NAMING = words("name key type param field header property attribute id");

    static final String[] NAMED = words("value val content");

    /* May stand behind a sensitive name without changing what it is: passwordHash, secret_value, newPassword2. */
    static final String[] NEUTRAL =
            words("value values text string str plain plaintext clear cleartext raw new old current"
                    + " confirm confirmation repeat again hash hashed digest encrypted enc base64 b64 hex salt input");

    private NameList() {}

    /** The names that these profiles know, the harmless ones last. */
    static List<Entry> of(Set<Profile> profiles) {
        List<Entry> entries = new ArrayList<>();
        if (profiles.contains(Profile.SECRETS)) {
            add(entries, SECRET_ANYWHERE, Kind.SECRET, Where.ANYWHERE);
            add(entries, SECRET_WORD, Kind.SECRET, Where.WORD);
            add(entries, WEAK_ANYWHERE, Kind.WEAK, Where.ANYWHERE);
            add(entries, WEAK_WORD, Kind.WEAK, Where.WORD);
            add(entries, CODE_SECRETS, Kind.CODE, Where.WORD);
            add(entries, HEADERS, Kind.HEADER, Where.WORD);
            add(entries, COOKIES, Kind.COOKIE, Where.WORD);
            add(entries, words("pass"), Kind.PASS, Where.WORD);
            add(entries, words("pwd"), Kind.PWD, Where.WORD);
        }
        if (profiles.contains(Profile.PCI)) {
            add(entries, CODE_PCI, Kind.CARD_CODE, Where.WORD);
            add(entries, CARD_PCI, Kind.CARD, Where.WORD);
        }
        addPersons(entries, profiles);
        add(entries, NAMING, Kind.NAMING, Where.WORD);
        add(entries, NAMED, Kind.NAMED, Where.WHOLE);
        add(entries, ALLOWED, Kind.ALLOWED, Where.WORD);
        return entries;
    }

    private static void addPersons(List<Entry> entries, Set<Profile> profiles) {
        boolean gdpr = profiles.contains(Profile.GDPR);
        boolean hipaa = profiles.contains(Profile.HIPAA);
        if (gdpr || hipaa) {
            add(entries, PersonNames.EMAIL_ANYWHERE, Kind.EMAIL, Where.ANYWHERE);
            add(entries, PersonNames.EMAIL, Kind.EMAIL, Where.WORD);
            add(entries, PersonNames.PHONE, Kind.PHONE, Where.WORD);
            add(entries, PersonNames.IP, Kind.IP, Where.WORD);
            add(entries, PersonNames.NAME, Kind.NAME, Where.WORD);
            add(entries, PersonNames.BIRTH, Kind.BIRTH_DATE, Where.WORD);
            add(entries, PersonNames.ADDRESS, Kind.ADDRESS, Where.WORD);
            add(entries, PersonNames.SSN, Kind.SSN, Where.WORD);
            add(entries, PersonNames.ALLOWED, Kind.ALLOWED, Where.WORD);
        }
        if (gdpr) {
            add(entries, PersonNames.IBAN, Kind.IBAN, Where.WORD);
            add(entries, PersonNames.NATIONAL, Kind.NATIONAL_ID, Where.WORD);
            add(entries, PersonNames.DOCUMENT, Kind.NATIONAL_ID, Where.WORD);
            add(entries, PersonNames.GEO, Kind.GEO, Where.WORD);
        }
        if (hipaa) {
            add(entries, PersonNames.MEDICAL, Kind.MEDICAL_ID, Where.WORD);
            add(entries, PersonNames.DATES, Kind.DATE, Where.WORD);
            add(entries, PersonNames.ACCOUNT, Kind.ACCOUNT, Where.WORD);
            add(entries, PersonNames.DOCUMENT, Kind.ACCOUNT, Where.WORD);
        }
    }

    private static void add(List<Entry> entries, String[] names, byte kind, Where where) {
        for (String name : names) {
            entries.add(new Entry(name, kind, where));
        }
    }

    private static String[] words(String text) {
        return text.split(" ", -1);
    }
}
