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

/** Tink is optional: without it, or without what it stands on, the message says what to add. */
class WithoutTinkTest {

    @TempDir
    Path temporary;

    @Test
    void theMessageNamesTheArtifact() throws Exception {
        assertThat(problemWithout("tink-1"))
                .contains("needs com.google.crypto.tink:tink 1.24.0")
                .contains("(NoClassDefFoundError: com/google/crypto/tink/");
    }

    @Test
    void theMessageNamesWhatTinkStandsOn() throws Exception {
        assertThat(problemWithout("protobuf-java"))
                .contains("com.google.protobuf:protobuf-java 4.33.6 or newer")
                .contains("(NoClassDefFoundError: com/google/protobuf/");
    }

    private String problemWithout(String jar) throws Exception {
        Path file = new KeysetFolder(temporary).write("keyset.json", KeysetFolder.fixed());
        List<URL> urls = new ArrayList<>();
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        for (String entry : path.split(File.pathSeparator)) {
            if (!entry.contains(jar)) {
                urls.add(new File(entry).toURI().toURL());
            }
        }
        try (URLClassLoader loader =
                new URLClassLoader(urls.toArray(new URL[0]), ClassLoader.getPlatformClassLoader())) {
            Class<?> type = loader.loadClass(DeterministicKeyset.class.getName());
            try {
                type.getMethod("read", String.class, String.class).invoke(null, "<keyset>", "file:" + file);
                throw new AssertionError(jar + " was there");
            } catch (InvocationTargetException e) {
                assertThat(e.getCause().getClass().getSimpleName()).isEqualTo("KeysetException");
                return e.getCause().getMessage();
            }
        }
    }
}
