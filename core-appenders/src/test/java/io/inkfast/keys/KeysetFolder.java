package io.inkfast.keys;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Keyset files for tests, readable for their owner only. */
record KeysetFolder(Path folder) {

    /** The keyset whose key bytes are 0 to 63. */
    static String fixed() {
        try (InputStream in = KeysetFolder.class.getResourceAsStream("keyset.json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    Path write(String name, String text, String permissions) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    Path write(String name, String text) throws IOException {
        return write(name, text, "rw-------");
    }
}
