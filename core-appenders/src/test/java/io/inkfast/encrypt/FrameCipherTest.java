package io.inkfast.encrypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The ciphers are those of the standards that they are named after. */
class FrameCipherTest {

    /** What somebody else has encrypted. */
    private record Vector(Suite suite, String key, String sealed, String bound, String plain) {}

    private static final Vector RFC_7518 = new Vector(
            Suite.AES256_CBC_HS512,
            "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
                    + "202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f",
            "1af38c2dc2b96ffdd86694092341bc04"
                    + "4affaaadb78c31c5da4b1b590d10ffbd3dd8d5d302423526912da037ecbcc7bd"
                    + "822c301dd67c373bccb584ad3e9279c2e6d12a1374b77f077553df829410446b"
                    + "36ebd97066296ae6427ea75c2e0846a11a09ccf5370dc80bfecbad28c73f09b3"
                    + "a3b75e662a2594410ae496b2e2e6609e31e6e02cc837f053d21f37ff4f51950b"
                    + "be2638d09dd7a4930930806d0703b1f6"
                    + "4dd3b4c088a7f45c216839645b2012bf2e6269a8c56a816dbc1b267761955bc5",
            hex("The second principle of Auguste Kerckhoffs"),
            hex("A cipher system must not be required to be secret, and it must be able to fall into the hands of the"
                    + " enemy without inconvenience"));

    static Stream<Vector> vectors() {
        return Stream.of(
                // Test case 16 of the submission to NIST, The Galois/Counter Mode of Operation.
                new Vector(
                        Suite.AES256_GCM,
                        "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308",
                        "cafebabefacedbaddecaf888"
                                + "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
                                + "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
                                + "76fc6ece0f4e1768cddf8853bb2d551b",
                        "feedfacedeadbeeffeedfacedeadbeefabaddad2",
                        "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
                                + "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39"),
                // Appendix A.3.1 of draft-irtf-cfrg-xchacha-03.
                new Vector(
                        Suite.XCHACHA20_POLY1305,
                        "808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f",
                        "404142434445464748494a4b4c4d4e4f5051525354555657"
                                + "bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb"
                                + "731c7f1b0b4aa6440bf3a82f4eda7e39ae64c6708c54c216cb96b72e1213b452"
                                + "2f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff9"
                                + "21f9664c97637da9768812f615c68b13b52e"
                                + "c0875924c1c7987947deafd8780acf49",
                        "50515253c0c1c2c3c4c5c6c7",
                        hex("Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the"
                                + " future, sunscreen would be it.")),
                // Appendix B.3.
                RFC_7518);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void opensWhatTheStandardHas(Vector vector) throws GeneralSecurityException {
        byte[] sealed = bytes("ff" + vector.sealed + "ff");
        byte[] plain = cipher(vector).open(sealed, 1, sealed.length - 2, bytes(vector.bound));
        assertThat(plain).isEqualTo(bytes(vector.plain));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void opensNothingElse(Vector vector) throws GeneralSecurityException {
        FrameCipher cipher = cipher(vector);
        byte[] bound = bytes(vector.bound);
        for (int bit = 0; bit < vector.sealed.length() * 4; bit++) {
            byte[] sealed = bytes(vector.sealed);
            sealed[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThatThrownBy(() -> cipher.open(sealed, 0, sealed.length, bound))
                    .as("bit %d", bit)
                    .isInstanceOf(GeneralSecurityException.class);
        }
        byte[] sealed = bytes(vector.sealed);
        for (int length = 0; length < sealed.length; length++) {
            int some = length;
            assertThatThrownBy(() -> cipher.open(sealed, 0, some, bound))
                    .as("%d bytes", some)
                    .isInstanceOf(GeneralSecurityException.class);
        }
        bound[0] ^= 1;
        assertThatThrownBy(() -> cipher.open(sealed, 0, sealed.length, bound))
                .isInstanceOf(GeneralSecurityException.class);
    }

    @Test
    void cbcWithHmacMakesWhatTheStandardHas() throws GeneralSecurityException {
        CbcHmacCipher cipher = new CbcHmacCipher(bytes(RFC_7518.key));
        byte[] plain = bytes(RFC_7518.plain);
        byte[] vector = bytes(RFC_7518.sealed.substring(0, 32));
        byte[] sealed = new byte[cipher.sealedBytes(plain.length)];
        cipher.seal(vector, plain, 0, plain.length, bytes(RFC_7518.bound), sealed, 0);
        assertThat(sealed).isEqualTo(bytes(RFC_7518.sealed));
    }

    @ParameterizedTest
    @EnumSource(Suite.class)
    void whatIsSealedIsAsLongAsSaidAndNeverTwiceTheSame(Suite suite) throws GeneralSecurityException {
        FrameCipher cipher = suite.cipher(new byte[suite.keyBytes()]);
        byte[] plain = new byte[40];
        for (int length = 0; length <= 33; length++) {
            byte[] bound = {1, 2, 3};
            byte[] once = new byte[cipher.sealedBytes(length)];
            byte[] again = new byte[2 + once.length + 3];
            cipher.seal(plain, 0, length, bound, once, 0);
            cipher.seal(plain, 1, length, bound, again, 2);
            assertThat(cipher.open(once, 0, once.length, bound)).isEqualTo(new byte[length]);
            assertThat(cipher.open(again, 2, once.length, bound)).isEqualTo(new byte[length]);
            assertThat(again).endsWith(0, 0, 0);
            assertThat(Arrays.copyOfRange(again, 2, 2 + once.length)).isNotEqualTo(once);
        }
    }

    private static FrameCipher cipher(Vector vector) throws GeneralSecurityException {
        return vector.suite.cipher(bytes(vector.key));
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.US_ASCII));
    }
}
