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
            + " adgangskode kodeord passord lykilord slaptazodis palavrapasse zugangscode contrasenya contrasinal pasahitza"
            + " matkhau katasandi katalaluan nenosiri wagwoord salasona parool codigodeacceso codedacces"
            + " passw0rd p4ssword p4ssw0rd pa55word pa55w0rd p455word p455w0rd paword pasword passwrd p4sswd pa55wd s3cret"
            + " secr3t s3cr3t apischlussel cleapi clefapi claveapi chaveapi chiaveapi apisleutel clavedeacceso"
            + " \u03ba\u03c9\u03b4\u03b9\u03ba\u03bf\u03c2 \u03ba\u03c9\u03b4\u03b9\u03ba\u03cc\u03c2 \u03c3\u03c5\u03bd\u03b8\u03b7\u03bc\u03b1\u03c4\u03b9\u03ba\u03cc \u043f\u0430\u0440\u043e\u043b\u0430 \u043b\u043e\u0437\u0438\u043d\u043a\u0430 \u043b\u043e\u0437\u0438\u043d\u043a\u0443 \u05e1\u05d9\u05e1\u05de\u05d4 \u05e1\u05d9\u05e1\u05de\u05d0 \u0643\u0644\u0645\u0629\u0627\u0644\u0645\u0631\u0648\u0631 \u0643\u0644\u0645\u0629\u0627\u0644\u0633\u0631 \u0631\u0645\u0632\u0639\u0628\u0648\u0631 \u53e3\u4ee4 \u5bc6\u5319 \u5bc6\u94a5 \u5bc6\u9470 \uc554\ud638 \ud328\uc2a4\uc6cc\ub4dc \u6697\u8a3c\u756a\u53f7"
            + " \u30d1\u30b9\u30ef\u30fc\u30c9 \ube44\ubc00\ubc88\ud638");

    /* Only from the start of a word: db_pw, but not throughput_mbpw. */
    static final String[] SECRET_WORD = words(
            "pswd psw pw passkey clave parole zaporka geslo lozinka hasla senha haslo heslo jelszo salasana parola sifre mdp creds hmackey aeskey rsakey"
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

    static final String[] NAMING = words("name nome naam key type param field header property attribute id path"
            + " pointer setting option variable var column env");

    /* Lists and maps under these are searched for what looks like a secret. */
    static final String[] MANY = words("tokens");

    static final String[] NAMED = words("value val content rejectedvalue newvalue oldvalue currentvalue defaultvalue"
            + " invalidvalue actualvalue");

    /* May stand behind a sensitive name without changing what it is: passwordHash, secret_value, newPassword2. */
    static final String[] NEUTRAL = words(
            "value values text string str plain plaintext clear cleartext raw new old current"
                    + " confirm confirmation repeat again prod production dev staging stage uat qa test in hash hashed digest encrypted enc base64 b64 hex salt input");

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
        if (profiles.contains(Profile.SECRETS)) {
            add(entries, MANY, Kind.MANY, Where.WORD);
        }
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
            add(entries, words("family given"), Kind.NAME, Where.WHOLE);
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
