package io.inkfast.mask;

import io.inkfast.internal.FileStorage;
import io.inkfast.keys.KeysetException;
import io.inkfast.keys.KeysetFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A keyset file whose first key, 0badcafe, has the bytes 0 to 63. */
record TestKeyset(Path path) {

    static TestKeyset in(Path folder) throws IOException {
        Path path = Files.createFile(folder.resolve("keyset.json"), FileStorage.mode("rw-------"));
        try (InputStream in = TestKeyset.class.getResourceAsStream("keyset.json")) {
            Files.write(path, in.readAllBytes());
        }
        return new TestKeyset(path);
    }

    String reference() {
        return "file:" + path;
    }

    KeysetFile file() throws KeysetException {
        return KeysetFile.of("<file>", reference());
    }

    Pseudonyms pseudonyms() throws KeysetException {
        return Pseudonyms.of("<keyset>", reference());
    }
}
