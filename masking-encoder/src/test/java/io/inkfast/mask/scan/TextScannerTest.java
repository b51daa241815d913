package io.inkfast.mask.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextScannerTest {

    private final TextScanner scanner = Rules.of(Profile.SECRETS, Profile.PCI).newScanner();
    private final TextScanner all = Rules.of(Profile.values()).newScanner();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@",
                ":",
                "=",
                "password=",
                "password:",
                "password=\"",
                "password='",
                "password={",
                "password=[",
                "1 ",
                "(password=a ",
                "\u2039pan:t1:",
                "e\u0301",
                "\u0301",
                "4 ",
                "4",
                "4111 ",
                "4111-",
                "eyJ.",
                "eyJ",
                "-----BEGIN ",
                "-----BEGIN PRIVATE KEY-----",
                "-----END ",
                "{\\\"a\\\":",
                "{\\\"password\\\":",
                "\\",
                "\\\\\"",
                "\\u0070",
                "%70",
                "%25",
                "&amp;",
                "&quot;",
                "<",
                "<password>",
                "<password a=",
                "--password ",
                "-",
                "://",
                "://a:b@",
                "://@",
                "ghp_",
                "sk-",
                "SG.",
                "AKIA",
                "Bearer ",
                "Basic YTpi",
                "Cookie: a=b; ",
                "token ",
                "token: a",
                "[password=a b, ",
                "password=a,b;c&d|e",
                "thin:a/b@",
                "name=\"password\" ",
                "\uFF11",
                "\u200B",
                "\u00e9",
                "\uD83D",
                "123456789:AA",
                "Authorization: Digest a=b, ",
                "a.",
                "a@b.",
                "a.a@a.aa ",
                "\"a\"@b.cc",
                "1.",
                "1.1.1.1 ",
                "1.1.1.1/",
                "::",
                "1:",
                "a::1 ",
                "f:f:",
                "+1",
                "+1 ",
                "+1-",
                "(030) 1",
                "(555",
                "DE89 ",
                "DE89",
                "DE89-3704-",
                "123-45-",
                "12-",
                "1234 5678 ",
                "12.34-",
                "8112-",
                "12345678-A",
                "RSSMRA85",
                "AB12 ",
                "AB 12 ",
                "1EG4-",
                "1A1",
                "ABC",
                "ABC ",
                "call ",
                "call 1 ",
                "phone +1 ",
                "phone:",
                "phone: 1 ",
                "phone number is ",
                "the PIN is ",
                "is your PIN ",
                "code ",
                "firstName=Aa ",
                "firstName: ",
                "address=A a ",
                "address: 1 ",
                "dob: 1 ",
                "dob: 1 Jan ",
                "ssn: 1 ",
                "geo: 1.1,",
                "email=",
                "id ",
                "pin:",
                "pan:",
                "otp=",
                "pwd=/",
                "pwd=a",
                "name=",
                "name='",
                "id=\"",
                "value=",
                "auth:",
                "mysql -p",
                "mysql ",
                "curl -u a:b ",
                "--user ",
                "a:b1@c.d",
                "a:b1@",
                "a:bb@c:11 ",
                "&sig=",
                "Private-Lines: 1 ",
                "1111:a:b:",
                "h:1111:a:b:c1 ",
                ".atlasv1.",
                "\"password\",",
                "('password', 'x1'",
                "\"value\":\"a\",",
                "value='",
                "value=\"",
                "password:\n",
                "password:\n a\n",
                "password: |\n a\n",
                "password\t",
                "password for ",
                "password from a to ",
                "AKIAIOSFODNN7EXAMPLE ",
                "pass:1",
                "born 1-1-",
                "{\"a\":",
                "<a ",
                "AUTH a1b2c3\n",
                "AUTH ",
                "PASS ",
                "A1 LOGIN a ",
                "A1 LOGIN ",
                "requirepass ",
                "SETUSER ",
                "addauth digest ",
                "net use ",
                "net use a /user:",
                "net user a b ",
                "IDENTIFIED BY '",
                "identified by ",
                "IDENTIFIED WITH ",
                "(password) values (",
                "(password) values ((",
                "(password) values ('",
                "(password) values ('', ",
                "(a) values ('x'), ('y'), ",
                "password('",
                "password('\\",
                "set password for ",
                ".auth('a','",
                "-us1",
                "a-us1",
                "patpat",
                " MT1",
                "1Q~a",
                "JQQJ",
                "+ASt",
                "NRAL",
                "_mmk",
                "11|a",
                "\"d\":\"",
                "\"d\":\"abcdefghijklmnopqrst1\",",
                "{\"d\":\"abcdefghijklmnopqrst1\",",
                "\"k\":\"abcdefghijklmnopqrst1\",\"kty\"}",
                "-----END PRIVATE KEY-----\n",
                "a\n-----END PRIVATE KEY-----\n",
                "://a:b@c/d@e:1/",
                "://a:b@c/d@",
                "curl -ua",
                "curl ",
                "&Signature=",
                "-Signature=a",
                "a:b1@c(",
                "Authorization: a b ",
                "Authorization=a&b",
                "Authorization: ",
                "token=\"",
                ";A B ",
                "password=a;A B",
                ";jsessionid=a?",
                "arn:secret:",
                ":secret:",
                "name: password\n",
                "name: password\n value: ",
                "form-data; name=\"password\"\n\n",
                "form-data; name=\"password\"\n",
                "value='a' ",
                "password=${",
                "password=:pass",
                "password,",
                "password, ",
                "password (",
                "password(",
                "[password,",
                "[password,x1y2-z3,",
                "tokens=[",
                "tokens=[a,",
                "<password><a>",
                "<name>",
                "<value>a</value><name>password</name>",
                "PID|",
                "PID|1|",
                "password;",
                "password | ",
                "password\n",
                "password,a\n",
                "password,a\nb1-c2d3,e\n",
                "cGFzc3dvcmQ9aHVudGVyMi14 ",
                "cGFzc3dvcmQ9aHVudGVyMi14",
                "70617373776f72643d68756e746572322d78 ",
                "(at)",
                "a(at)b(dot)",
                "rejected value [",
                "rejected value [a]; codes [password",
                "\"password\",[",
                "\"password\"->\"",
                "\"password\";s:1:\"",
                "password__",
                "password~",
                "password->",
                "0049 3 ",
                "ip-1-",
                "card 4111\t",
                "password=\"\"x",
                "&#112;",
                "credentials a:",
                "password=\n",
                "password for a b c d e f is ",
                "a1b2c3 is my new old password ",
                "is my password",
                "as password ",
                "\u30d1\u30b9\u30ef\u30fc\u30c9\u306f",
                "\u5bc6\u7801\u662f",
                "sqlplus -a ",
                "sqlplus a/",
                "'a/b1c2d@",
                "conn ",
                "://a:b#c@d",
                "Set-Cookie: a=b; Path=/; ",
                "name=A, ",
                "name=\"A\" mrn=",
                "ssn (",
                "ssn-",
                "SY*1",
                "NM1*IL*1*",
                "call her at ",
                "1"
            })
    void worksInProportionToTheText(String piece) {
        for (TextScanner each : List.of(scanner, all)) {
            worksInProportionToTheText(each, piece);
        }
    }

    private static void worksInProportionToTheText(TextScanner scanner, String piece) {
        worksInProportionToTheText(scanner, piece, 1 << 18);
    }

    private static void worksInProportionToTheText(TextScanner scanner, String piece, int size) {
        String once = piece.repeat(size / piece.length());
        String first = scanner.redact(once);
        long steps = scanner.steps();
        String twice = piece.repeat(2 * size / piece.length());
        scanner.redact(twice);
        long moreSteps = scanner.steps();
        assertThat((double) moreSteps / steps)
                .as("%,d steps, then %,d", steps, moreSteps)
                .isLessThanOrEqualTo(2.1);
        assertThat(steps).isLessThan(17L * 5 * once.length());
        assertThat(first).isNotEqualTo(TextScanner.WITHHELD);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@",
                ":",
                "password=",
                "1 ",
                "eyJ.",
                "-----BEGIN ",
                "{\\\"a\\\":",
                "\\",
                "4",
                "<a ",
                "%25",
                "\\u0041",
                "\u200B"
            })
    void worksInProportionToAMillionCharacters(String piece) {
        for (TextScanner each : List.of(scanner, all)) {
            worksInProportionToTheText(each, piece, 1 << 20);
        }
    }

    /* Detectors are also asked where the text has not begun three characters before. */
    @Test
    void looksAtNothingOutsideAShortText() {
        String characters = " :=-_.\"'/@<>+()[]{},;|\\%&0123456789aeiordkentpsw2MJyNX#~$\u00e9\u200b\uff11\u3042";
        Random random = new Random(7);
        for (int i = 0; i < 300_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = 1 + random.nextInt(6); length > 0; length--) {
                text.append(characters.charAt(random.nextInt(characters.length())));
            }
            assertThat(scanner.redact(text.toString())).isNotNull();
            assertThat(all.redact(text.toString())).isNotNull();
        }
    }

    @Test
    void returnsTheSameInstanceIfThereIsNothingToHide() {
        for (String text : List.of("", "a", "order 17 shipped", "naïve café", "100%", "日本語")) {
            assertThat(scanner.redact(text)).isSameAs(text);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "blob cGFzc3dvcmQ9aHVudGVyMi14 end",
                "blob 70617373776f72643d68756e746572322d78 end",
                "blob ZXlKMWMyVnlJam9pWW05aUlpd2ljR0Z6YzNkdmNtUWlPaUpvZFc1MFpYSXlMWGdpZlE9PQ== end",
                "&#112;assword=hunter2-x",
                "password \u21d2 hunter2-x",
                "adgangskode: hunter2-x",
                "passw0rd=hunter2-x",
                "[password, hunter2-x, user, bob]",
                "tokens: {bob=J8s0dLq2Wm1}",
                "{\"password\"->\"hunter2-x\"}",
                "password (hunter2-x) did not match",
                "field 'password': rejected value [hunter2-x]; default",
                "rejected value [hunter2-x]; codes [Size.user.password]",
                "user,password,age\nbob,hunter2-x,42",
                "| user | password |\n|---|---|\n| bob | hunter2-x |",
                "s:8:\"password\";s:9:\"hunter2-x\";",
                "<name>password</name><value>hunter2-x</value>",
                "<password xmlns='x'><v>hunter2-x</v></password>",
                "basic credentials bob:hunter2-x rejected",
                "password: !vault hunter2-x",
                "card 4111\t1111\t1111\t1111"
            })
    void findsWhatIsWrittenInOtherNotations(String text) {
        assertThat(scanner.redact(text))
                .contains("****")
                .doesNotContain("hunter2", "J8s0", "cGFz", "7061", "ZXlK", "1111");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password (SHA-256) and token (base64) are optional",
                "columns [id, password, created_at]",
                "missing [password, name1]",
                "7 tokens: [the, quick, b4rown]",
                "name,password,age\nare,all,required",
                "dGhlIHF1aWNrIGJyb3duIGZveCBqdW1wcw==",
                "rows 4111,1111,1111,1111",
                "rejected value [17]; codes [Size.user.age]",
                "the token in: config2.yml"
            })
    void leavesWordsInSuchNotations(String text) {
        assertThat(scanner.redact(text)).isSameAs(text);
    }

    @Test
    void looksBehindAValueThatWasCutOff() {
        assertThat(scanner.redact("password=\"x password=\"hunter-22\" y")).isEqualTo("password=\"****\" y");
        assertThat(scanner.redact("{\\\"password\\\":\\\"x password=\"hunter-22\" y"))
                .isEqualTo("{\\\"password\\\":\\\"****\" y");
        assertThat(scanner.redact("Authorization: Bearer password=\"hunter-22\" y"))
                .isEqualTo("Authorization: **** y");
        assertThat(scanner.redact("-H \"Authorization: Basic YTpiYw==\" https://host"))
                .isEqualTo("-H \"Authorization: ****\" https://host");
        assertThat(scanner.redact("{\"password\":\"YWI=\",\"b\":\"c\"}"))
                .isEqualTo("{\"password\":\"****\",\"b\":\"c\"}");
        assertThat(scanner.redact("password=\"a:\" b")).isEqualTo("password=\"****\" b");
    }

    @Test
    void takesWordsOfASentenceForNoName() {
        assertThat(scanner.redact("it is password=hunter-22 y")).isEqualTo("it is password=**** y");
        assertThat(scanner.redact("he has token: hunter-22")).isEqualTo("he has token: ****");
        assertThat(scanner.redact("isPassword=maybe hasToken=maybe")).isEqualTo("isPassword=maybe hasToken=maybe");
    }

    @Test
    void replacesHalfCharacters() {
        assertThat(scanner.redact("a\uD83D1b")).isEqualTo("a\uFFFD1b");
        assertThat(scanner.redact("a\uDE00")).isEqualTo("a\uFFFD");
        assertThat(scanner.redact("a\uD83D\uDE00b")).isEqualTo("a\uD83D\uDE00b");
        assertThat(scanner.redact("password=x\uD83D")).isEqualTo("password=****");
    }

    @Test
    void isIdempotentOnGeneratedText() {
        String[] pieces = {
            "password",
            "=",
            ":",
            " ",
            "\"",
            "'",
            "\\",
            "{",
            "}",
            "[",
            "]",
            ",",
            ";",
            "&",
            "token",
            "4111111111111111",
            "4111 ",
            "eyJhbGciOiJIUzI1NiJ9.",
            "abc",
            "Bearer ",
            "-----BEGIN PRIVATE KEY-----",
            "://",
            "@",
            "<",
            ">",
            "/",
            "%3D",
            "\\u003d",
            "&quot;",
            "\uFF1D",
            "\n",
            "Cookie",
            "Authorization",
            "--",
            "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
            "****",
            "is",
            "name",
            "value",
            "1",
            "x9",
            "a@b.cc",
            "10.1.2.3",
            "2001:db8::1",
            "+49 30 1234567",
            "phone",
            "call ",
            "DE89370400440532013000",
            "123-45-6789",
            "SSN ",
            "12345678Z",
            "firstName",
            "Anna ",
            "address",
            "dob",
            "12 Mar 1985",
            "PIN ",
            "4321 ",
            "is your ",
            "curl -u ",
            "mysql -p",
            "a:b1c2@h.de",
            "\"value\":\"",
            "\"name\":\"password\"",
            "\"password\",\"",
            "\n  ",
            "|",
            "AKIAIOSFODNN7EXAMPLE ",
            "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
            "email",
            "AUTH ",
            "PASS ",
            " IDENTIFIED BY ",
            "INSERT INTO t (a, password) VALUES (",
            ")",
            "PASSWORD(",
            "\"kty\":\"oct\"",
            "\"k\":\"Rp62xX5t04zYl3DWPk6tjDHO\"",
            "-----END PRIVATE KEY-----",
            "r2W/HrJLHmC6PrtoeYWZKyAviaaTfiJJP5t6SnIaUdzL00P\n",
            "form-data; name=",
            "net use ",
            "/user:",
            "${A}",
            "sqlplus ",
            "scott/tiger9@",
            " as my password",
            "lautet ",
            "Kennwort f\u00fcr ",
            "\u30d1\u30b9\u30ef\u30fc\u30c9\u306f",
            "Set-Cookie: a=b1; Path=/",
            "NM1*IL*1*A*",
            "REF*SY*219467781",
            " mrn=12345",
            "curl "
        };
        Random random = new Random(17);
        for (int i = 0; i < 40_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(24); n >= 0; n--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            for (TextScanner each : List.of(scanner, all)) {
                String once = each.redact(text.toString());
                assertThat(once).as("%s", text).isNotEqualTo(TextScanner.WITHHELD);
                assertThat(each.redact(once)).as("%s", text).isEqualTo(once);
            }
        }
    }

    @Test
    void looksForWhatItsProfilesSay() {
        String text = "password=hunter2 card 4111111111111111 cvv=123";
        TextScanner pci = Rules.of(Profile.PCI).newScanner();
        TextScanner secrets = Rules.of(Profile.SECRETS).newScanner();
        assertThat(pci.redact(text)).isEqualTo("password=hunter2 card **** cvv=****");
        assertThat(secrets.redact(text)).isEqualTo("password=**** card 4111111111111111 cvv=123");
    }

    /* Redactor.isTooShort relies on it. */
    @Test
    void findsNothingInANumberOfSevenDigits() {
        for (int number = 0; number < 10_000_000; number++) {
            String text = Integer.toString(number);
            if (!all.redact(text).equals(text)
                    || (number % 10 == 0 && !all.redact("-" + text).equals("-" + text))) {
                fail(text);
            }
        }
    }
}
