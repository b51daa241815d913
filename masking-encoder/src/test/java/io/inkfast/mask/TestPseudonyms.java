package io.inkfast.mask;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What the keyset in a folder makes of tokens. */
final class TestPseudonyms {

    private TestPseudonyms() {}

    static @Nullable String reveal(Path folder, String token) throws Exception {
        return new TestKeyset(folder.resolve("keyset.json")).pseudonyms().reveal(token);
    }
}
