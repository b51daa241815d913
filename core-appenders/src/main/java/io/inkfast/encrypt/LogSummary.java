package io.inkfast.encrypt;

import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a file holds, and between which others it stands.
 *
 * @param file       its id
 * @param stream     id of the log that it is a part of
 * @param sequence   its number in that
 * @param frames     how many there are
 * @param digest     over them, in hexadecimal digits
 * @param sessions   how often it was opened
 * @param events     how many events the frames have, as far as that is not hidden
 * @param firstMillis time of the first event, milliseconds since 1970; 0 if there is none, or times are hidden
 * @param lastMillis time of the last one
 * @param end        how it ended
 * @param next       id of the file that comes after it; null if that is not known
 * @param before     what it says of the file before it; null if nothing
 * @since 0.1.0
 */
public record LogSummary(
        String file,
        String stream,
        long sequence,
        long frames,
        String digest,
        int sessions,
        long events,
        long firstMillis,
        long lastMillis,
        End end,
        @Nullable String next,
        @Nullable Predecessor before) {

    /** How a file ended. */
    public enum End {
        NOT_CLOSED,
        ROLLED,
        STOPPED
    }

    /**
     * The file before.
     *
     * @param frames how many it had
     * @param digest over them
     */
    public record Predecessor(String file, long sequence, long frames, String digest) {}

    static String name(UUID id) {
        return id.toString().replace("-", "");
    }

    static String name(byte[] digest) {
        return HexFormat.of().formatHex(digest);
    }
}
