package io.inkfast.mask;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkfast.keys.KeysetException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PseudonymsTest {

    /* Computed a second time by another implementation of AES-SIV, HKDF and HMAC. */
    private static final String EMAIL_HASH = "‹email:h1:0badcafe.v5xd7c7urdj7zb27dkzod6lg›";
    private static final String PAN_TOKEN = "‹pan:t1:AQutyv4rLgSxaqV3rt3ZwEQZTbf-Cxc52a5fK1VkKVY-Z1Xm2VoxuQ›";

    @TempDir
    Path folder;

    private TestKeyset keyset;
    private Pseudonyms pseudonyms;

    @BeforeEach
    void read() throws Exception {
        keyset = TestKeyset.in(folder);
        pseudonyms = keyset.pseudonyms();
    }

    private static int genuineEnd(Pseudonyms pseudonyms, String text) {
        return pseudonyms.genuineEnd(text.toCharArray(), 0, text.length());
    }

    @Nested
    class Hash {

        @Test
        void isTheSameForEver() {
            assertThat(pseudonyms.hash("email", "j.doe@example.com")).isEqualTo(EMAIL_HASH);
            assertThat(pseudonyms.hash("pan", "4111111111111111"))
                    .isEqualTo("‹pan:h1:0badcafe.z26ziyhkp4rn6ynqb7p7vc4e›");
            assertThat(pseudonyms.hash("employee", "EMP-7"))
                    .isEqualTo("‹employee:h1:0badcafe.3sk2lkfkmxyfavwr44v2srnm›");
        }

        @ParameterizedTest
        @CsvSource({
            "email, j.doe@example.com, ' J.Doe@Example.COM '",
            "email, j\u00fcrgen@x.de, ju\u0308rgen@x.de",
            "pan, 4111111111111111, 4111-1111 1111.1111",
            "pan, 4111111111111111, ４１１１１１１１１１１１１１１１",
            "pan, 4111111111111111, ٤١١١١١١١١١١١١١١١",
            "phone, +49301234, +49 (30) 12-34",
            "phone, +49301234, ＋49 30 1234",
            "phone, 0301234, 030/1234",
            "iban, DE89370400440532013000, de89 3704 0044 0532 0130 00",
            "ip, fe80::1, FE80::1",
            "ssn, 123456789, 123-45-6789",
            "employee, EMP-7, ' EMP-7'"
        })
        void takesForEqualWhatMeansTheSame(String type, String value, String other) {
            assertThat(pseudonyms.hash(type, other)).isEqualTo(pseudonyms.hash(type, value));
        }

        @ParameterizedTest
        @CsvSource({
            "phone, +49301234, 49301234",
            "pan, unknown, n/a",
            "pan, unknown, ''",
            "employee, EMP-7, emp-7",
            "email, a@x.de, b@x.de"
        })
        void tellsApartWhatMeansSomethingElse(String type, String value, String other) {
            assertThat(pseudonyms.hash(type, other)).isNotEqualTo(pseudonyms.hash(type, value));
        }

        @Test
        void saysNothingAcrossTypes() {
            String tag = pseudonyms.hash("a", "7").substring(13);
            assertThat(pseudonyms.hash("b", "7")).doesNotContain(tag.substring(0, 16));
        }

        @Test
        void takesValuesOfAnyLength() {
            String hash = pseudonyms.hash("note", "x".repeat(1_000_000));
            assertThat(genuineEnd(pseudonyms, hash)).isEqualTo(hash.length());
        }
    }

    @Nested
    class Token {

        @Test
        void isTheSameForEverAndGivesTheValueBackAsItWas() {
            assertThat(pseudonyms.token("pan", "4111 1111 1111 1111"))
                    .isEqualTo(PAN_TOKEN)
                    .isEqualTo(pseudonyms.token("pan", "4111 1111 1111 1111"));
            assertThat(pseudonyms.reveal(PAN_TOKEN)).isEqualTo("4111 1111 1111 1111");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", " ", "\"\\\n\u0000", "Jürgen", "日本語", "👩‍👩‍👧", "‹pan:t1:AQ›"})
        void takesAnyText(String value) {
            assertThat(pseudonyms.reveal(pseudonyms.token("x", value))).isEqualTo(value);
        }

        @Test
        void isNotMadeOfWhatCouldNotComeBack() {
            assertThat(pseudonyms.token("x", "a\ud83d")).isEqualTo("****");
        }

        @Test
        void isNotMadeOfLongValues() {
            String longest = pseudonyms.token("x".repeat(64), "é".repeat(1024));
            assertThat(longest.length()).isLessThan(PseudonymFormat.MAX_LENGTH);
            assertThat(genuineEnd(pseudonyms, longest)).isEqualTo(longest.length());
            assertThat(pseudonyms.token("x", "é".repeat(1024) + "e")).isEqualTo("****");
            assertThat(pseudonyms.token("x", "e".repeat(2049))).isEqualTo("****");
        }

        @Test
        void isBoundToItsType() {
            assertThat(pseudonyms.reveal(PAN_TOKEN.replace("pan", "email"))).isNull();
        }
    }

    @Nested
    class Genuine {

        @Test
        void isWhatWeMadeWithinAnyText() {
            String text = "a " + EMAIL_HASH + PAN_TOKEN + " z";
            char[] chars = text.toCharArray();
            int token = 2 + EMAIL_HASH.length();
            assertThat(pseudonyms.genuineEnd(chars, 2, chars.length)).isEqualTo(token);
            assertThat(pseudonyms.genuineEnd(chars, token, chars.length)).isEqualTo(chars.length - 2);
            assertThat(pseudonyms.genuineEnd(chars, 0, chars.length)).isEqualTo(-1);
            assertThat(pseudonyms.genuineEnd(chars, 2, token - 1)).isEqualTo(-1);
            assertThat(pseudonyms.genuineEnd(chars, chars.length, chars.length)).isEqualTo(-1);
        }

        @ParameterizedTest
        @ValueSource(strings = {EMAIL_HASH, PAN_TOKEN})
        void isNothingThatWasTouched(String pseudonym) {
            String alphabet = "aAbz27_-.:‹›= \u0000é";
            for (int at = 0; at < pseudonym.length(); at++) {
                assertThat(genuineEnd(pseudonyms, pseudonym.substring(0, at))).isEqualTo(-1);
                for (int i = 0; i < alphabet.length(); i++) {
                    char c = alphabet.charAt(i);
                    if (c != pseudonym.charAt(at)) {
                        String touched = pseudonym.substring(0, at) + c + pseudonym.substring(at + 1);
                        assertThat(genuineEnd(pseudonyms, touched)).as(touched).isEqualTo(-1);
                        assertThat(pseudonyms.reveal(touched)).as(touched).isNull();
                    }
                }
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "‹›",
                    "‹:t1:AQ›",
                    "‹pan:t1:›",
                    "‹pan:t2:AQutyv4›",
                    "‹pan:x1:AQutyv4›",
                    "‹7pan:t1:AQutyv4›",
                    "‹pan:h1:0badcafe.›",
                    "‹pan:h1:0badcafe.aaaaaaaaaaaaaaaabbbbbbbb›",
                    "‹pan:h1:0BADCAFE.z26ziyhkp4rn6ynqb7p7vc4e›",
                    "‹pan:h1:00000000.z26ziyhkp4rn6ynqb7p7vc4e›"
                })
        void isNothingThatOnlyLooksLikeIt(String text) {
            assertThat(genuineEnd(pseudonyms, text)).isEqualTo(-1);
            assertThat(pseudonyms.reveal(text)).isNull();
        }

        @Test
        void survivesNoise() {
            Random random = new Random(7);
            String alphabet = "‹›:.htAQab01-_ é" + EMAIL_HASH + PAN_TOKEN;
            for (int round = 0; round < 20_000; round++) {
                char[] text = new char[random.nextInt(80)];
                for (int i = 0; i < text.length; i++) {
                    text[i] = alphabet.charAt(random.nextInt(alphabet.length()));
                }
                for (int i = 0; i <= text.length; i++) {
                    assertThat(pseudonyms.genuineEnd(text, i, text.length)).isEqualTo(-1);
                }
            }
        }

        @Test
        @Timeout(10)
        void isFoundInBoundedTime() {
            String text = ("‹a:t1:" + "A".repeat(4000)).repeat(250);
            char[] chars = text.toCharArray();
            for (int at = text.indexOf('‹'); at >= 0; at = text.indexOf('‹', at + 1)) {
                assertThat(pseudonyms.genuineEnd(chars, at, chars.length)).isEqualTo(-1);
            }
        }
    }

    @Nested
    class Rotated {

        private Pseudonyms after;

        @BeforeEach
        void rotate() throws KeysetException {
            keyset.file().rotate();
            after = keyset.pseudonyms();
        }

        @Test
        void usesTheNewKeyAndKnowsTheOld() {
            String hash = after.hash("email", "j.doe@example.com");
            String token = after.token("pan", "4111 1111 1111 1111");
            assertThat(hash).isNotEqualTo(EMAIL_HASH).doesNotContain("0badcafe");
            assertThat(token).isNotEqualTo(PAN_TOKEN);
            assertThat(after.reveal(token)).isEqualTo(after.reveal(PAN_TOKEN)).isEqualTo("4111 1111 1111 1111");
            for (String each : List.of(hash, token, EMAIL_HASH, PAN_TOKEN)) {
                assertThat(genuineEnd(after, each)).isEqualTo(each.length());
            }
            assertThat(genuineEnd(pseudonyms, hash)).isEqualTo(-1);
            assertThat(pseudonyms.reveal(token)).isNull();
        }

        @Test
        void forgetsADeletedKey() throws KeysetException {
            keyset.file().delete(0x0badcafe);
            Pseudonyms later = keyset.pseudonyms();
            assertThat(later.reveal(PAN_TOKEN)).isNull();
            assertThat(genuineEnd(later, PAN_TOKEN)).isEqualTo(-1);
            assertThat(genuineEnd(later, EMAIL_HASH)).isEqualTo(-1);
        }
    }

    @Test
    @Timeout(60)
    void isForAnyThread() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Void>> all = new ArrayList<>();
            for (int thread = 0; thread < 8; thread++) {
                all.add(threads.submit(() -> {
                    for (int i = 0; i < 2_000; i++) {
                        String value = i + "@x.de";
                        String token = pseudonyms.token("email", value);
                        assertThat(pseudonyms.reveal(token)).isEqualTo(value);
                        assertThat(pseudonyms.hash("email", "j.doe@example.com"))
                                .isEqualTo(EMAIL_HASH);
                        assertThat(genuineEnd(pseudonyms, EMAIL_HASH)).isEqualTo(EMAIL_HASH.length());
                    }
                    return null;
                }));
            }
            for (Future<Void> each : all) {
                each.get();
            }
        } finally {
            threads.shutdown();
        }
    }

    @ParameterizedTest
    @CsvSource({"pan, true", "employee-id.v2_x, true", "7up, false", "a/b, false", "a b, false", "é, false", "'', false"
    })
    void knowsWhatATypeMayBeCalled(String type, boolean allowed) {
        assertThat(Pseudonyms.isType(type)).isEqualTo(allowed);
        assertThat(Pseudonyms.isType("x".repeat(64))).isTrue();
        assertThat(Pseudonyms.isType("x".repeat(65))).isFalse();
    }
}
