package io.inkfast.net;

import io.inkfast.internal.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A password, key or token: said in the configuration, or in a file that is read each time, so that it may be replaced at any
 * time. Any thread; never printed.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface Secret {

    /**
     * What it is now, without white space around what a file holds.
     *
     * @throws IOException if its file cannot be read
     */
    String value() throws IOException;

    /**
     * Reads the settings {@code <element>}, the secret itself, and {@code <elementFile>}, where it is; only one of the two may
     * be set. Problems are added to {@code settings}. Null if there is none.
     */
    static @Nullable Secret read(String element, @Nullable String text, @Nullable String file, Settings settings) {
        String value = settings.text(element, text);
        Path path = settings.path(element + "File", file);
        if (value != null && file != null && !file.isBlank()) {
            settings.problem("only one of <" + element + "> and <" + element + "File> can be used");
        }
        if (path != null) {
            return () -> Files.readString(path).strip();
        }
        return value == null ? null : () -> value;
    }
}
