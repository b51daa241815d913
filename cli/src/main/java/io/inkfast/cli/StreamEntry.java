package io.inkfast.cli;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * An entry of a stream.
 *
 * @param fields names and values by turns
 */
record StreamEntry(StreamId id, List<byte[]> fields) {

    /** How many bytes there are in the fields. */
    long size() {
        return fields.stream().mapToLong(field -> field.length).sum();
    }

    /** SHA-256 over the fields, each behind its length in four bytes; in hexadecimal digits. */
    String digest() {
        MessageDigest digest = sha256();
        for (byte[] field : fields) {
            digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, field.length));
            digest.update(field);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }
}
