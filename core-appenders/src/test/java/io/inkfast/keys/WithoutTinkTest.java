package io.inkfast.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tink is optional: without it, or without what it stands on, the message says what to add. */
class WithoutTinkTest {

    @TempDir
    Path temporary;

    @Test
    void theMessageNamesTheArtifactAlsoForTheKeyOfAKms() throws Exception {
        assertThat(problemWithout("tink-1", EncryptionKeyset.class, "kms:test-kms://a"))
                .startsWith("<keyset> [kms:test-kms://a] needs com.google.crypto.tink:tink 1.24.0");
    }

    @ParameterizedTest
    @ValueSource(classes = {DeterministicKeyset.class, EncryptionKeyset.class})
    void theMessageNamesTheArtifact(Class<?> keyset) throws Exception {
        assertThat(problemWithout("tink-1", keyset))
                .contains("needs com.google.crypto.tink:tink 1.24.0")
                .contains("(NoClassDefFoundError: com/google/crypto/tink/");
    }

    @ParameterizedTest
    @ValueSource(classes = {DeterministicKeyset.class, EncryptionKeyset.class})
    void theMessageNamesWhatTinkStandsOn(Class<?> keyset) throws Exception {
        assertThat(problemWithout("protobuf-java", keyset))
                .contains("com.google.protobuf:protobuf-java 4.33.6 or newer")
                .contains("(NoClassDefFoundError: com/google/protobuf/");
    }

    private String problemWithout(String jar, Class<?> keyset) throws Exception {
        String json = keyset == DeterministicKeyset.class
                ? KeysetFolder.fixed()
                : KeysetFile.generated("keyset", KeysetPurpose.ENCRYPTION);
        Path file = new KeysetFolder(temporary).write("keyset.json", json);
        return problemWithout(jar, keyset, "file:" + file);
    }

    private static String problemWithout(String jar, Class<?> keyset, String reference) throws Exception {
        List<URL> urls = new ArrayList<>();
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        for (String entry : path.split(File.pathSeparator)) {
            if (!entry.contains(jar)) {
                urls.add(new File(entry).toURI().toURL());
            }
        }
        try (URLClassLoader loader =
                new URLClassLoader(urls.toArray(new URL[0]), ClassLoader.getPlatformClassLoader())) {
            Class<?> type = loader.loadClass(keyset.getName());
            try {
                type.getMethod("read", String.class, String.class).invoke(null, "<keyset>", reference);
                throw new AssertionError(jar + " was there");
            } catch (InvocationTargetException e) {
                assertThat(e.getCause().getClass().getSimpleName()).isEqualTo("KeysetException");
                return e.getCause().getMessage();
            }
        }
    }
}
