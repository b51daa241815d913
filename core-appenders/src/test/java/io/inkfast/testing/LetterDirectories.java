package io.inkfast.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;

/**
 * Temporary directories whose names have no digits: JUnit's own may be 19 of them, one in ten of which is redacted as the
 * number of a card in a message that names a file.
 */
public final class LetterDirectories implements TempDirFactory {

    private static final int LETTERS = 16;

    @Override
    public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext extension) throws IOException {
        StringBuilder name = new StringBuilder("junit-");
        for (int i = 0; i < LETTERS; i++) {
            name.append((char) ('a' + ThreadLocalRandom.current().nextInt(26)));
        }
        return Files.createDirectory(Path.of(System.getProperty("java.io.tmpdir"), name.toString()));
    }
}
