package io.inkfast.net;

import io.inkfast.keys.RecordOpener;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What the lines of a dead-letter file say.
 *
 * @param letters the dead letters, in the order of the file
 * @param locked  how many are encrypted, and cannot be opened
 * @param broken  how many lines are none, such as one that a crash has cut off
 * @since 0.1.0
 */
public record DeadLetterLines(List<DeadLetter> letters, int locked, int broken) {

    private static final String SEAL = "{\"seal\":\"";

    /** Reads them. */
    public static DeadLetterLines of(List<String> lines, RecordOpener opener) {
        List<DeadLetter> letters = new ArrayList<>();
        int locked = 0;
        int broken = 0;
        for (String line : lines) {
            if (line.isEmpty() || line.startsWith(SEAL)) {
                continue;
            }
            byte[] sealed = DeadLetterFormat.sealed(line);
            byte[] opened = sealed == null ? null : opener.open(sealed);
            DeadLetter letter =
                    DeadLetterFormat.read(opened == null ? line : new String(opened, StandardCharsets.UTF_8));
            if (letter != null) {
                letters.add(letter);
            } else if (sealed != null && opened == null) {
                locked++;
            } else {
                broken++;
            }
        }
        return new DeadLetterLines(List.copyOf(letters), locked, broken);
    }
}
