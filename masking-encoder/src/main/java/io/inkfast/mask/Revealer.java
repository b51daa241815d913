package io.inkfast.mask;

import io.inkfast.keys.DeterministicKeyset;
import io.inkfast.keys.KeysetException;
import io.inkfast.keys.KeysetKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/**
 * Opens the tokens that redaction wrote: gives their values back to whoever has the keyset. Hashes, and tokens that none
 * of its keys opens, stay as they are. Any thread.
 *
 * <p>In a line of JSON a value is escaped as JSON demands. In other lines its control characters are escaped, so that one
 * line stays one line. The JSON in a string of JSON is text: the line stays valid, that text may not.
 *
 * @since 0.1.0
 */
public final class Revealer {

    private final DeterministicKeyset keyset;
    private final Revealing revealing;

    private Revealer(DeterministicKeyset keyset) {
        this.keyset = keyset;
        revealing = new Revealing(new Pseudonyms(keyset));
    }

    /**
     * Reads the keyset.
     *
     * @param keysetReference {@code file:path} or {@code env:NAME}, with {@code ?kms=uri} behind it if it is encrypted
     * @throws KeysetException if there is no usable keyset; the message is for users
     */
    public static Revealer of(String keysetReference) throws KeysetException {
        return new Revealer(DeterministicKeyset.read("keyset", keysetReference));
    }

    /** The line with its tokens opened. */
    public String line(String line) {
        return Revealing.mayHold(line, Revealing.Spelling.TEXT)
                ? revealing.reveal(line, Revealing.Spelling.TEXT, Revealing.isJson(line))
                : line;
    }

    /**
     * Copies all lines with their tokens opened, to the byte, in memory that does not grow with the input: a line of more
     * than 1 MB is done in pieces. Neither stream is closed; the output is not flushed.
     */
    public void copy(InputStream in, OutputStream out) throws IOException {
        new RevealedLines(revealing, out).copy(in);
    }

    /** How many tokens were opened so far. */
    public long revealed() {
        return revealing.revealed();
    }

    /** How many tokens could not be opened so far: their key is not in the keyset, or they are forged. */
    public long unopened() {
        return revealing.unopened();
    }

    /** The keys that open tokens, by the ids that hashes and {@code inkfast keys inspect} show. */
    public List<String> keyIds() {
        return keyset.keyIds().stream().map(KeysetKey::name).sorted().toList();
    }
}
